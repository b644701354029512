"""One message in both languages."""

from typing import NamedTuple


class Wording(NamedTuple):
    """One message in both languages: English first, then Chinese, with the same facts in braces."""

    en: str
    zh: str
