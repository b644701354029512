"""The figures of a report, each computed a second way, and nothing of tomorrow in them."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltc import report
from ltc.errors import InvalidValue
from ltc.leads import LeadDraft, keys_of
from ltc.money import Money
from ltc.report import (
    ActivityRow,
    InvoiceRow,
    LeadRow,
    OpportunityRow,
    OrderRow,
    ReceiptRow,
    ReceivableRow,
    StageRow,
    TargetRow,
    tables_of,
)
from ltc.report.page import render
from ltc.report.words import days as days_of_sales
from ltc.report.words import percent

DAY = date(2026, 11, 23)


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def deal(
    name: str, *stages: tuple[str, datetime], amount: str = "100.00", owner: str = "li"
) -> tuple[OpportunityRow, list[StageRow]]:
    return OpportunityRow(name, yuan(amount), owner), [StageRow(name, stage, when) for stage, when in stages]


STORY = [
    deal("O1", ("A", at(1)), ("B", at(2)), ("won", at(3)), amount="100.01"),
    deal("O2", ("A", at(1)), ("lost", at(4)), owner="wang"),
    deal("O3", ("A", at(1)), ("B", at(5)), amount="33.33"),
    deal("O4", ("A", at(6)), amount="66.67", owner="wang"),
    deal("O5", ("A", at(1)), ("B", at(2)), ("won", at(25)), amount="50.00"),
    deal("O6", ("A", at(25))),
]
TABLES = tables_of(
    opportunities=[row for row, _ in STORY],
    stage_history=[entry for _, entries in reversed(STORY) for entry in reversed(entries)],
)


def test_the_funnel_weighs_each_stage_by_what_was_won_of_the_decided() -> None:
    (funnel,) = report.figures(TABLES, as_of=DAY).funnels
    assert [(stage.stage, stage.count, str(stage.amount)) for stage in funnel.stages] == [
        ("A", 1, "66.67 CNY"),
        ("B", 2, "83.33 CNY"),
    ]
    rates = [stage.win_rate for stage in funnel.stages]
    assert rates == [report.WinRate(Decimal("0.500000"), 1, 2), report.WinRate(Decimal("1.000000"), 1, 1)]
    assert [str(stage.weighted) for stage in funnel.stages] == ["33.34 CNY", "83.33 CNY"]
    assert (funnel.won, str(funnel.won_amount), funnel.lost) == (1, "100.01 CNY", 1)
    assert funnel.months == (("2026-11", yuan("100.01")),)
    assert funnel.has_computed_rates
    assert (funnel.unrated, funnel.undated) == (0, 0)


def test_tomorrow_is_not_in_the_funnel_and_is_the_day_after() -> None:
    (later,) = report.figures(TABLES, as_of=date(2026, 11, 25)).funnels
    assert (later.won, str(later.won_amount), later.count) == (2, "150.01 CNY", 3)
    (early,) = report.figures(TABLES, as_of=date(2026, 11, 1)).funnels
    assert [(stage.stage, stage.count) for stage in early.stages] == [("A", 4)]
    assert early.won == 0
    assert early.stages[0].win_rate is None
    assert early.unrated == 4
    assert str(early.weighted) == "0.00 CNY"


def test_given_rates_and_order_hold() -> None:
    tables = tables_of(
        opportunities=TABLES.opportunities,
        stage_history=TABLES.stage_history,
        stages=["B", "C", "A"],
        win_rates={"A": Decimal("0.1"), "B": Decimal("0.333333"), "C": Decimal("0.9")},
    )
    (funnel,) = report.figures(tables, as_of=DAY).funnels
    assert [stage.stage for stage in funnel.stages] == ["B", "C", "A"]
    assert all(stage.win_rate and stage.win_rate.is_given for stage in funnel.stages)
    assert not funnel.has_computed_rates
    assert funnel.weighted == yuan("34.44")  # 83.33 / 3 + 6.667


def test_stages_and_owners_add_up_to_the_funnel() -> None:
    (funnel,) = report.figures(TABLES, as_of=DAY).funnels
    assert sum(owner.weighted.minor for owner in funnel.owners) == funnel.weighted.minor
    li = next(owner for owner in funnel.owners if owner.owner == "li")
    assert (li.open, str(li.amount), li.won, li.lost, li.win_rate) == (2, "83.33 CNY", 1, 0, Decimal("1.000000"))
    assert next(owner for owner in funnel.owners if owner.owner == "wang").win_rate == Decimal("0.000000")


def test_a_deal_without_history_stands_where_its_row_says_from_the_day_it_was_made() -> None:
    rows = [
        OpportunityRow("O1", yuan("1"), stage="A"),
        OpportunityRow("O2", yuan("2"), stage="A", created_at=at(1)),
        OpportunityRow("O3", yuan("4"), stage="A", created_at=at(25)),
        OpportunityRow("O4", yuan("8")),
        OpportunityRow("O5", yuan("16"), stage="won"),
        OpportunityRow("O6", yuan("32"), created_at=at(1), won_amount=yuan("31")),
    ]
    (funnel,) = report.figures(
        tables_of(opportunities=rows, stage_history=[StageRow("O6", "A", at(25))]), as_of=DAY
    ).funnels
    assert [(stage.stage, stage.count, stage.amount.minor) for stage in funnel.stages] == [
        (None, 2, 4000),
        ("A", 2, 300),
    ]
    assert funnel.undated == 2
    assert (funnel.won, str(funnel.won_amount)) == (1, "16.00 CNY")
    assert funnel.months == (), "nobody knows when it was won"


def test_the_amount_at_which_a_deal_was_won_is_not_known_before() -> None:
    tables = tables_of(
        opportunities=[OpportunityRow("O1", yuan("550"), won_amount=yuan("521"))],
        stage_history=[StageRow("O1", "A", at(1)), StageRow("O1", "won", at(10))],
    )
    assert report.figures(tables, as_of=date(2026, 11, 9)).funnels[0].amount == yuan("550")
    assert report.figures(tables, as_of=date(2026, 11, 10)).funnels[0].won_amount == yuan("521")


def test_currencies_stand_side_by_side() -> None:
    rows = [
        OpportunityRow(f"O{number}", Money(100, code), stage="A") for number, code in enumerate(["USD", "CNY", "CNY"])
    ]
    funnels = report.figures(tables_of(opportunities=rows), as_of=DAY, target=Money(500, "EUR")).funnels
    assert [(funnel.currency, funnel.count, funnel.target is None) for funnel in funnels] == [
        ("CNY", 2, True),
        ("USD", 1, True),
        ("EUR", 0, False),
    ]


def test_a_target_is_of_the_quarter_or_of_the_shortest_period_that_has_one() -> None:
    target = report.figures(TABLES, as_of=DAY, target="1000").funnels[0].target
    assert target is not None
    assert (target.period.name, target.period.begin, target.period.end) == (
        "2026-Q4",
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert (target.won, target.weighted) == (yuan("100.01"), yuan("116.67"))
    assert target.gap == yuan("783.32")
    assert (target.reached, target.expected) == (Decimal("0.100010"), Decimal("0.216680"))
    rows = [
        TargetRow("2026", "li", "won", yuan("9")),
        TargetRow("2026-11", "li", "Won", yuan("2")),
        TargetRow("2026-11", "wang", "won", yuan("3")),
        TargetRow("2026-11", "wang", "calls", yuan("30")),
        TargetRow("2026-10", "wang", "won", yuan("50")),
    ]
    tables = tables_of(opportunities=TABLES.opportunities, stage_history=TABLES.stage_history, targets=rows)
    target = report.figures(tables, as_of=DAY).funnels[0].target
    assert target is not None
    assert (target.period.name, target.target, target.gap) == ("2026-11", yuan("5"), yuan("0"))
    assert (
        report.figures(tables_of(targets=rows, opportunities=TABLES.opportunities), as_of=date(2027, 1, 1))
        .funnels[0]
        .target
        is None
    )
    with pytest.raises(InvalidValue, match="is not an amount"):
        report.figures(TABLES, as_of=DAY, target="1,000")


LEADS = [
    LeadRow("L1", at(1), company="华东机械有限公司", phone="138 0000 0001", source="展会", owner="li"),
    LeadRow("L2", at(2), company="Acme Ltd", email="a@acme.example", source="展会", owner="wang"),
    LeadRow("L3", at(3), company="别的", phone="+86-13800000001", source="官网", owner="li"),
    LeadRow("L4", at(4), company="ACME", email=" A@ACME.example ", source="官网"),
    LeadRow("L5", at(5), name="n/a", phone="unknown", email="none", source="官网"),
    LeadRow("L6", at(6), name="n/a", phone="unknown", email="none"),
    LeadRow("L7", at(25), company="华东机械", source="展会"),
]


def test_leads_by_source_and_owner_with_duplicates_and_returns() -> None:
    acts = [
        ActivityRow("V1", "L1", "li", at(5), "returned"),
        ActivityRow("V2", "L1", "li", at(9), "Returned"),
        ActivityRow("V3", "L2", "li", at(25), "returned"),
        ActivityRow("V4", "L2", "li", at(9), "converted"),
        ActivityRow("V5", "L3", "li", at(9), "call"),
    ]
    leads = report.figures(tables_of(leads=reversed(LEADS), activities=acts), as_of=DAY).leads
    assert leads is not None
    assert leads.total == report.LeadCount(None, leads=6, duplicates=2, returned=1, converted=1)
    assert leads.by_source == (
        report.LeadCount("官网", leads=3, duplicates=2, returned=0, converted=0),
        report.LeadCount("展会", leads=2, duplicates=0, returned=1, converted=1),
        report.LeadCount(None, leads=1, duplicates=0, returned=0, converted=0),
    )
    assert [(one.name, one.leads) for one in leads.by_owner] == [(None, 3), ("li", 2), ("wang", 1)]
    assert dict(leads.matched) == {"phone": 1, "email": 1, "company": 1}
    assert report.figures(tables_of(), as_of=DAY).leads is None


def test_leads_are_compared_by_the_keys_that_capture_looks_them_up_by() -> None:
    """What is shared with the hints of capture: a phone without its extension, a company that can be written on one line."""
    rows = [
        LeadRow("L1", at(1), phone="021-68881234 转 5", company="Two\nlines"),
        LeadRow("L2", at(2), phone="+86 21 6888 1234", company="Two\nlines"),
        LeadRow("L3", at(3), email="A@acme.example", company="有限公司"),
        LeadRow("L4", at(4), email="a@ACME.example", company="（有限公司）"),
    ]
    leads = report.figures(tables_of(leads=rows), as_of=DAY).leads
    assert leads is not None
    assert dict(leads.matched) == {"phone": 1, "email": 1, "company": 1}
    drafts = [
        (LeadDraft(name="-", phone=a.phone, email=a.email), LeadDraft(name="-", phone=b.phone, email=b.email))
        for a, b in (rows[:2], rows[2:])
    ]
    assert all(set(keys_of(one)) & set(keys_of(other)) for one, other in drafts)


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_no_figure_depends_on_the_hosts_decimal_context(locale: str) -> None:
    """Amounts of ten digits, ratios of six, all under a context of three digits that cuts."""
    rows = [
        invoice("I1", "1234567.89", date(2026, 10, 2), date(2026, 10, 9)),
        invoice("I2", "7654321.01", date(2026, 11, 2), date(2026, 12, 9)),
        invoice("I3", "1111111.11", date(2026, 7, 2), date(2026, 8, 9), customer="A2"),
    ]
    tables = attrs.evolve(TABLES, invoices=tuple(rows), receipts=(receipt("R1", "23456.78", date(2026, 10, 3)),))

    def page() -> str:
        return render(report.figures(tables, as_of=DAY, target="987654.32"), locale=locale)

    expected = page()
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert page() == expected


def test_the_page_rounds_halves_up() -> None:
    assert (percent(Decimal("0.12350")), percent(Decimal("0.12450"))) == ("12.4%", "12.5%")
    assert (days_of_sales(Decimal("0.1250")), days_of_sales(Decimal("27.1950"))) == ("0.13", "27.20")


def invoice(
    name: str, amount: str, issued: date, due: date, customer: str = "A1", order: str | None = None
) -> InvoiceRow:
    return InvoiceRow(name, customer, yuan(amount), issued, due, order)


def receipt(name: str, amount: str, day: date, customer: str = "A1", pays: str | None = None) -> ReceiptRow:
    return ReceiptRow(name, customer, yuan(amount), day, pays)


@pytest.mark.parametrize(
    "late, label",
    [
        (-1, "not due"),
        (0, "not due"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "over 90"),
    ],
)
def test_each_day_late_has_its_bucket(late: int, label: str) -> None:
    row = invoice("I1", "5.00", date(2026, 1, 1), DAY - timedelta(late))
    (aging,) = report.figures(tables_of(invoices=[row]), as_of=DAY).invoices
    assert [bucket.label for bucket in aging.buckets if bucket.amount] == [label]
    assert aging.open == yuan("5.00")
    assert aging.overdue == (yuan("5.00") if late > 0 else yuan("0"))


def test_what_is_issued_and_paid_by_the_day_counts_and_no_later() -> None:
    rows = [invoice("I1", "5.00", DAY, DAY), invoice("I2", "7.00", DAY + timedelta(1), DAY + timedelta(1))]
    paid = [receipt("R1", "5.00", DAY + timedelta(1), pays="I1")]
    tables = tables_of(invoices=rows, receipts=paid)
    assert str(report.figures(tables, as_of=DAY - timedelta(1)).invoices) == "()"
    assert report.figures(tables, as_of=DAY).invoices[0].open == yuan("5.00")
    assert report.figures(tables, as_of=DAY + timedelta(1)).invoices[0].open == yuan("7.00")


def test_days_of_sales_are_of_the_quarter_to_date() -> None:
    rows = [invoice("I1", "100.00", date(2026, 9, 30), DAY), invoice("I2", "50.00", date(2026, 10, 1), DAY)]
    (aging,) = report.figures(tables_of(invoices=rows), as_of=DAY).invoices
    assert aging.dso == Decimal(150 * 54) / 50  # 31 + 23 days
    (without,) = report.figures(tables_of(invoices=rows[:1]), as_of=DAY).invoices
    assert without.dso is None


def test_receipts_pay_what_they_name_and_otherwise_what_is_due_earliest() -> None:
    rows = [
        invoice("I1", "10.00", date(2026, 1, 1), date(2026, 3, 1)),
        invoice("I2", "10.00", date(2026, 1, 1), date(2026, 2, 1)),
        invoice("I3", "10.00", date(2026, 1, 1), date(2026, 1, 15), customer="A2"),
    ]
    paid = [
        receipt("R1", "12.00", date(2026, 4, 1)),
        receipt("R2", "11.00", date(2026, 5, 1), pays="I1"),
        receipt("R3", "1.00", date(2026, 5, 1), pays="nothing"),
        ReceiptRow("R4", "A1", Money(100, "USD"), date(2026, 5, 1), "I2"),
    ]
    figures = report.figures(tables_of(invoices=rows, receipts=paid), as_of=DAY)
    aging, dollars = figures.invoices
    assert customers_of(aging) == [("A2", yuan("10.00"), yuan("10.00"))]
    assert aging.credit == yuan("4.00"), "1.00 over I1, 1.00 for nothing known, 2.00 beyond I2"
    assert (dollars.open, dollars.credit) == (Money.zero("USD"), Money(100, "USD"))


def test_the_position_of_an_order() -> None:
    order = OrderRow("SO-1", "A1", yuan("100.00"), date(2026, 9, 1))
    owed = [
        ReceivableRow(f"SO-1/{number}", "SO-1", yuan(amount), due)
        for number, amount, due in [(1, "30.00", date(2026, 9, 10)), (2, "60.00", DAY), (3, "10.00", date(2027, 9, 1))]
    ]
    bills = [invoice("I1", "30.00", date(2026, 9, 2), date(2026, 9, 10), order="SO-1")]
    paid = [receipt("R1", "20.00", date(2026, 9, 20), pays="I1")]
    tables = tables_of(orders=[order], receivables=owed, invoices=bills, receipts=paid)
    (orders,) = report.figures(tables, as_of=DAY).orders
    figure = orders.orders[0]
    assert [str(part.amount) for part in (figure.ordered, figure.invoiced, figure.collected, figure.overdue)] == [
        "100.00",
        "30.00",
        "20.00",
        "10.00",
    ]
    assert figure.to_collect == yuan("80.00")
    (aging,) = report.figures(tables, as_of=DAY).receivables
    assert (aging.open, aging.overdue, aging.dso) == (yuan("80.00"), yuan("10.00"), None)
    (next_day,) = report.figures(tables, as_of=DAY + timedelta(1)).orders
    assert next_day.overdue == yuan("70.00")
    assert report.figures(tables, as_of=date(2026, 8, 31)).orders == ()
    assert report.figures(tables, as_of=date(2026, 8, 31)).receivables == ()


def test_an_order_without_receivables_is_overdue_by_its_invoices() -> None:
    orders = [
        OrderRow("SO-1", "A1", yuan("9"), date(2026, 9, 1)),
        OrderRow("SO-2", "A1", Money(9, "USD"), date(2026, 9, 2)),
    ]
    bills = [
        invoice("I1", "5.00", date(2026, 9, 2), date(2026, 9, 10), order="SO-1"),
        invoice("I2", "5.00", date(2026, 9, 2), date(2026, 9, 10), order="SO-2"),
    ]
    figures = report.figures(tables_of(orders=orders, invoices=bills), as_of=DAY).orders
    assert [(one.currency, one.invoiced.minor, one.overdue.minor) for one in figures] == [
        ("CNY", 500, 500),
        ("USD", 0, 0),
    ]


def test_a_receipt_may_name_a_receivable_or_only_its_customer() -> None:
    order = OrderRow("SO-1", "A1", yuan("40"), date(2026, 9, 1))
    owed = [ReceivableRow(f"SO-1/{number}", "SO-1", yuan("10"), date(2026, 9, number)) for number in (1, 2, 3)] + [
        ReceivableRow("X/1", "X", yuan("5"), date(2026, 9, 1))
    ]
    paid = [receipt("R1", "10", date(2026, 9, 20), pays="SO-1/2"), receipt("R2", "4", date(2026, 9, 20))]
    tables = tables_of(orders=[order], receivables=owed, receipts=paid)
    figures = report.figures(tables, as_of=DAY)
    assert figures.orders[0].collected == yuan("14")
    assert customers_of(figures.receivables[0]) == [("A1", yuan("16"), yuan("16")), ("", yuan("5"), yuan("5"))]


def customers_of(figure: report.AgingFigure) -> list[tuple[str, Money, Money]]:
    return [(name, owed.open, owed.overdue) for name, owed in figure.owing]


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
cents = st.integers(min_value=0, max_value=10**6)


@st.composite
def books(draw: st.DrawFn) -> report.Tables:
    customers = st.sampled_from(["A1", "A2"])
    units = st.sampled_from(["CNY", "USD"])
    bills = draw(
        st.lists(
            st.builds(
                lambda c, m, u, d, n: (c, Money(m, u), d, d + timedelta(n)),
                customers,
                cents,
                units,
                days,
                st.integers(0, 90),
            ),
            max_size=8,
        )
    )
    invoices = [InvoiceRow(f"I{number}", *bill) for number, bill in enumerate(bills)]
    names = st.sampled_from([None, "X", *(row.id for row in invoices)])
    paid = draw(st.lists(st.tuples(customers, cents, units, days, names), max_size=8))
    receipts = [
        ReceiptRow(f"R{number}", who, Money(minor, unit), day, name)
        for number, (who, minor, unit, day, name) in enumerate(paid)
    ]
    return tables_of(invoices=invoices, receipts=receipts)


@given(tables=books(), as_of=days)
def test_open_is_issued_less_what_was_paid_and_the_rest_is_credit(tables: report.Tables, as_of: date) -> None:
    figures = report.figures(tables, as_of=as_of).invoices
    for figure in figures:
        issued = sum(
            row.amount.minor
            for row in tables.invoices
            if row.amount.currency == figure.currency and row.issued_on <= as_of
        )
        received = sum(
            row.amount.minor
            for row in tables.receipts
            if row.amount.currency == figure.currency and row.received_on <= as_of
        )
        credit = figure.credit.minor if figure.credit else 0
        assert figure.open.minor == issued - received + credit
        assert sum(part.minor for _, part, _ in customers_of(figure)) == figure.open.minor
        assert sum(late.minor for _, _, late in customers_of(figure)) == figure.overdue.minor
        assert all(bucket.amount.minor >= 0 for bucket in figure.buckets)
    assert [figure.count for figure in figures] == sorted((figure.count for figure in figures), reverse=True)


@given(tables=books(), as_of=days)
def test_nothing_after_the_day_is_in_a_figure(tables: report.Tables, as_of: date) -> None:
    known = tables_of(
        invoices=[row for row in tables.invoices if row.issued_on <= as_of],
        receipts=[row for row in tables.receipts if row.received_on <= as_of],
    )
    assert report.figures(tables, as_of=as_of) == report.figures(known, as_of=as_of)


@given(amounts=st.lists(cents, min_size=1, max_size=12), won=st.integers(0, 5), lost=st.integers(1, 5))
def test_the_weighted_funnel_is_within_half_a_cent_of_the_exact_sum(amounts: list[int], won: int, lost: int) -> None:
    rows = [OpportunityRow(f"O{number}", Money(minor, "CNY")) for number, minor in enumerate(amounts)]
    history = [StageRow(row.id, "A", at(1)) for row in rows]
    for number in range(won + lost):
        rows.append(OpportunityRow(f"D{number}", yuan("1")))
        history += [
            StageRow(f"D{number}", "A", at(1)),
            StageRow(f"D{number}", "won" if number < won else "lost", at(2)),
        ]
    (funnel,) = report.figures(tables_of(opportunities=rows, stage_history=history), as_of=DAY).funnels
    rate = funnel.stages[0].win_rate
    assert rate is not None
    assert abs(Fraction(rate.rate) - Fraction(won, won + lost)) <= Fraction(1, 2 * 10**6)
    assert abs(funnel.weighted.minor - sum(amounts) * Fraction(rate.rate)) <= Fraction(1, 2)
