"""The chart of accounts 会计科目 that billing posts to, as data: one name a role, which may be told apart by customer and entity."""

import enum
import re
from typing import Any, Final

import attrs

from ltc._fields import check_member
from ltc.errors import InvalidType, InvalidValue
from ltc.ids import AccountId, EntityId
from ltc.text import one_line, say

_NAME: Final = re.compile(
    r"(Assets|Liabilities|Equity|Income|Expenses)(:([A-Z0-9][A-Za-z0-9-]*|\{party\}|\{entity\}))+"
)
_PLAIN: Final = re.compile(r"[A-Za-z0-9-]")
_FIRST: Final = re.compile(r"[A-Z0-9]")
_ESCAPED: Final = re.compile(r"Z([0-9A-F]+)Z")


class AccountRole(enum.StrEnum):
    """What billing keeps an account for; the name of the account stands in the chart, in the field of that name.

    >>> AccountRole.OUTPUT_TAX.label("zh_CN"), AccountRole.OUTPUT_TAX.label("en")
    ('应交增值税（销项税额）', 'output tax')
    """

    RECEIVABLE = "receivable"
    """A control account: what customers owe."""
    CONTRACT = "contract"
    """What was raised and is not invoiced yet; below zero what was invoiced ahead."""
    SALES = "sales"
    OUTPUT_TAX = "output_tax"
    INTEREST = "interest"
    COSTS = "costs"
    """Costs of collection that the customer pays."""
    UNAPPLIED = "unapplied"
    """A control account: what of receipts is neither applied nor refunded."""
    BANK = "bank"
    UNIDENTIFIED = "unidentified"
    """A control account: bank lines that nobody has claimed."""
    OTHER_MONEY = "other_money"
    """Of bank lines that are no customer's payment: somebody else's to post."""
    PAYABLE = "payable"
    WAIVED = "waived"
    BAD_DEBT = "bad_debt"
    """What a write-off debits and a recovery credits: an expense, or the allowance."""
    PROVISION = "provision"
    """The expense that fills the allowance."""
    ROUNDING = "rounding"
    """Small differences: let go or kept, and what rounding leaves between two foreign documents at one rate."""
    BILLS = "bills"
    """A control account: bills in our hands."""
    BILL_INTEREST = "bill_interest"
    """What banks took off bills that they bought."""
    SUPPLIERS = "suppliers"
    """Who was paid by a bill that was passed on."""
    RECOURSE = "recourse"
    """A control account: what we owe for bills that were dishonored after we had passed them on."""
    DISHONORED = "dishonored"
    """Of dishonored bills what the customer had been paid back: a receivable is raised for it."""
    DEPOSITS_PAID = "deposits_paid"
    """A control account: deposits that are due back to us."""
    DEPOSITS_HELD = "deposits_held"
    """A control account: deposits that we owe back."""
    FORFEITS = "forfeits"
    """Deposits that others lost to us."""
    FORFEITED = "forfeited"
    """Deposits that we lost."""
    CONVERSION = "conversion"
    """Where the two halves of an application meet; zero, but where they are in two currencies."""
    EXCHANGE = "exchange"
    UNREALIZED = "unrealized"

    def label(self, locale: str, /) -> str:
        """Return what an accountant calls it."""
        return say(f"account.{self.value}", locale)


def _account(_instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    one_line(None, attribute, value)
    if not _NAME.fullmatch(value):
        raise InvalidValue(
            "chart.name",
            f"{attribute.name} is {value[:60]!a}; write it as in Assets:Receivable:{{party}}: one of Assets, Liabilities, Equity, "
            "Income, Expenses, then parts of ASCII letters, digits and hyphens that begin with a capital or a digit",
            role=attribute.name,
            value=value[:60],
        )


def _named(default: str) -> Any:
    return attrs.field(default=default, validator=_account)


@attrs.frozen(kw_only=True)
class Chart:
    """The accounts that billing posts to, a field a role. `{party}` is the customer and `{entity}` our own legal entity, or left out.

    By default a waiver lowers what was raised and not invoiced, where the red letter that policy makes with it meets it; who makes
    none gives `waived="Expenses:Waived"`. A write-off is an expense; who keeps an allowance gives `bad_debt="Assets:Allowance"`, and
    `provision_entries` fills it.

    Raises:
        InvalidType, InvalidValue: a name that Beancount would not take.

    >>> chart = Chart(bank="Assets:Bank:6222", waived="Expenses:Waived")
    >>> chart.account(AccountRole.RECEIVABLE, entity="E1", party="A1"), chart.account(AccountRole.BANK, entity="E1")
    ('Assets:Receivable:A1', 'Assets:Bank:6222')
    """

    receivable: str = _named("Assets:Receivable:{party}")
    contract: str = _named("Liabilities:Contract")
    sales: str = _named("Income:Sales")
    output_tax: str = _named("Liabilities:Tax:Output")
    interest: str = _named("Income:Interest")
    costs: str = _named("Income:CollectionCosts")
    unapplied: str = _named("Liabilities:Unapplied:{party}")
    bank: str = _named("Assets:Bank")
    unidentified: str = _named("Liabilities:Unidentified")
    other_money: str = _named("Liabilities:OtherMoney")
    payable: str = _named("Liabilities:Payable:{party}")
    waived: str = _named("Liabilities:Contract")
    bad_debt: str = _named("Expenses:BadDebt")
    provision: str = _named("Expenses:Provision")
    rounding: str = _named("Expenses:Rounding")
    bills: str = _named("Assets:Bills")
    bill_interest: str = _named("Expenses:BillInterest")
    suppliers: str = _named("Liabilities:Suppliers")
    recourse: str = _named("Liabilities:Recourse")
    dishonored: str = _named("Assets:DishonoredBills")
    deposits_paid: str = _named("Assets:Deposits:{party}")
    deposits_held: str = _named("Liabilities:Deposits:{party}")
    forfeits: str = _named("Income:Forfeits")
    forfeited: str = _named("Expenses:Forfeits")
    conversion: str = _named("Equity:Conversions")
    exchange: str = _named("Income:Exchange:Realized")
    unrealized: str = _named("Income:Exchange:Unrealized")

    def account(self, role: AccountRole, /, *, entity: EntityId, party: AccountId | None = None) -> str:
        """Return the name of an account; where it is told apart by customer and there is none, that part is `None`."""
        check_member(AccountRole, "role", role)
        name: str = getattr(self, role.value)
        if "{" not in name:
            return name
        return name.replace("{party}", account_part(party or "None")).replace("{entity}", account_part(entity))


def account_part(text: str, /) -> str:
    """Return an id as one part of an account's name: ASCII, reversible by `text_of_part`, and readable where the id is plain.

    Whatever Beancount would not take becomes its code point between two `Z`, as does `Z` itself.

    >>> account_part("A1"), account_part("li"), account_part("华东-1")
    ('A1', 'Z6CZi', 'Z534EZZ4E1CZ-1')
    """
    if type(text) is not str or not text:
        raise InvalidType("chart.part", f"{text!r:.40} is no id; pass a str that is not empty", value=repr(text)[:40])
    return escaped(text[0], _FIRST) + escaped(text[1:], _PLAIN)


def escaped(text: str, plain: "re.Pattern[str]") -> str:
    """Return a text in which every character that is not plain is its code point between two `Z`."""
    return "".join(char if char != "Z" and plain.fullmatch(char) else f"Z{ord(char):X}Z" for char in text)


def text_of_part(part: str, /) -> str:
    """Return the id that a part of an account's name stands for. Inverse of `account_part`.

    >>> text_of_part("Z534EZZ4E1CZ-1")
    '华东-1'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), part)
