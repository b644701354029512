"""Dunning on a day: which steps are due, what stops them, what a letter asks for; worked by hand."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import billing
from ltc.billing import (
    STANDARD_DUNNING,
    Component,
    Dunning,
    DunningPolicy,
    DunningStep,
    Grouping,
    InterestPolicy,
    InterestRates,
    InterestRounding,
    Letter,
    Receivable,
    Receiver,
    SettlementKind,
    dunning,
)
from ltc.calendars import Weekly
from ltc.errors import InvalidType, InvalidValue, Refused
from ltc.events import from_json, to_json
from ltc.ids import AccountId, ChangeId, EntityId, LetterId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import settled_receivable
from ltc.testing.samples.dunning import NOON

DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 3, 2)
"""A Monday."""
TO = Receiver
BAD: Any = 5
LETTERS = DunningPolicy([DunningStep(days, TO.CUSTOMER) for days in (7, 14, 30)])


def on(days: int) -> dt.date:
    return DUE + days * DAY


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def debt(
    name: str = "AR-1",
    amount: str = "1000.00",
    *,
    due: int = 0,
    party: str = "A1",
    entity: str = "E1",
    currency: str = "CNY",
    component: Component = Component.PRINCIPAL,
) -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name),
        order=OrderId("SO-1"),
        entity=EntityId(entity),
        party=AccountId(party),
        amount=Money.of(amount, currency),
        on=on(min(due, 0) - 30),
        due_on=on(due),
        component=component,
        now=NOON,
    ).after


def paid(owed: Receivable, amount: str, days: int) -> Receivable:
    money = Money.of(amount, owed.amount.currency)
    event = billing.ReceivableSettled(
        owed.id, SettlementKind.RECEIPT, "R1", f"R1/{len(owed.entries)}", money, on=on(days), at=NOON
    )
    return billing.RECEIVABLE.change(owed, event).after


def recorded(found: Dunning, owed: Iterable[Receivable], number: int = 0) -> list[Receivable]:
    """Return the receivables after everything that a day asks for was sent."""
    now = {receivable.id: receivable for receivable in owed}
    for reminder in found.reminders:
        now[reminder.receivable] = billing.record_reminder(reminder, now[reminder.receivable], now=NOON).after
    for letter in found.letters:
        for change in billing.record_letter(letter, now.values(), letter_id=LetterId(f"L-{number}"), now=NOON):
            now[change.after.id] = change.after
    return list(now.values())


def walk(
    owed: Sequence[Receivable], policy: DunningPolicy, days: Iterable[int], **terms: Any
) -> list[tuple[int, str, int]]:
    """Ask on these days, send all, and return what was sent: the day, to whom, the days of the step."""
    sent = []
    for day in days:
        found = dunning(owed, policy=policy, on=on(day), **terms)
        owed = recorded(found, owed, day)
        sent += [(day, reminder.to.value, reminder.step.days) for reminder in found.reminders]
        sent += [(day, "customer", line.step.days) for letter in found.letters for line in letter.lines if line.step]
    return sent


def test_each_step_once_on_its_day() -> None:
    policy = DunningPolicy(
        [
            DunningStep(-7, TO.OWNER),
            DunningStep(-3, TO.CUSTOMER),
            DunningStep(0, TO.OWNER),
            DunningStep(1, TO.FINANCE),
            *LETTERS.steps,
            DunningStep(30, TO.MANAGER),
        ]
    )
    assert walk([debt()], policy, range(-10, 60)) == [
        (-7, "owner", -7),
        (-3, "customer", -3),
        (0, "owner", 0),
        (1, "finance", 1),
        (7, "customer", 7),
        (14, "customer", 14),
        (30, "manager", 30),
        (30, "customer", 30),
    ]


def test_asked_again_it_says_the_same_until_it_is_recorded() -> None:
    owed = [debt()]
    first, again = (dunning(owed, policy=LETTERS, on=on(7)) for _ in range(2))
    assert first == again
    assert dunning(recorded(first, owed), policy=LETTERS, on=on(7)).letters == ()
    assert len(dunning(recorded(first, owed), policy=LETTERS, on=on(6)).letters) == 0, "as of the day before"


def test_letters_that_were_missed_go_out_in_turn() -> None:
    assert walk([debt()], LETTERS, range(40, 50)) == [(40, "customer", 7), (41, "customer", 14), (42, "customer", 30)]
    apart = DunningPolicy(LETTERS.steps, apart_days=7)
    assert walk([debt()], apart, range(40, 60)) == [(40, "customer", 7), (47, "customer", 14), (54, "customer", 30)]


def test_of_reminders_that_were_missed_the_last_goes_out() -> None:
    policy = DunningPolicy([DunningStep(days, TO.OWNER) for days in (-7, -3, 0, 1, 7, 30)])
    assert walk([debt()], policy, [-2, -1, 0]) == [(-2, "owner", -3), (0, "owner", 0)]
    assert walk([debt()], policy, [10, 11, 30]) == [(10, "owner", 7), (30, "owner", 30)]
    ahead = DunningPolicy([DunningStep(-7, TO.CUSTOMER), DunningStep(-3, TO.CUSTOMER)])
    assert walk([debt()], ahead, [-1, 0, 1]) == [(-1, "customer", -3)]
    assert walk([debt()], ahead, [0, 1]) == [], "nothing is said of a due date to come once it is there"


def test_a_policy_may_want_several_letters_on_one_day() -> None:
    policy = DunningPolicy(LETTERS.steps, apart_days=0)
    assert walk([debt()], policy, [40, 40, 40, 40]) == [(40, "customer", 7), (40, "customer", 14), (40, "customer", 30)]


def test_days_off() -> None:
    """Due on Monday 2 March; the 7th and 8th, the 14th and 15th are weekends. Day 5 is a Saturday."""
    steps = [DunningStep(-1, TO.OWNER), DunningStep(5, TO.OWNER), DunningStep(6, TO.CUSTOMER)]
    assert walk([debt()], DunningPolicy(steps), range(-5, 9), calendar=Weekly()) == [
        (-3, "owner", -1),  # Friday, since the day before is a Sunday
        (7, "owner", 5),
        (7, "customer", 6),
    ]
    assert said(debt(), 5, DunningPolicy(steps), calendar=Weekly()) == (["dunning.waits"], "7")
    off = dunning([debt()], policy=LETTERS, on=on(12), calendar=Weekly())
    assert (off.reminders, off.letters) == ((), ())
    outlook = off.of(ReceivableId("AR-1"))
    assert outlook.say("en") == ("Mar 14, 2026 is a day off; Mar 16, 2026 is the next workday",)
    assert (outlook.next_on, outlook.next_step) == (on(14), LETTERS.steps[0])


def said(owed: Receivable, days: int, policy: DunningPolicy = LETTERS, **terms: Any) -> tuple[list[str], str | None]:
    """Return the codes of the reasons, and the next day of dunning."""
    outlook = dunning([owed], policy=policy, on=on(days), **terms).of(owed.id)
    return [reason.code for reason in outlook.reasons], None if outlook.next_on is None else str(
        (outlook.next_on - DUE).days
    )


def held(owed: Receivable, days: int, until: int) -> Receivable:
    return billing.hold_dunning(owed, until=on(until), reason="", on=on(days), now=NOON).after


def disputed(owed: Receivable, days: int, amount: str | None = None) -> Receivable:
    asked = None if amount is None else cny(amount)
    return billing.dispute(owed, amount=asked, reason="", on=on(days), now=NOON).after


def promised(owed: Receivable, days: int, until: int, amount: str | None = None) -> Receivable:
    asked = None if amount is None else cny(amount)
    return billing.promise(owed, amount=asked, until=on(until), by="Ms. Wang", on=on(days), now=NOON).after


def waived(owed: Receivable, amount: str, days: int) -> Receivable:
    return billing.waive(owed, amount=cny(amount), change=ChangeId("W"), reason="", on=on(days), now=NOON).after


def given_up(owed: Receivable, days: int) -> Receivable:
    return billing.write_off(owed, amount=owed.open, change=ChangeId("W"), reason="", on=on(days), now=NOON).after


def settled_by(kind: SettlementKind) -> Receivable:
    owed = debt()
    event = billing.ReceivableSettled(owed.id, kind, "N1", "N1/1", owed.amount, on=on(3), at=NOON)
    return billing.RECEIVABLE.change(owed, event).after


@pytest.mark.parametrize(
    "owed, days, expected",
    [
        (debt(), -31, (["dunning.not_raised"], "7")),
        (debt(), 0, (["dunning.waits"], "7")),
        (debt(), 7, ([], "14")),
        (paid(debt(), "1000.00", 3), 7, (["dunning.paid"], None)),
        (paid(debt(), "999.99", 3), 7, ([], "14")),
        (waived(debt(), "1000.00", 3), 7, (["dunning.credited"], None)),
        (waived(paid(debt(), "600.00", 3), "400.00", 4), 7, (["dunning.credited"], None)),
        (settled_by(SettlementKind.RED_LETTER), 7, (["dunning.credited"], None)),
        (settled_by(SettlementKind.TRANSFER), 7, (["dunning.transferred"], None)),
        (settled_by(SettlementKind.PAYABLE), 7, (["dunning.paid"], None)),
        (given_up(debt(), 3), 7, (["dunning.written_off"], None)),
        (disputed(debt(), 3), 7, (["dunning.disputed"], None)),
        (disputed(debt(), 3, "400.00"), 7, ([], "14")),
        (paid(disputed(debt(), 3, "400.00"), "600.00", 4), 7, (["dunning.disputed"], None)),
        (promised(debt(), 3, 20), 7, (["dunning.promised"], "21")),
        (promised(debt(), 3, 20), 21, ([], "22")),
        (promised(debt(), 3, 20, "400.00"), 7, ([], "14")),
        (promised(disputed(debt(), 3, "600.00"), 3, 20, "400.00"), 7, (["dunning.disputed", "dunning.promised"], "21")),
        (promised(disputed(debt(), 3), 3, 20, "400.00"), 7, (["dunning.disputed", "dunning.promised"], None)),
        (held(debt(), 3, 9), 7, (["dunning.on_hold"], "10")),
        (held(promised(debt(), 3, 20), 3, 30), 7, (["dunning.promised", "dunning.on_hold"], "31")),
        (held(disputed(debt(), 3), 3, 30), 7, (["dunning.disputed", "dunning.on_hold"], None)),
    ],
)
def test_why_nothing_is_sent(owed: Receivable, days: int, expected: tuple[list[str], str | None]) -> None:
    assert said(owed, days) == expected


def test_reasons_in_both_languages() -> None:
    outlook = dunning([promised(debt(), 3, 20)], policy=LETTERS, on=on(7)).of(ReceivableId("AR-1"))
    assert outlook.say("en") == ("CN¥1,000.00 promised by Ms. Wang until Mar 22, 2026",)
    assert outlook.say("zh_CN") == ("Ms. Wang承诺于2026年3月22日前支付 ¥1,000.00",)
    assert (outlook.is_resolved, str(outlook.owed), str(outlook.chased)) == (False, "1000.00 CNY", "0.00 CNY")
    done = dunning([paid(debt(), "1000.00", 3)], policy=LETTERS, on=on(7)).of(ReceivableId("AR-1"))
    assert (done.is_resolved, done.say("zh_CN")) == (True, ("已于2026年3月5日结清",))


def test_all_steps_sent() -> None:
    owed = [debt()]
    for day in (7, 14, 30):
        owed = recorded(dunning(owed, policy=LETTERS, on=on(day)), owed, day)
    outlook = dunning(owed, policy=LETTERS, on=on(31)).of(ReceivableId("AR-1"))
    assert (outlook.level, [reason.code for reason in outlook.reasons], outlook.next_step) == (
        3,
        ["dunning.ended"],
        None,
    )


def test_a_broken_promise_resumes_where_it_stopped() -> None:
    owed = recorded(dunning([debt()], policy=LETTERS, on=on(7)), [debt()])
    owed = [promised(owed[0], 10, 25)]
    assert walk(owed, LETTERS, range(10, 40)) == [(26, "customer", 14), (30, "customer", 30)]
    kept = [paid(owed[0], "1000.00", 25)]
    assert walk(kept, LETTERS, range(10, 40)) == []


def test_what_was_paid_and_bounced_goes_on_or_begins_again_by_policy() -> None:
    owed = recorded(dunning([debt()], policy=LETTERS, on=on(7)), [debt()])
    owed = [paid(owed[0], "1000.00", 10)]
    last = owed[0].entries[-1]
    bounced = billing.SettlementReversed(
        owed[0].id, SettlementKind.RECEIPT, "R1", last.reference, last.amount, reason="bounced", on=on(20), at=NOON
    )
    owed = [billing.RECEIVABLE.change(owed[0], bounced).after]
    assert walk(owed, LETTERS, range(8, 22)) == [(20, "customer", 14)]
    again = DunningPolicy(LETTERS.steps, restarts=True)
    assert walk(owed, again, range(8, 32)) == [(20, "customer", 7), (21, "customer", 14), (30, "customer", 30)]


def test_what_was_found_paid_later_begins_again_where_a_policy_says_so() -> None:
    """The letter of day 7 went out although all had been paid on day 5, which became known on day 10; it bounced on day 20."""
    owed = recorded(dunning([debt()], policy=LETTERS, on=on(7)), [debt()])
    again, policy = paid(owed[0], "1000.00", 5), DunningPolicy(LETTERS.steps, restarts=True)
    last = again.entries[-1]
    bounced = billing.SettlementReversed(
        again.id, SettlementKind.RECEIPT, "R1", last.reference, last.amount, reason="bounced", on=on(20), at=NOON
    )
    again = billing.RECEIVABLE.change(again, bounced).after
    assert walk([again], policy, [20]) == [(20, "customer", 7)]


def test_of_one_day_what_became_known_last_settled_it() -> None:
    assert said(waived(paid(debt(), "600.00", 3), "400.00", 3), 7) == (["dunning.credited"], None)
    assert said(paid(waived(debt(), "600.00", 3), "400.00", 3), 7) == (["dunning.paid"], None)


def test_one_letter_for_all_that_a_customer_owes_at_its_highest_level() -> None:
    fees = {7: "0.00", 14: "20.00", 30: "50.00"}
    policy = DunningPolicy([DunningStep(days, TO.CUSTOMER, fees=cny(fee)) for days, fee in fees.items()])
    old, new, later = debt("AR-1"), debt("AR-2", "200.00", due=7), debt("AR-3", due=22)
    other, foreign, theirs = (
        debt("AR-4", party="A2"),
        debt("AR-5", currency="USD", party="A3"),
        debt("AR-6", entity="E2", party="A4"),
    )
    owed = [old, new, later, other, foreign, theirs]
    owed = recorded(dunning(owed, policy=policy, on=on(7)), owed, 7)
    found = dunning(owed, policy=policy, on=on(14))
    owed = recorded(found, owed, 14)
    assert [(letter.party, letter.currency, letter.entity) for letter in found.letters] == [
        ("A1", "CNY", "E1"),
        ("A2", "CNY", "E1"),
        ("A3", "USD", "E1"),
        ("A4", "CNY", "E2"),
    ]
    both = found.letters[0]
    assert [(line.receivable, line.level, line.step.days if line.step else None) for line in both.lines] == [
        ("AR-1", 2, 14),
        ("AR-2", 1, 7),
    ]
    assert (both.level, both.tone.value, both.leading.receivable) == (2, "again", "AR-1")
    assert [str(amount) for amount in (both.open, both.fee, both.total)] == ["1200.00 CNY", "20.00 CNY", "1220.00 CNY"]
    # a week later the second step of AR-2 is due; AR-1 waits for its third, and stands in the letter as it is overdue
    found = dunning(owed, policy=policy, on=on(21))
    [third] = [letter for letter in found.letters if letter.party == "A1"]
    assert [(line.receivable, line.step.days if line.step else None) for line in third.lines] == [
        ("AR-1", None),
        ("AR-2", 14),
    ]
    assert [receivable.notices[-1].fee for receivable in recorded(found, owed, 21) if receivable.id == "AR-2"] == [
        cny("20.00")
    ]


def test_a_letter_speaks_at_its_highest_level_and_takes_the_fee_of_the_step_that_brought_it() -> None:
    policy = DunningPolicy(
        [DunningStep(7, TO.CUSTOMER, fees=cny("5.00")), DunningStep(14, TO.CUSTOMER, fees=cny("50.00"))]
    )
    owed = [debt("AR-1"), debt("AR-2", due=20)]
    for day in (7, 14):
        owed = recorded(dunning(owed, policy=policy, on=on(day)), owed, day)
    [letter] = dunning(owed, policy=policy, on=on(27)).letters
    assert (letter.level, letter.tone.value, str(letter.fee)) == (2, "last", "5.00 CNY")


def test_a_letter_for_each_installment() -> None:
    policy = DunningPolicy(LETTERS.steps, grouping=Grouping.INSTALLMENT)
    owed = [debt("AR-1"), debt("AR-2")]
    assert walk(owed, policy, range(7, 11)) == [(7, "customer", 7), (8, "customer", 7)], "never two on one day"
    free = DunningPolicy(LETTERS.steps, grouping=Grouping.INSTALLMENT, apart_days=0)
    assert [len(letter.lines) for letter in dunning(owed, policy=free, on=on(7)).letters] == [1, 1]
    second = dunning(owed, policy=policy, on=on(7)).of(ReceivableId("AR-2"))
    assert second.say("en") == ("the customer got a letter on Mar 9, 2026; the next may go on Mar 10, 2026",)
    assert (second.next_on, second.sends) == (on(8), ())


def test_letters_about_two_currencies_do_not_keep_each_other_apart() -> None:
    owed = [debt("AR-1"), debt("AR-2", currency="USD")]
    found = dunning(owed, policy=LETTERS, on=on(7))
    assert sorted(letter.currency for letter in found.letters) == ["CNY", "USD"]
    again = dunning(recorded(found, owed), policy=LETTERS, on=on(7))
    assert again.letters == ()
    apart = attrs.evolve(LETTERS, apart_days=9)
    for name in ("AR-1", "AR-2"):
        assert said_of(recorded(found, owed), name, apart, 14) == ["dunning.apart"], "each waits for its own"
    yuan = recorded(found, owed)[:1]
    assert said_of([*yuan, debt("AR-2", currency="USD")], "AR-2", apart, 14) == []


def test_a_letter_about_what_was_paid_keeps_the_next_one_apart() -> None:
    policy = DunningPolicy(LETTERS.steps, apart_days=7)
    first = recorded(dunning([debt("AR-1")], policy=policy, on=on(7)), [debt("AR-1")])
    owed = [paid(first[0], "1000.00", 8), debt("AR-2", due=3)]
    assert said_of(owed, "AR-2", policy, 10) == ["dunning.apart"]
    assert said_of(owed, "AR-2", policy, 14) == []


def said_of(owed: Sequence[Receivable], name: str, policy: DunningPolicy, days: int) -> list[str]:
    return [reason.code for reason in dunning(owed, policy=policy, on=on(days)).of(ReceivableId(name)).reasons]


def test_what_is_overdue_comes_before_what_falls_due() -> None:
    policy = DunningPolicy([DunningStep(-3, TO.CUSTOMER), *LETTERS.steps])
    owed = [debt("AR-1"), debt("AR-2", due=10)]
    found = dunning(owed, policy=policy, on=on(7))
    assert [(letter.tone.value, [line.receivable for line in letter.lines]) for letter in found.letters] == [
        ("first", ["AR-1"])
    ]
    [ahead] = dunning(recorded(found, owed), policy=policy, on=on(8)).letters
    assert (ahead.tone.value, ahead.level, ahead.lines[0].days) == ("ahead", 0, -2)
    assert ahead.subject("zh_CN") == "付款提示：¥1,000.00 即将到期"
    assert ahead.body("en", party="Huadong") == (
        "Dear Huadong,\n"
        "what follows falls due soon. Please see to it that it is paid in time.\n"
        "1. AR-2 of order SO-1: CN¥1,000.00, due on Mar 12, 2026\n"
        "To be paid: CN¥1,000.00\n"
        "If you have paid meanwhile, please take this letter as settled.\n"
        "E1"
    )


def test_too_little_is_not_written_for() -> None:
    policy = DunningPolicy(LETTERS.steps, minimums=[cny("300.00"), Money.of("500.00", "USD")])
    small, other = debt("AR-1", "200.00"), debt("AR-2", "100.00")
    assert said(small, 7, policy) == (["dunning.below_minimum"], None)
    outlook = dunning([small], policy=policy, on=on(7)).of(small.id)
    assert outlook.say("zh_CN") == ("¥200.00 低于发函最低金额 ¥300.00",)
    assert outlook.next_step == LETTERS.steps[0]
    assert len(dunning([small, other], policy=policy, on=on(7)).letters[0].lines) == 2, "together they are enough"
    told = DunningPolicy([*policy.steps, DunningStep(7, TO.OWNER), DunningStep(14, TO.OWNER)], minimums=policy.minimums)
    assert said(small, 7, told) == (["dunning.below_minimum"], "14"), "the owner is told all the same"


TEN = InterestPolicy(InterestRates.flat("0.10"))


def asking(policy: InterestPolicy = TEN, *, fee: str = "0") -> DunningPolicy:
    steps = [DunningStep(days, TO.CUSTOMER, interest=True, fees=cny(fee)) for days in (7, 30, 60)]
    return DunningPolicy(steps, interest=policy)


def test_the_worked_example_as_a_letter() -> None:
    owed = paid(debt(), "600.00", 30)
    [letter] = dunning([owed], policy=asking(fee="5.00"), on=on(60)).letters
    assert [str(amount) for amount in (letter.open, letter.interest, letter.fee, letter.total)] == [
        "400.00 CNY",
        "11.51 CNY",
        "5.00 CNY",
        "416.51 CNY",
    ]
    [line] = letter.lines
    assert line.accrual is not None
    assert str(line.total) == "411.51 CNY"
    assert [(period.days, str(period.base)) for period in line.accrual.periods] == [
        (30, "1000.00 CNY"),
        (30, "400.00 CNY"),
    ]


def test_interest_is_asked_for_on_what_is_chased() -> None:
    """Of 1,000.00, 300.00 is disputed: 700 for 30 days and 100 for 30 at 10 %."""
    owed = disputed(paid(debt(), "600.00", 30), 40, "300.00")
    [letter] = dunning([owed], policy=asking(), on=on(60)).letters
    [line] = letter.lines
    assert (str(line.open), str(line.left_out), str(line.interest)) == ("100.00 CNY", "300.00 CNY", "6.58 CNY")
    assert "   CN¥300.00 more is disputed or promised and not asked for here" in letter.body("en").split("\n")


def test_only_steps_that_ask_for_interest_do() -> None:
    policy = DunningPolicy([DunningStep(7, TO.CUSTOMER), DunningStep(14, TO.CUSTOMER, interest=True)], interest=TEN)
    [letter] = dunning([debt()], policy=policy, on=on(7)).letters
    assert (str(letter.interest), letter.lines[0].accrual) == ("0.00 CNY", None)
    [letter] = dunning(recorded(dunning([debt()], policy=policy, on=on(7)), [debt()]), policy=policy, on=on(14)).letters
    assert str(letter.interest) == "3.84 CNY"


def test_interest_rounded_for_the_letter_is_allocated_to_its_lines() -> None:
    """Three times 1.2054… fen: 1 fen each, or 3.616 → 4 fen for all."""
    owed = [debt(f"AR-{number}", "0.44") for number in range(3)]

    def interests(rounded_per: InterestRounding) -> list[int]:
        policy = asking(InterestPolicy(InterestRates.flat("1.0"), rounded_per=rounded_per))
        [letter] = dunning(owed, policy=policy, on=on(10)).letters
        assert letter.interest.minor == sum(line.interest.minor for line in letter.lines)
        return [line.interest.minor for line in letter.lines]

    assert interests(InterestRounding.RECEIVABLE) == [1, 1, 1]
    assert interests(InterestRounding.LETTER) == [2, 1, 1]
    none = asking(InterestPolicy(InterestRates.flat(0), rounded_per=InterestRounding.LETTER))
    assert dunning(owed, policy=none, on=on(10)).letters[0].interest == cny("0")


def test_credit_is_shown_and_not_netted() -> None:
    def receipt(name: str, amount: str, party: str = "A1", currency: str = "CNY") -> billing.Receipt:
        return billing.receive(
            ReceiptId(name),
            entity=EntityId("E1"),
            party=AccountId(party),
            amount=Money.of(amount, currency),
            on=on(5),
            now=NOON,
        ).after

    receipts = [
        receipt("R1", "100.00"),
        receipt("R2", "50.00"),
        receipt("R3", "7.00", "A2"),
        receipt("R4", "8.00", currency="USD"),
    ]
    [letter] = dunning([debt()], policy=LETTERS, on=on(7), receipts=receipts).letters
    assert (str(letter.credit), str(letter.total)) == ("150.00 CNY", "1000.00 CNY")
    assert "贵方另有 ¥150.00 预收款尚未核销，以上金额未予抵扣。" in letter.body("zh_CN").split("\n")


def test_a_whole_letter() -> None:
    owed = [paid(debt("AR-1"), "600.00", 30), debt("AR-2", "50.00", due=50)]
    [letter] = dunning(owed, policy=asking(fee="5.00"), on=on(60)).letters
    assert letter.body("zh_CN", party="华东机械", entity="我方") == (
        "致华东机械：\n"
        "截至2026年5月1日，我方尚未收到贵方以下款项。如系疏忽，请尽快付款。\n"
        "1. 订单 SO-1 的应收 AR-1：¥400.00，到期日2026年3月2日，逾期60天\n"
        "   逾期利息：¥11.51\n"
        "2. 订单 SO-1 的应收 AR-2：¥50.00，到期日2026年4月21日，逾期10天\n"
        "   逾期利息：¥0.14\n"
        "欠款合计：¥450.00\n"
        "逾期利息：¥11.65\n"
        "催收费用：¥5.00\n"
        "应付总额：¥466.65\n"
        "如贵方已付款，请忽略本函。\n"
        "我方"
    )


def tones(letters: Iterable[Letter]) -> list[tuple[str, str]]:
    return [(letter.subject("en"), letter.body("en").split("\n")[1]) for letter in letters]


def test_letters_grow_plainer() -> None:
    owed = [debt()]
    letters: list[Letter] = []
    for day in (7, 14, 30):
        found = dunning(owed, policy=LETTERS, on=on(day))
        letters += found.letters
        owed = recorded(found, owed, day)
    assert tones(letters) == [
        (
            "Payment reminder: CN¥1,000.00",
            "as of Mar 9, 2026 we have not received what follows. Perhaps it was overlooked; please pay it now.",
        ),
        (
            "Payment reminder no. 2: CN¥1,000.00",
            "as of Mar 16, 2026 what follows is still not paid, although we wrote to you. Please pay it without delay.",
        ),
        (
            "Final payment reminder: CN¥1,000.00",
            "as of Apr 1, 2026 what follows is still not paid. We shall take further steps without writing again.",
        ),
    ]


def test_reminders_say_how_it_stands() -> None:
    policy = DunningPolicy([DunningStep(days, TO.OWNER) for days in (-7, 0, 1)])
    told = [dunning([debt()], policy=policy, on=on(day)).reminders[0] for day in (-7, 0, 1)]
    assert [(reminder.subject("en"), reminder.body("en")) for reminder in told] == [
        (
            "Due in 7 days: A1, CN¥1,000.00",
            "receivable AR-1 of order SO-1 is due in 7 days, on Mar 2, 2026: CN¥1,000.00 open",
        ),
        ("Due today: A1, CN¥1,000.00", "receivable AR-1 of order SO-1 is due today: CN¥1,000.00 open"),
        (
            "Overdue by 1 day: A1, CN¥1,000.00",
            "receivable AR-1 of order SO-1 is overdue by 1 day: CN¥1,000.00 open, due on Mar 2, 2026",
        ),
    ]
    assert [reminder.subject("zh_CN") for reminder in told] == [
        "应收将于 7 天后到期：A1，¥1,000.00",
        "应收今日到期：A1，¥1,000.00",
        "应收逾期 1 天：A1，¥1,000.00",
    ]


def test_reminders_stand_by_due_date_and_receiver() -> None:
    policy = DunningPolicy([DunningStep(7, TO.FINANCE), DunningStep(7, TO.OWNER)])
    found = dunning([debt("AR-2"), debt("AR-1"), debt("AR-0", due=-5)], policy=policy, on=on(7)).reminders
    assert [(reminder.receivable, reminder.to.value) for reminder in found] == [
        ("AR-0", "owner"),
        ("AR-0", "finance"),
        ("AR-1", "owner"),
        ("AR-1", "finance"),
        ("AR-2", "owner"),
        ("AR-2", "finance"),
    ]


def test_what_a_letter_asks_for_besides_may_become_owed() -> None:
    owed = paid(debt(), "600.00", 30)
    [letter] = dunning([owed], policy=asking(fee="5.00"), on=on(60)).letters
    changes = billing.record_letter(letter, [owed], letter_id=LetterId("L-1"), charges_due_on=on(74), now=NOON)
    assert [(change.after.id, change.after.component.value, str(change.after.open)) for change in changes] == [
        ("AR-1", "principal", "400.00 CNY"),
        ("AR-1/interest/1", "interest", "11.51 CNY"),
        ("AR-1", "principal", "400.00 CNY"),
        ("L-1/fee", "costs", "5.00 CNY"),
    ]
    assert [change.after.charged_for for change in changes] == [None, "AR-1", None, "AR-1"]
    for before, after in zip([0], [2], strict=True):
        assert changes[after].before == changes[before].after, "changes of one receivable follow each other"
    principal, interest, fee = changes[2].after, changes[1].after, changes[3].after
    assert [
        (notice.letter, str(notice.owed), str(notice.interest), str(notice.fee)) for notice in principal.notices
    ] == [("L-1", "400.00 CNY", "11.51 CNY", "5.00 CNY")]
    [next_letter] = dunning([principal, interest, fee], policy=asking(), on=on(80)).letters
    assert [(line.receivable, str(line.open), str(line.interest)) for line in next_letter.lines] == [
        ("AR-1", "400.00 CNY", "2.19 CNY"),  # 20 days on 400.00, no more of the first 60
        ("AR-1/interest/1", "11.51 CNY", "0.00 CNY"),
        ("L-1/fee", "5.00 CNY", "0.00 CNY"),
    ]


def test_interest_of_a_line_that_takes_no_step_may_become_owed() -> None:
    owed = recorded(dunning([debt("AR-1")], policy=asking(), on=on(7)), [debt("AR-1")])
    owed = [*owed, debt("AR-2", due=3)]
    [letter] = dunning(owed, policy=asking(), on=on(10)).letters
    changes = billing.record_letter(letter, owed, letter_id=LetterId("L-2"), charges_due_on=on(20), now=NOON)
    assert [change.after.id for change in changes] == ["AR-1/interest/1", "AR-1", "AR-2", "AR-2/interest/1", "AR-2"]


def booked(owed: Sequence[Receivable], policy: DunningPolicy, days: int) -> tuple[list[Letter], list[Receivable]]:
    """Ask day by day, make what each letter asks for besides owed ten days later, and return the letters and all that is owed."""
    now, letters = {receivable.id: receivable for receivable in owed}, []
    for day in range(days):
        for letter in dunning(now.values(), policy=policy, on=on(day)).letters:
            letters.append(letter)
            name = LetterId(f"L-{day}-{letter.leading.receivable}")
            for change in billing.record_letter(
                letter, now.values(), letter_id=name, charges_due_on=on(day + 10), now=NOON
            ):
                now[change.after.id] = change.after
    return letters, list(now.values())


def test_charges_are_not_dunned_again() -> None:
    policy = DunningPolicy(
        [DunningStep(7, TO.CUSTOMER, interest=True, fees=cny("50.00")), DunningStep(7, TO.OWNER)],
        interest=TEN,
        apart_days=7,
    )
    letters, owed = booked([debt()], policy, 120)
    assert [(letter.on, str(letter.total)) for letter in letters] == [(on(7), "1051.92 CNY")]
    assert [receivable.id for receivable in owed] == ["AR-1", "AR-1/interest/1", "L-7-AR-1/fee"]
    found = dunning(owed, policy=policy, on=on(119))
    for charge in owed[1:]:
        outlook = found.of(charge.id)
        assert (outlook.sends, outlook.next_on, outlook.next_step) == ((), None, None)
        assert outlook.say("zh_CN") == ("附带的利息或费用：随欠款的催款函一并列示",)
    assert {told.receivable for told in found.reminders} == {"AR-1"}


def test_charges_go_along_in_letters_about_the_debt() -> None:
    letters, _ = booked([debt()], asking(fee="5.00"), 120)
    assert [(letter.on, letter.tone.value, str(letter.fee)) for letter in letters] == [
        (on(7), "first", "5.00 CNY"),
        (on(30), "again", "5.00 CNY"),
        (on(60), "last", "5.00 CNY"),
    ]
    assert [[line.receivable for line in letter.lines] for letter in letters] == [
        ["AR-1"],
        ["AR-1", "AR-1/interest/1", "L-7-AR-1/fee"],
        ["AR-1", "AR-1/interest/1", "L-7-AR-1/fee", "AR-1/interest/2", "L-30-AR-1/fee"],
    ]
    assert [(str(line.open), line.level, line.step, str(line.interest)) for line in letters[1].lines[1:]] == [
        ("1.92 CNY", 0, None, "0.00 CNY"),
        ("5.00 CNY", 0, None, "0.00 CNY"),
    ]


def test_a_letter_says_for_what_charges_are_and_sums_them() -> None:
    letters, owed = booked([debt()], asking(fee="5.00"), 55)
    owed = [
        *owed,
        debt("X-1", "3.00", due=1, component=Component.INTEREST),
        debt("X-2", "4.00", component=Component.COSTS),
    ]
    [letter] = dunning(owed, policy=asking(fee="5.00"), on=on(60)).letters
    assert len(letters) == 2
    assert len(letter.lines) == 7
    assert letter.body("zh_CN").split("\n")[2:-6] == [
        "1. 订单 SO-1 的应收 AR-1：¥1,000.00，到期日2026年3月2日，逾期60天",
        "   逾期利息：¥8.22",
        "2. 订单 SO-1 的费用：¥4.00，2026年3月2日起到期",
        "3. 订单 SO-1 的利息：¥3.00，2026年3月3日起到期",
        "4. 订单 SO-1 的应收 AR-1 的利息：¥8.22，2026年3月19日起到期",
        "5. 订单 SO-1 的应收 AR-1 的催收费用：¥10.00，2026年3月19日起到期",
    ]
    assert letter.body("en").split("\n")[4:8] == [
        "2. fees, order SO-1: CN¥4.00, due from Mar 2, 2026 on",
        "3. interest, order SO-1: CN¥3.00, due from Mar 3, 2026 on",
        "4. interest on AR-1 of order SO-1: CN¥8.22, due from Mar 19, 2026 on",
        "5. fees for AR-1 of order SO-1: CN¥10.00, due from Mar 19, 2026 on",
    ]
    assert str(letter.open) == "1025.22 CNY"


def test_charges_go_along_with_their_own_receivable_where_each_gets_a_letter() -> None:
    policy = attrs.evolve(asking(fee="5.00"), grouping=Grouping.INSTALLMENT, apart_days=0)
    letters, _ = booked([debt("AR-1"), debt("AR-2", due=1)], policy, 40)
    assert [{line.receivable for line in letter.lines} for letter in letters[2:]] == [
        {"AR-1", "AR-1/interest/1", "L-7-AR-1/fee"},
        {"AR-2", "AR-2/interest/1", "L-8-AR-2/fee"},
    ]


def test_a_letter_asks_for_its_minimum_without_charges() -> None:
    small, charge = debt("AR-1", "200.00"), debt("AR-2", "100.00", component=Component.COSTS)
    policy = DunningPolicy(LETTERS.steps, minimums=cny("300.00"))
    assert dunning([small, charge], policy=policy, on=on(7)).letters == ()


def test_a_policy_may_chase_charges_too() -> None:
    charge = debt("F", "50.00", component=Component.COSTS)
    assert walk([charge], LETTERS, range(40)) == []
    chasing = DunningPolicy(LETTERS.steps, chases=(Component.PRINCIPAL, Component.COSTS))
    assert walk([charge], chasing, range(40)) == [(7, "customer", 7), (14, "customer", 14), (30, "customer", 30)]
    with pytest.raises(InvalidType):
        DunningPolicy(LETTERS.steps, chases=("costs",))  # type: ignore[arg-type]  # what a host may get wrong


def test_what_cannot_be_recorded() -> None:
    owed = debt()
    policy = DunningPolicy([*LETTERS.steps, DunningStep(7, TO.OWNER)])
    found = dunning([owed], policy=policy, on=on(7))
    [letter], [reminder] = found.letters, found.reminders
    [sent] = recorded(found, [owed])
    with pytest.raises(
        Refused, match="step 7 to customer of receivable AR-1 was recorded on 2026-03-09; ask `dunning`"
    ):
        billing.record_letter(letter, [sent], letter_id=LetterId("L-1"), now=NOON)
    with pytest.raises(Refused, match="step 7 to owner of receivable AR-1 was recorded on 2026-03-09"):
        billing.record_reminder(reminder, sent, now=NOON)
    with pytest.raises(InvalidValue, match="receivable AR-1 was written about, and none given"):
        billing.record_letter(letter, [], letter_id=LetterId("L-1"), now=NOON)
    with pytest.raises(InvalidValue, match="receivable AR-1 was written about, and AR-2 given"):
        billing.record_reminder(reminder, debt("AR-2"), now=NOON)


def test_what_cannot_be_asked() -> None:
    with pytest.raises(InvalidValue, match="AR-1 is given twice"):
        dunning([debt(), debt()], policy=LETTERS, on=on(7))
    with pytest.raises(InvalidValue, match="receivable 'AR-2' is not among the 1 that were given"):
        dunning([debt()], policy=LETTERS, on=on(7)).of(ReceivableId("AR-2"))
    noon: Any = NOON
    with pytest.raises(InvalidType, match="is no day"):
        dunning([debt()], policy=LETTERS, on=noon)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (lambda: DunningPolicy([]), "the steps are none; give at least one"),
        (lambda: DunningPolicy([*LETTERS.steps, *LETTERS.steps]), "give at least one, and each day and receiver once"),
        (
            lambda: DunningPolicy([DunningStep(7, TO.CUSTOMER, interest=True)]),
            "and the policy has none; give `interest`",
        ),
        (lambda: DunningStep(7, TO.OWNER, interest=True), "only a letter to the customer after the due date does"),
        (lambda: DunningStep(0, TO.CUSTOMER, fees=cny("1")), "only a letter to the customer after the due date does"),
        (lambda: DunningStep(7, TO.CUSTOMER, fees=cny("-1")), r"fees is -1\.00 CNY; give zero or more"),
        (
            lambda: DunningStep(7, TO.CUSTOMER, fees=[cny("1"), cny("2")]),
            "fees has two amounts of one currency among CNY, CNY",
        ),
        (lambda: DunningPolicy(LETTERS.steps, apart_days=-1), "apart_days is -1; use 0 or more"),
        (lambda: DunningPolicy(LETTERS.steps, minimums=[BAD]), "minimums is 5; pass a Money"),
        (lambda: DunningStep(7, BAD), r"to is 5; pass one of Receiver\.OWNER"),
        (lambda: DunningStep(True, TO.OWNER), "days is True; pass an int"),
        (lambda: DunningPolicy([BAD]), "pass a DunningStep"),
        (lambda: DunningPolicy(LETTERS.steps, grouping=BAD), r"pass one of Grouping\.CUSTOMER"),
    ],
)
def test_policies_that_cannot_be(wrong: Any, message: str) -> None:
    with pytest.raises((InvalidValue, InvalidType), match=message):
        wrong()


def test_the_standard_policy() -> None:
    assert [(step.days, step.to.value) for step in STANDARD_DUNNING.steps if step.is_letter] == [
        (-3, "customer"),
        (7, "customer"),
        (14, "customer"),
        (30, "customer"),
    ]
    assert dunning([settled_receivable()], policy=STANDARD_DUNNING, on=on(90)).letters == ()
    sent = walk([debt()], STANDARD_DUNNING, range(-10, 60))
    assert [(day, days) for day, to, days in sent if to == "customer"] == [(-3, -3), (7, 7), (14, 14), (30, 30)]
    assert len(sent) == len(STANDARD_DUNNING.steps)


def test_a_changed_policy_goes_on_from_where_the_old_one_was() -> None:
    owed = recorded(dunning([debt()], policy=LETTERS, on=on(7)), [debt()])
    other = DunningPolicy([DunningStep(days, TO.CUSTOMER) for days in (3, 5, 10)])
    assert walk(owed, other, range(8, 20)) == [(10, "customer", 10)]


def test_what_a_day_asks_for_survives_json() -> None:
    found = dunning([paid(debt(), "600.00", 30), held(debt("AR-2"), 3, 90)], policy=asking(fee="5.00"), on=on(60))
    assert from_json(to_json(found), Dunning) == found
    assert from_json(to_json(asking(fee="5.00")), DunningPolicy) == asking(fee="5.00")


STOPS = st.one_of(
    st.none(),
    st.tuples(st.just("promise"), st.integers(-20, 40), st.integers(0, 30)),
    st.tuples(st.just("hold"), st.integers(-20, 40), st.integers(0, 30)),
)


@given(
    st.sampled_from([STANDARD_DUNNING, LETTERS, DunningPolicy(LETTERS.steps, apart_days=10), asking()]),
    st.integers(-25, 60),
    st.lists(STOPS, max_size=2),
    st.sampled_from([None, Weekly()]),
)
def test_what_comes_next_comes_on_its_day(
    policy: DunningPolicy, start: int, stops: list[tuple[str, int, int] | None], calendar: Weekly | None
) -> None:
    """If nothing happens, nothing is sent before the day that was named, and on it what was named."""
    owed = [debt()]
    for stop in sorted(filter(None, stops), key=lambda stop: stop[1]):
        kind, said_on, days = stop
        owed = [(promised if kind == "promise" else held)(owed[0], said_on, said_on + days)]
    start = max([start, *(stop[1] for stop in stops if stop)])
    found = dunning(owed, policy=policy, on=on(start), calendar=calendar)
    outlook, owed = found.of(ReceivableId("AR-1")), recorded(found, owed)
    for day in range(start + 1, start + 90):
        found = dunning(owed, policy=policy, on=on(day), calendar=calendar)
        sends = found.of(ReceivableId("AR-1")).sends
        if sends:
            assert (outlook.next_on, outlook.next_step) == (on(day), sends[0])
            return
    assert (outlook.next_on, outlook.next_step) == (None, None)
