"""What the library raises, split by whose move is next.

`Refused` is the business saying no: the caller shows it to the user. `Conflict` says that somebody else was faster: read again and
retry. `NotFound` names what is not there. `InvalidValue`, `InvalidType` and `CurrencyMismatch` are a bug or bad input of the caller.
A web host maps them to 422, 409, 404 and 400 without reading a message:

>>> from ltc.errors import Conflict, LtcError, NotFound, Refused
>>> def status_of(error: LtcError) -> int:
...     match error:
...         case Refused(): return 422
...         case Conflict(): return 409
...         case NotFound(): return 404
...         case _: return 400
>>> status_of(Refused("lead.not_overdue", "lead L1 is due on 4 April; it can return to the pool after that"))
422
"""

from collections.abc import Mapping

__all__ = [
    "Conflict",
    "CurrencyMismatch",
    "InvalidType",
    "InvalidValue",
    "LtcError",
    "MissingExtra",
    "NotFound",
    "Refused",
]


class LtcError(Exception):
    """Any error of the library: a stable `code`, the `facts` behind it and a lower-case message.

    The message says what was asked, what holds and what would pass; `code` and `facts` are for programs and for
    `ltc.text.say`, which puts them into the reader's language.

    >>> error = LtcError("money.digits", "1.234 CNY has 3 decimals; CNY takes 2", amount="1.234", currency="CNY")
    >>> error.code, error.facts["currency"], str(error)
    ('money.digits', 'CNY', '1.234 CNY has 3 decimals; CNY takes 2')
    """

    def __init__(self, code: str, message: str, /, **facts: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = _printable(message)
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[type["LtcError"], tuple[str, str], dict[str, object]]:
        return type(self), (self.code, self.message), {"facts": self.facts}


_LONGEST = 1000


def _printable(message: str) -> str:
    """Return a message that any log and any terminal can show, whatever the caller's values in it were."""
    cut = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
    return cut if cut.isprintable() else "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in cut)


class Refused(LtcError):
    """The rules of the business forbid what was asked; nothing has changed.

    >>> raise Refused("receipt.over_applied", "receipt R1 has 5.00 CNY left; apply 5.00 CNY or less")
    Traceback (most recent call last):
    ltc.errors.Refused: receipt R1 has 5.00 CNY left; apply 5.00 CNY or less
    """


class Conflict(LtcError):
    """The thing has moved since it was read, or exists already: read it again, decide again, retry.

    >>> raise Conflict("store.stale", "lead L1 is at version 4, not 3; read it again")
    Traceback (most recent call last):
    ltc.errors.Conflict: lead L1 is at version 4, not 3; read it again
    """


class NotFound(LtcError, LookupError):
    """There is no such thing in the store.

    >>> raise NotFound("store.not_found", "there is no lead L9")
    Traceback (most recent call last):
    ltc.errors.NotFound: there is no lead L9
    """


class InvalidValue(LtcError, ValueError):
    """A value that no rule of the business could accept: malformed, out of range, empty.

    >>> raise InvalidValue("money.syntax", "'１２' is not an amount; write digits as in 12.30")
    Traceback (most recent call last):
    ltc.errors.InvalidValue: '１２' is not an amount; write digits as in 12.30
    """


class InvalidType(LtcError, TypeError):
    """A value of a type that is never accepted here, such as a float as money.

    >>> raise InvalidType("money.type", "0.1 is a float; pass a str, an int or a Decimal")
    Traceback (most recent call last):
    ltc.errors.InvalidType: 0.1 is a float; pass a str, an int or a Decimal
    """


class CurrencyMismatch(LtcError, TypeError):
    """Two amounts of different currencies met without a rate.

    >>> raise CurrencyMismatch("money.currency", "cannot add USD to CNY; convert one with an explicit rate")
    Traceback (most recent call last):
    ltc.errors.CurrencyMismatch: cannot add USD to CNY; convert one with an explicit rate
    """


class MissingExtra(LtcError, ImportError):
    """A part of the library needs a package that is an extra, and it is not installed.

    >>> raise MissingExtra("extra.missing", "country calendars need the package holidays; install ltc[calendars]")
    Traceback (most recent call last):
    ltc.errors.MissingExtra: country calendars need the package holidays; install ltc[calendars]
    """
