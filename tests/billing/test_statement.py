"""Statements of account and roll-forwards against figures written down by hand."""

import datetime as dt

import pytest

from ltc import billing
from ltc.billing import RECEIPT, RECEIVABLE, Movement, Receipt, Receivable, RollForward, SettlementKind, statements
from ltc.errors import InvalidValue
from ltc.ids import AccountId, ChangeId, EntityId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money
from ltc.testing.samples.billing import NOON, TODAY, receipt, receivable

DAY = dt.timedelta(days=1)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def owed(name: str, amount: str, on: int, *, party: str = "A1", currency: str = "CNY") -> Receivable:
    return billing.raise_receivable(
        ReceivableId(name),
        order=OrderId("SO-1"),
        entity=EntityId("E1"),
        party=AccountId(party),
        amount=Money.of(amount, currency),
        on=TODAY + on * DAY,
        due_on=TODAY + on * DAY,
        now=NOON,
    ).after


def paid(name: str, amount: str, on: int, *, party: str = "A1", currency: str = "CNY") -> Receipt:
    return billing.receive(
        ReceiptId(name),
        entity=EntityId("E1"),
        party=AccountId(party),
        amount=Money.of(amount, currency),
        on=TODAY + on * DAY,
        now=NOON,
    ).after


def story() -> list[Receivable | Receipt]:
    """100 owed, 120 paid, applied, taken back, applied again the same day; 5 waived, 3 written off."""
    first, money = owed("B", "100", 1), paid("R", "120", 1)
    money, first = (change.after for change in billing.apply(money, [first], on=TODAY + DAY, now=NOON))  # type: ignore[assignment]
    money, first = (  # type: ignore[assignment]
        change.after for change in billing.unapply(money, first, application="R/1", reason="", on=TODAY + DAY, now=NOON)
    )
    first = billing.waive(first, amount=yuan("5"), change=ChangeId("W1"), reason="", on=TODAY + DAY, now=NOON).after
    money, first = (  # type: ignore[assignment]
        change.after for change in billing.apply(money, [first], amount=yuan("92"), on=TODAY + DAY, now=NOON)
    )
    first = billing.write_off(
        first, amount=yuan("3"), change=ChangeId("B1"), reason="", on=TODAY + 2 * DAY, now=NOON
    ).after
    return [money, first, owed("A", "10", 1)]


def test_lines_stand_in_the_order_of_days_and_ties_in_the_order_of_sense() -> None:
    [statement] = statements(story(), first=TODAY, last=TODAY + 9 * DAY)
    assert [
        (str(line.on), line.movement.value, line.document, str(line.change.amount), str(line.balance.amount))
        for line in statement.lines
    ] == [
        ("2026-03-03", "raised", "A", "10.00", "10.00"),
        ("2026-03-03", "raised", "B", "100.00", "110.00"),
        ("2026-03-03", "received", "R", "-120.00", "-10.00"),
        ("2026-03-03", "applied", "B", "0.00", "-10.00"),
        ("2026-03-03", "unapplied", "B", "0.00", "-10.00"),
        ("2026-03-03", "waived", "B", "-5.00", "-15.00"),
        ("2026-03-03", "applied", "B", "0.00", "-15.00"),
        ("2026-03-04", "written_off", "B", "-3.00", "-18.00"),
    ]
    assert (statement.opening, statement.closing, statement.open, statement.credit) == (
        yuan("0"),
        yuan("-18"),
        yuan("10"),
        yuan("28"),
    )
    assert statements(reversed(story()), first=TODAY, last=TODAY + 9 * DAY) == (statement,)


def test_what_was_before_is_the_opening_balance() -> None:
    [statement] = statements(story(), first=TODAY + 2 * DAY, last=TODAY + 2 * DAY)
    assert (statement.opening, len(statement.lines), statement.closing) == (yuan("-15"), 1, yuan("-18"))
    [quiet] = statements(story(), first=TODAY + 5 * DAY, last=TODAY + 6 * DAY)
    assert (quiet.opening, quiet.lines, quiet.closing) == (yuan("-18"), (), yuan("-18"))
    assert statements(story(), first=TODAY, last=TODAY) == (), "nothing was there by then"


def test_money_of_another_customer_or_currency_moves_the_balance() -> None:
    debt, money = owed("B", "100", 0), paid("R", "20", 0, party="A2", currency="USD")
    settled = billing.ReceivableSettled(
        debt.id, SettlementKind.RECEIPT, "R", "R/1", amount=yuan("100"), on=TODAY, at=NOON
    )
    debt = RECEIVABLE.change(debt, settled).after
    two = statements([debt, money], first=TODAY, last=TODAY)
    assert [(each.party, each.currency, str(each.closing)) for each in two] == [
        ("A1", "CNY", "0.00 CNY"),
        ("A2", "USD", "-20.00 USD"),
    ]
    assert [line.change.minor for line in two[0].lines] == [10000, -10000]


def settled_by(kind: SettlementKind, other: str) -> Receivable:
    debt = owed("B", "100", 0)
    event = billing.ReceivableSettled(debt.id, kind, other, f"{other}/1", amount=yuan("40"), on=TODAY, at=NOON)
    return RECEIVABLE.change(debt, event).after


@pytest.mark.parametrize(
    "document, english, chinese",
    [
        (owed("B", "100", 0), "receivable B raised, CN¥100.00", "应收 B 确认 ¥100.00"),
        (paid("R", "1", 0), "receipt R, CN¥1.00", "收款 R，¥1.00"),
        (settled_by(SettlementKind.RECEIPT, "R1"), "B settled with R1, CN¥40.00", "B 与 R1 核销 ¥40.00"),
        (settled_by(SettlementKind.ADVANCE, "R1"), "B settled with R1, CN¥40.00", "B 与 R1 核销 ¥40.00"),
        (
            settled_by(SettlementKind.RED_LETTER, "N1"),
            "B credited by red-letter note N1, CN¥40.00",
            "B 与红字 N1 对冲 ¥40.00",
        ),
        (settled_by(SettlementKind.TRANSFER, "C"), "B taken over by receivable C, CN¥40.00", "B 并入应收 C，¥40.00"),
        (settled_by(SettlementKind.PAYABLE, "AP1"), "B set off against AP1, CN¥40.00", "B 与应付 AP1 对冲 ¥40.00"),
        (story()[1], "B written off, CN¥3.00 (B1)", "B 坏账核销 ¥3.00（B1）"),
    ],
)
def test_a_line_reads_in_both_languages(document: Receivable | Receipt, english: str, chinese: str) -> None:
    line = statements([document], first=TODAY, last=TODAY + 9 * DAY)[0].lines[-1]
    assert line.say("en") == f"{english_day(line.on)}: {english}; balance {line.balance.format('en')}"
    assert (
        line.say("zh_CN")
        == f"{line.on.year}年{line.on.month}月{line.on.day}日：{chinese}；余额 {line.balance.format('zh_CN')}"
    )


def english_day(on: dt.date) -> str:
    return f"Mar {on.day}, {on.year}"


def test_a_statement_reads_in_chinese() -> None:
    [statement] = statements([receivable(), receipt()], first=TODAY, last=TODAY)
    assert statement.say("zh_CN") == (
        "对账单：A1 与 E1，2026年3月2日至2026年3月2日，CNY",
        "期初余额：¥0.00",
        "2026年3月2日：应收 P1/1 确认 ¥30,000.00；余额 ¥30,000.00",
        "2026年3月2日：收款 R1，¥50,000.00；余额 -¥20,000.00",
        "期末余额：-¥20,000.00（未收 ¥30,000.00，未核销收款 ¥50,000.00）",
    )


def test_the_columns_of_a_roll_forward() -> None:
    [row] = billing.roll_forward([story()[1]], first=TODAY, last=TODAY + 9 * DAY)
    assert [(kind.value, str(amount.amount)) for kind, amount in row.moved] == [
        ("raised", "100.00"),
        ("applied", "-192.00"),
        ("unapplied", "100.00"),
        ("waived", "-5.00"),
        ("written_off", "-3.00"),
    ]
    assert (row.opening, row.closing, row.of(Movement.REFUNDED)) == (yuan("0"), yuan("0"), yuan("0"))
    [credit] = billing.roll_forward(
        [story()[0]], first=TODAY + 2 * DAY, last=TODAY + 9 * DAY, by=lambda each: each.party
    )
    assert (credit.name, credit.opening, credit.moved, credit.closing) == ("A1", yuan("-28"), (), yuan("-28"))


def test_rows_are_sorted_and_who_has_no_name_comes_last() -> None:
    debts = [
        owed("1", "1", 0, party="B"),
        owed("2", "2", 0, currency="USD"),
        owed("3", "3", 0),
        owed("4", "4", 0, party="C"),
    ]
    names = {"A1": "east", "B": "west"}
    rows = billing.roll_forward(debts, first=TODAY, last=TODAY, by=lambda each: names.get(each.party))
    assert [(row.currency, row.name, str(row.closing.amount)) for row in rows] == [
        ("CNY", "east", "3.00"),
        ("CNY", "west", "1.00"),
        ("CNY", None, "4.00"),
        ("USD", "east", "2.00"),
    ]


def test_the_worked_example() -> None:
    moved = {
        Movement.WRITTEN_OFF: yuan("-85000"),
        Movement.RAISED: yuan("10185000"),
        Movement.APPLIED: yuan("-10120000"),
    }
    row = RollForward(None, "CNY", opening=yuan("960000"), moved=moved)
    assert row.closing == yuan("940000")
    assert [kind for kind, _ in row.moved] == [Movement.RAISED, Movement.APPLIED, Movement.WRITTEN_OFF]


def test_a_period_begins_before_it_ends() -> None:
    with pytest.raises(InvalidValue, match="give the earlier day first"):
        statements([], first=TODAY, last=TODAY - DAY)
    with pytest.raises(InvalidValue, match="give the earlier day first"):
        billing.roll_forward([], first=TODAY, last=TODAY - DAY)


def test_a_receipt_of_a_later_day_is_not_there_yet() -> None:
    later = paid("R", "1", 3)
    assert statements([later], first=TODAY, last=TODAY + 2 * DAY) == ()
    assert billing.roll_forward([later], first=TODAY, last=TODAY + 2 * DAY) == ()
    assert RECEIPT.kind == "receipt"
