"""How the suites say that something does not hold: without pytest, and with `python -O` too."""

from collections.abc import Callable, Iterable

__all__ = ["expect", "expect_equal", "expect_raises", "run"]


def expect(holds: bool, otherwise: str, /) -> None:  # noqa: FBT001  # the condition is what it takes, as assert does
    """Raise AssertionError with a message unless a condition holds.

    >>> expect(1 + 1 == 2, "arithmetic is broken")
    """
    if not holds:
        raise AssertionError(otherwise)


def expect_equal(found: object, expected: object, what: str, /) -> None:
    """Raise AssertionError unless two values are equal.

    >>> expect_equal(3, 4, "the version")
    Traceback (most recent call last):
    AssertionError: the version is 3, expected 4
    """
    expect(found == expected, f"{what} is {found!r:.200}, expected {expected!r:.200}")


def expect_raises(error: type[Exception], call: Callable[[], object], when: str, /) -> None:
    """Raise AssertionError unless a call raises this error (or a child of it).

    >>> expect_raises(ValueError, lambda: int("x"), "for a letter")
    >>> expect_raises(ValueError, lambda: int("1"), "for a digit")
    Traceback (most recent call last):
    AssertionError: no ValueError for a digit
    """
    try:
        call()
    except error:
        return
    raise AssertionError(f"no {error.__name__} {when}")


def run(checks: Iterable[Callable[[], None]], /) -> list[str]:
    """Run checks in order and return their names: those of the functions, as words.

    Raises:
        AssertionError: a check failed, or something else was raised in it; the message begins with the check's name.

    >>> def sums_are_exact() -> None: expect_equal(sum([1, 2]), 3, "the sum")
    >>> run([sums_are_exact])
    ['sums are exact']
    """
    passed = []
    for check in checks:
        name = check.__name__.strip("_").replace("_", " ")
        try:
            check()
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from error
        except Exception as error:
            raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error
        passed.append(name)
    return passed
