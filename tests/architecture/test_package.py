"""The package itself: rooms load on first use."""

import pytest

import ltc


def test_the_rooms_are_attributes_of_the_package() -> None:
    assert dir(ltc) == sorted(ltc.__all__)
    for room in ltc.__all__:
        assert getattr(ltc, room).__name__ == f"ltc.{room}"
    with pytest.raises(AttributeError, match="module 'ltc' has no attribute 'ledger'; it has access"):
        _ = ltc.ledger
    with pytest.raises(AttributeError, match=r"ltc\.calendars' has no attribute 'moon'"):
        _ = ltc.calendars.moon
