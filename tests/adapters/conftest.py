"""An SQLite store in a file of its own for each check."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from ltc.adapters.sql import SqlStore, sqlite_engine


@pytest.fixture
def sqlite(tmp_path: Path) -> Callable[[], AbstractContextManager[SqlStore]]:
    numbers = count()

    @contextmanager
    def make() -> Iterator[SqlStore]:
        engine = sqlite_engine(tmp_path / f"{next(numbers)}.db", durable=False)
        store = SqlStore(engine)
        store.create_tables()
        try:
            yield store
        finally:
            engine.dispose()

    return make
