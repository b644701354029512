"""The adapter between the neutral case tables and the library: for each rule a small function from `inputs` to the `expected` form.

Each does its work by calling the public API; what it does itself is convert types. A rule that the library does not offer is absent.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import attrs

from ltc import billing, calendars, flows, pipeline
from ltc.flows import last_of
from ltc.ids import AccountId, ChangeId, DispositionId, EntityId, InvoiceId, NoteId, OrderId, ReceiptId, ReceivableId
from ltc.money import Money, Rounding, allocate, allocate_decimal, digits_of, divide, total
from ltc.text import format_amount

Inputs = dict[str, Any]
RULES: dict[str, Callable[[Inputs], object]] = {}
CNY = "CNY"
T = TypeVar("T")


def rule(function: Callable[[Inputs], object]) -> Callable[[Inputs], object]:
    RULES[function.__name__] = function
    return function


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def one_of(table: dict[str, T], name: object) -> T:
    """Look a name up however it is written, `halfUp` as well as `half_up`; refuse one that is not known."""
    word = "".join(letter for letter in str(name).lower() if letter.isalnum())
    if word not in table:
        raise ValueError(f"{name} is none of {', '.join(table)}")
    return table[word]


ROUNDING = {
    "halfawayfromzero": Rounding.HALF_UP,
    "halftowardzero": Rounding.HALF_DOWN,
    "halftowardszero": Rounding.HALF_DOWN,
    "halfeven": Rounding.HALF_EVEN,
    "halfodd": Rounding.HALF_ODD,
    "halftowardplusinf": Rounding.HALF_CEILING,
    "halftowardminusinf": Rounding.HALF_FLOOR,
    "halfup": Rounding.HALF_CEILING,
    "halfdown": Rounding.HALF_FLOOR,
    "awayfromzero": Rounding.UP,
    "towardzero": Rounding.DOWN,
    "towardszero": Rounding.DOWN,
    "ceil": Rounding.CEILING,
    "ceiling": Rounding.CEILING,
    "up": Rounding.CEILING,
    "floor": Rounding.FLOOR,
    "down": Rounding.FLOOR,
}
"""The peers' names: to Dinero and moneyphp up and down are directions on the number line, so -0.5 is -1 half down."""


def weight(ratio: object) -> str:
    """Return a ratio as an exact decimal: a number, a string, or Dinero's amount of a scale; 50.0 has no decimals in JSON."""
    if isinstance(ratio, dict):
        return str(Decimal(ratio["amount"]).scaleb(-ratio.get("scale", 0)))
    return str(int(ratio)) if isinstance(ratio, float) and ratio.is_integer() else str(ratio)


@rule
def allocate_ratios(inputs: Inputs) -> object:
    return allocate(inputs["amount_minor"], list(map(weight, inputs["ratios"])))


@rule
def allocate_ratios_named(inputs: Inputs) -> object:
    ratios = inputs["ratios"]
    parts = allocate(inputs["amount_minor"], list(map(weight, ratios.values())))
    return dict(zip(ratios, parts, strict=True))


@rule
def allocate_invalid_ratios(inputs: Inputs) -> object:
    return allocate_ratios(inputs)


@rule
def allocate_decimal_ratios_scale_up(inputs: Inputs) -> object:
    amount = Decimal(inputs["amount_minor"]).scaleb(-inputs["scale"])
    parts = [part.as_tuple() for part in allocate_decimal(amount, list(map(weight, inputs["ratios"])))]
    return {
        "shares": [int("".join(map(str, part.digits))) * (-1 if part.sign else 1) for part in parts],
        "scale": -int(parts[0].exponent),
    }


@rule
def split_equal(inputs: Inputs) -> object:
    return [part.minor for part in Money(inputs["amount_minor"], CNY).split(inputs["parts"])]


@rule
def divide_round(inputs: Inputs) -> object:
    return divide(inputs["numerator"], inputs["denominator"], one_of(ROUNDING, inputs["mode"]))


@rule
def round_decimal_to_integer(inputs: Inputs) -> object:
    value = Fraction(inputs["value"])
    return divide(value.numerator, value.denominator, one_of(ROUNDING, inputs["mode"]))


@rule
def round_to_power_of_ten(inputs: Inputs) -> object:
    return (
        Money(inputs["amount_minor"], CNY).rounded_to(inputs["unit_exponent"], one_of(ROUNDING, inputs["mode"])).minor
    )


@rule
def rounding_adjustment_total_is_sum(inputs: Inputs) -> object:
    item = Fraction(inputs["item_cents"])
    subtotal = Money(divide(item.numerator, item.denominator), CNY)
    tax = Money(inputs["tax_cents"], CNY)
    return {"subtotal": subtotal.minor, "tax": tax.minor, "total": (subtotal + tax).minor}


@rule
def minor_units(inputs: Inputs) -> object:
    return digits_of(inputs["currency"])


@rule
def format_currency(inputs: Inputs) -> object:
    currency = inputs["currency"]
    return format_amount(Decimal(inputs["value"]), currency, digits=digits_of(currency), locale=inputs["locale"])


@rule
def add_calendar_offset(inputs: Inputs) -> object:
    offset = {unit: inputs[unit] for unit in ("years", "months", "weeks", "days") if unit in inputs}
    return calendars.add_period(day(inputs["date"]), **offset)


@rule
def last_day_of_month(inputs: Inputs) -> object:
    return calendars.day_of_month(day(inputs["date"]), inputs["day"])


@rule
def align_day_of_month_in_month(inputs: Inputs) -> object:
    return calendars.day_of_month(day(inputs["date"]), inputs["day"])


@rule
def next_day_of_month_on_or_after(inputs: Inputs) -> object:
    return calendars.next_day_of_month(day(inputs["date"]), inputs["day"])


PERIODS: dict[str, dict[str, int]] = {
    "daily": {"days": 1},
    "weekly": {"weeks": 1},
    "biweekly": {"weeks": 2},
    "thirtydays": {"days": 30},
    "thirtyonedays": {"days": 31},
    "sixtydays": {"days": 60},
    "ninetydays": {"days": 90},
    "monthly": {"months": 1},
    "bimestrial": {"months": 2},
    "quarterly": {"months": 3},
    "triannual": {"months": 4},
    "biannual": {"months": 6},
    "annual": {"years": 1},
    "sesquiennial": {"months": 18},
    "biennial": {"years": 2},
    "triennial": {"years": 3},
    "nobillingperiod": {},
}
"""No billing period is of no length: whoever goes on by it stays where he is, and nothing can be counted or billed in it."""


def months_and_days(inputs: Inputs) -> dict[str, int]:
    period = one_of(PERIODS, inputs["period"])
    return {
        "months": period.get("months", 0) + 12 * period.get("years", 0),
        "days": period.get("days", 0) + 7 * period.get("weeks", 0),
    }


@rule
def advance_date_by_periods(inputs: Inputs) -> object:
    period = one_of(PERIODS, inputs["period"])
    return calendars.add_period(day(inputs["date"]), **{unit: size * inputs["n"] for unit, size in period.items()})


@rule
def whole_periods_between(inputs: Inputs) -> object:
    return calendars.periods_between(day(inputs["start"]), day(inputs["end"]), **months_and_days(inputs))


BASES = {
    "day": "days",
    "daysafterinvoicedate": "daysafterinvoice",
    "daysaftertheendoftheinvoicemonth": "daysafterendofinvoicemonth",
    "daysafterendofmonth": "daysafterendofinvoicemonth",
    "monthsafterinvoicedate": "monthsafterinvoice",
    "monthsaftertheendoftheinvoicemonth": "monthsafterendofinvoicemonth",
}
"""Bases that are other words for another one."""


def due_rules(term: Inputs) -> list[calendars.DueRule]:
    """Return the rules of a term; each is reckoned from the day that the one before it finds."""
    days, months = (int(term.get(unit) or 0) for unit in ("days", "months"))
    numbered = int(term.get("day") or days)  # which day of a month: the peer says it in either
    basis = "".join(filter(str.isalnum, term.get("basis", "days_after_invoice").lower()))
    later: list[calendars.DueRule] = [calendars.NetMonths(months)] if months else []
    match BASES.get(basis, basis):
        case "daysafterinvoice":
            return [*later, calendars.NetDays(days)]
        case "monthsafterinvoice":
            return [*later, calendars.NetDays(days)] if months else [calendars.NetMonths(days)]
        case "monthsafterendofinvoicemonth":
            return [calendars.DayOfMonth(31, months=months or days)]
        case "dayofcurrentmonth":
            return [calendars.DayOfMonth(numbered)]
        case "dayofnextmonth":
            return [calendars.DayOfMonth(numbered, months=1)]
        case "endofmonth":
            return [*later, calendars.EndOfMonth(after_days=days)]
        case "daysafterendofinvoicemonth":
            return [*later, calendars.EndOfMonth(days)]
        case "daysafterendofnextmonth":
            return [calendars.DayOfMonth(31, months=1), calendars.NetDays(days)]
        case "daysafterinvoicethennextdayofmonth":
            return [calendars.NextDayOfMonth(term["day"], after_days=days)]
        case "daysthendayoffollowingmonthclamped":
            if not int(term["day"]):
                return [calendars.EndOfMonth(after_days=days)]
            return [calendars.DayOfMonth(int(term["day"]), months=1, after_days=days)]
        case other:
            raise ValueError(f"no basis {other}")


def due_day(term: Inputs, start: dt.date) -> dt.date:
    for each in due_rules(term):
        start = each.due(start)
    return start


@rule
def due_dates(inputs: Inputs) -> object:
    start = day(inputs["invoice_date"])
    return {"due_dates": [due_day(term, start) for term in inputs["terms"]]}


@rule
def term_dates(inputs: Inputs) -> object:
    start, until = day(inputs["invoice_date"]), None
    if Decimal(str(inputs.get("discount_percent") or 0)):
        window = {
            name: inputs[f"discount_{name}"] for name in ("days", "months", "basis") if f"discount_{name}" in inputs
        }
        *before, last = due_rules(window)
        since = start
        for each in before:
            since = each.due(since)
        until = billing.EarlyPayment.of(ratio(inputs["discount_percent"]), rule=last).until(since)
    return {"due": due_day(inputs, start), "discount_until": until}


def ratio(percent: object) -> Decimal:
    return Decimal(str(percent)) / 100


EARLY_MODES = {
    "included": billing.EarlyPaymentMode.INCLUDED,
    "taxincludedindiscount": billing.EarlyPaymentMode.INCLUDED,
    "onearlypayment": billing.EarlyPaymentMode.INCLUDED,
    "excluded": billing.EarlyPaymentMode.EXCLUDED,
    "taxexcludedfromdiscount": billing.EarlyPaymentMode.EXCLUDED,
    "taxexcludedindiscount": billing.EarlyPaymentMode.EXCLUDED,
    "taxnotindiscount": billing.EarlyPaymentMode.EXCLUDED,
    "taxnotincludedindiscount": billing.EarlyPaymentMode.EXCLUDED,
    "never": billing.EarlyPaymentMode.EXCLUDED,
    "mixed": billing.EarlyPaymentMode.MIXED,
    "taxmixed": billing.EarlyPaymentMode.MIXED,
    "taxmixedindiscount": billing.EarlyPaymentMode.MIXED,
    "mixedtaxindiscount": billing.EarlyPaymentMode.MIXED,
    "always": billing.EarlyPaymentMode.MIXED,
    "alwaysuponinvoice": billing.EarlyPaymentMode.MIXED,
}


@rule
def early_payment_discount(inputs: Inputs) -> object:
    start, net = day(inputs["invoice_date"]), Money.of(str(inputs["untaxed"]), CNY)
    early = billing.EarlyPayment.of(
        ratio(inputs["discount_percent"]),
        days=inputs.get("discount_days", 0),
        mode=one_of(EARLY_MODES, inputs.get("mode", "included")),
    )
    if "tax" in inputs:
        tax = Money.of(str(inputs["tax"]), CNY)
    else:
        tax = early.taxable(net).share(ratio(inputs.get("tax_percent", 0)))
    offer = early.offer(net=net, tax=tax, on=start)
    due = calendars.NetDays(inputs.get("net_days", 0)).due(start)
    return {"total": offer.total.amount, "pay_if_early": offer.pay.amount, "due": due}


@rule
def early_payment_discount_writeoff(inputs: Inputs) -> object:
    net, today = Money.of(str(inputs["net"]), CNY), dt.date(2026, 5, 29)
    off = (
        Money.of(str(inputs["discount_amount"]), CNY)
        if "discount_amount" in inputs
        else ratio(inputs["discount_percent"])
    )
    early = billing.EarlyPayment.of(off, days=10)
    offer = early.offer(net=net, tax=net.share(ratio(inputs.get("tax_percent", 0))), on=today)
    cash = offer.to_pay(offer.until + dt.timedelta(days=bool(inputs.get("paid_after_cutoff"))))
    if cash == offer.total:
        return {"cash": cash.amount, "writeoff_total": (offer.total - cash).amount}
    apart = inputs.get("book_tax", True)  # else all of it is booked as a discount
    return {
        "cash": cash.amount,
        "writeoff_total": offer.discount.amount,
        "writeoff_income": (offer.income if apart else offer.discount).amount,
        "writeoff_tax": (offer.tax if apart else Money.zero(CNY)).amount,
        "outstanding": (offer.total - cash - offer.discount).amount,
    }


def terms_of(inputs: Inputs, currency: str) -> list[billing.Term]:
    return [
        billing.fixed(Money.of(str(term["fixed"]), currency), due=billing.on("invoiced"))
        if "fixed" in term
        else billing.share(ratio(term["percent"]), due=billing.on("invoiced"))
        for term in inputs["terms"]
    ]


def units(amount: object, unit: Decimal) -> str:
    """Return an amount in units of the peer's currency, which knows steps that no ISO currency has, such as 0.05 and 5."""
    return f"{Decimal(str(amount)) / unit:f}"


@rule
def installment_amounts_residual_on_last(inputs: Inputs) -> object:
    """JPY is the currency of whole units; what is not a whole number of them is refused."""
    unit = Decimal(inputs.get("currency_rounding", "0.01"))
    terms = [term | {"fixed": units(term["fixed"], unit)} if "fixed" in term else term for term in inputs["terms"]]
    whole = Money.of(units(inputs["total"], unit), "JPY")
    schedule = billing.plan(whole, terms_of({"terms": terms}, "JPY"), remainder=billing.Remainder.LAST)
    return {"amounts": [part.amount.amount * unit for part in schedule.installments]}


@rule
def installment_labels_amounts(inputs: Inputs) -> object:
    whole = Money.of(str(inputs["total"]), CNY)
    schedule = billing.plan(whole, terms_of(inputs, CNY), remainder=billing.Remainder.LAST)
    return {
        "amounts": [part.amount.amount for part in schedule.installments],
        "labels": [part.number for part in schedule.installments],
    }


@rule
def terms_must_total_100_percent(inputs: Inputs) -> object:
    """The last takes what is left, so the shares alone must be the whole, whatever fixed amounts stand beside them."""
    findings = billing.check(terms_of(inputs, CNY), remainder=billing.Remainder.LAST)
    if findings:
        raise ValueError(findings)
    percents = [Decimal(str(term["percent"])) for term in inputs["terms"] if "percent" in term]
    return {"error": False, "percent_sum": sum(percents)}


@rule
def terms_validation(inputs: Inputs) -> object:
    terms = [
        billing.share(ratio(percent), due=billing.after("invoiced", days=days))
        for percent, days in inputs["percent_days"]
    ]
    findings = billing.check(terms, distinct=True)
    if findings:
        raise ValueError(findings)
    return {"error": False}


MODES = {
    "inadvance": billing.BillingMode.IN_ADVANCE,
    "inarrear": billing.BillingMode.IN_ARREARS,
    "inarrears": billing.BillingMode.IN_ARREARS,
}


def service_of(inputs: Inputs, mode: str = "in_advance") -> billing.Recurring:
    """A cycle day is one of a month: periods of days begin on the start, whatever it says."""
    period = months_and_days(inputs)
    return billing.recurring(
        Money(100, CNY),
        start=day(inputs["start"]),
        months=period["months"],
        days=period["days"],
        cycle_day=inputs.get("bill_cycle_day") if period["months"] else None,
        end=day(inputs["end"]) if inputs.get("end") else None,
        mode=one_of(MODES, inputs.get("mode", mode)),
    )


@rule
def first_billing_cycle_date(inputs: Inputs) -> object:
    return service_of(inputs).first_cycle


@rule
def billing_interval_in_arrears(inputs: Inputs) -> object:
    service = service_of(inputs, "in_arrears")
    found = service.interval(day(inputs["target"]))
    return {
        "something_to_bill": found.end is not None,
        "first_cycle": service.first_cycle,
        "effective_end": found.end,
        "next_cycle": found.next_cycle,
    }


@rule
def proration_cycles(inputs: Inputs) -> object:
    service = service_of(inputs)
    cycles = sum((period.fraction for period in service.periods(day(inputs["target"]))), Fraction())
    return {"cycles_fraction": cycles, "cycles_decimal_9": decimal_9(cycles)}


def decimal_9(exact: Fraction) -> Decimal:
    return Decimal(divide(exact.numerator * 10**9, exact.denominator)).scaleb(-9)


@rule
def trailing_proration_fraction(inputs: Inputs) -> object:
    served = billing.period_fraction(
        day(inputs["previous_billed_through"]), day(inputs["end"]), **months_and_days(inputs)
    )
    return decimal_9(served)


@rule
def unused_period_credit(inputs: Inputs) -> object:
    """One period was billed, and no other: the service ends with it."""
    price, rate = Money(inputs["price_cents"], CNY), ratio(inputs.get("tax_percent", 0))
    start, days = day(inputs["start"]), inputs["period_days"]
    service = billing.recurring(price, start=start, days=days, end=calendars.add_period(start, days=days))
    unused = service.unused(calendars.add_period(start, days=inputs["used_days"]))
    tax = unused.share(rate)
    return {
        "subtotal": unused.minor,
        "tax": tax.minor,
        "total": (unused + tax).minor,
        "invoice_total": (price + price.share(rate)).minor,
    }


@rule
def dso(inputs: Inputs) -> object:
    return billing.dso(Money.of(inputs["receivable"], CNY), Money.of(inputs["credit_sales"], CNY), inputs["days"])


@rule
def age_one_customer(inputs: Inputs) -> object:
    today = dt.date(2026, 6, 30)
    items = [
        billing.OpenItem(
            str(number),
            party=AccountId("C"),
            due_on=today - dt.timedelta(days=age - inputs.get("terms_days", 0)),
            open=Money.of(str(amount), CNY),
        )
        for number, (amount, age) in enumerate(inputs["items"])
    ]
    not_due, first, *later = billing.aging(items, as_of=today).in_currency(CNY).buckets
    while later and not later[-1].amount:  # the peer's table ends with what there is
        later.pop()
    return {"current": not_due.amount.amount} | {bucket_name(late): late.amount.amount for late in (first, *later)}


def bucket_name(late: billing.Bucket) -> str:
    return f"past_due_{late.first}_{late.last}" if late.last else f"past_due_over_{(late.first or 1) - 1}"


TODAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
PARTIES: Inputs = {"entity": EntityId("E"), "party": AccountId("C"), "now": NOON}


def owed(name: object, amount: Money, on: dt.date = TODAY, due_on: dt.date | None = None) -> billing.Receivable:
    return billing.raise_receivable(
        ReceivableId(str(name)), order=OrderId("SO"), amount=amount, on=on, due_on=due_on or on, **PARTIES
    ).after


def received(amount: object, debts: list[billing.Receivable], **facts: Any) -> tuple[Any, list[billing.Receivable]]:
    """Take a receipt and apply it at once to what is open: the receipt, and the debts as they are then."""
    changes = flows.take_receipt(
        ReceiptId(str(facts.pop("name", "R"))),
        amount=Money.of(str(amount), CNY),
        receivables=debts,
        **{"on": TODAY} | PARTIES | facts,
    )
    after = {change.after.id: change.after for change in changes if isinstance(change.after, billing.Receivable)}
    return last_of(changes, billing.Receipt), [after.get(debt.id, debt) for debt in debts]


def settle(inputs: Inputs, strategy: billing.Strategy) -> object:
    """Lots are open items of so many units (KWD has three decimals), and each reduction is a receipt of all that it takes."""
    lots = {f"{number:04}": lot for number, lot in enumerate(inputs["open_items"])}
    debts = {name: owed(name, Money.of(str(lot["qty"]), "KWD"), day(lot["date"])) for name, lot in lots.items()}
    latest = max((debt.raised_on for debt in debts.values()), default=TODAY)
    matches = []
    for number, taken in enumerate(inputs["receipts"]):
        if not taken:
            continue
        amount = Money.of(str(taken), "KWD")
        money = billing.receive(ReceiptId(f"R{number}"), amount=amount, on=latest, **PARTIES).after
        _, *sides = billing.apply(money, list(debts.values()), strategy=strategy, amount=amount, on=latest, now=NOON)
        for side in sides:
            matches.append({"date": lots[side.after.id]["date"], "qty": side.after.settlements[-1].amount.amount})
            debts[side.after.id] = side.after
    left = [lots[debt.id] | {"qty": debt.open.amount} for debt in debts.values() if debt.open]
    return {"matches": matches, "remaining": left}


@rule
def settle_fifo(inputs: Inputs) -> object:
    return settle(inputs, billing.oldest_first)


@rule
def settle_lifo(inputs: Inputs) -> object:
    return settle(inputs, billing.newest_first)


@rule
def settle_hifo(inputs: Inputs) -> object:
    costs = {ReceivableId(f"{number:04}"): lot["unit_cost"] for number, lot in enumerate(inputs["open_items"])}
    return settle(inputs, billing.highest_by(costs))


@rule
def allocate_receipts_to_invoice(inputs: Inputs) -> object:
    debts = [owed("I", Money.of(str(inputs["invoice"]), CNY))]
    for number, amount in enumerate(filter(None, map(str_of, inputs["steps"]))):
        _, debts = received(amount, debts, name=number)
    return {"invoice_outstanding": debts[0].open.amount}


@rule
def partial_allocation_leaves_unallocated(inputs: Inputs) -> object:
    debts, rows = [owed("I", Money.of(str(inputs["allocate"]), CNY))], []
    for number, amount in enumerate(inputs["receipt_rows"]):
        row, debts = received(amount, debts, name=number)
        rows.append(row)
    return {
        "rows": [row.applied.amount for row in rows],
        "unallocated": total((row.unapplied for row in rows), CNY).amount,
    }


@rule
def over_allocation_rejected(inputs: Inputs) -> object:
    used, asked = (Money.of(str(inputs.get(name, 0)), CNY) for name in ("already_used", "allocate"))
    money, _ = received(inputs["receipt"], [owed("I1", used)] if used else [])
    changes = billing.apply(money, [owed("I2", asked)], amount=asked, on=TODAY, now=NOON)
    return {"error": False, "unallocated": changes[0].after.unapplied.amount}


@rule
def cancel_receipt_restores_balance(inputs: Inputs) -> object:
    money, debts = received(inputs["receipt"], [owed("I", Money.of(str(inputs["invoice"]), CNY))])
    if inputs.get("cancel"):
        _, *sides = billing.reverse(money, debts, reason="cancelled", on=TODAY, now=NOON)
        debts = [side.after for side in sides]
    [debt] = debts
    state = "unpaid" if not debt.applied else "partly_paid" if debt.open else "paid"
    return {"outstanding": debt.open.amount, "state": state}


@rule
def order_advance(inputs: Inputs) -> object:
    kept = []
    for number, amount in enumerate(inputs.get("receipts", [inputs.get("receipt", 0)])):
        if not Decimal(str(amount)):
            continue
        money, _ = received(amount, [], name=f"R{number}", order=OrderId("SO"))
        if inputs.get("cancel"):
            gone, *_ = billing.reverse(money, [], reason="cancelled", on=TODAY, now=NOON)
            money = gone.after
        kept.append(money)
    paid = [receipt.collected_as_of(TODAY) for receipt in kept if receipt.order == "SO"]
    return {"advance_paid": total(paid, CNY).amount}


@rule
def receipt_allocated_over_terms(inputs: Inputs) -> object:
    debts = [owed(number, Money.of(str(part), CNY)) for number, part in enumerate(inputs["schedule_amounts"])]
    _, debts = received(inputs["receipt"], debts)
    return {
        "paid": [debt.applied.amount for debt in debts],
        "outstanding": total((debt.open for debt in debts), CNY).amount,
    }


@rule
def customer_summary(inputs: Inputs) -> object:
    debts, documents = [owed("I", Money.of(str(inputs["invoiced"]), CNY))], list[Any]()
    before = TODAY - dt.timedelta(days=1)
    for name in ("advance", "paid"):
        amount = Money.of(str(inputs.get(name) or 0), CNY)
        if amount:
            on = before if name == "advance" else TODAY
            money = billing.receive(ReceiptId(name), amount=amount, on=on, **PARTIES).after
            if any(debt.open for debt in debts):
                paid, *sides = billing.apply(money, debts, on=TODAY, now=NOON)
                money, debts = paid.after, [side.after for side in sides]
            documents.append(money)
    credit = Money.of(str(inputs.get("credit_note") or 0), CNY)
    if credit:
        note, _ = red(blue(on_top(Money.of(str(inputs["invoiced"]), CNY).minor, 0)), (1, credit.minor))
        kept, debts = credited(billing.dispose(note, **STORY).after, debts)
        documents.append(kept)
    items = (*billing.open_items(debts, TODAY), *billing.credits_of(documents, TODAY))
    table = billing.aging(items, as_of=TODAY).in_currency(CNY)
    if not items:
        return {"rows": 0}
    first, second, *others = table.buckets
    return {
        "outstanding": table.net.amount,
        "bucket_0_30": (first.amount + second.amount).amount,
        "other_buckets": total((bucket.amount for bucket in others), CNY).amount,
        "total_due": table.net.amount,
    }


def credited(
    kept: billing.Disposition, debts: list[billing.Receivable]
) -> tuple[billing.Disposition, list[billing.Receivable]]:
    """Use credit for what is open, the earliest due first: the credit, and the debts as they are then."""
    if not any(debt.open for debt in debts):
        return kept, debts
    used, *settled = billing.offset_credit(kept, debts, strategy=billing.earliest_due, **STORY)
    after = {change.after.id: change.after for change in settled}
    return used.after, [after.get(debt.id, debt) for debt in debts]


def discount_of(text: str) -> billing.Discount:
    if text.endswith("%"):
        return billing.ShareOff(ratio(text[:-1]))
    return billing.AmountOff(Money(int(text.removesuffix("c")), CNY))


@rule
def apply_discounts_in_order(inputs: Inputs) -> object:
    base = Money(inputs["base_cents"], CNY)
    taken = total(billing.apply_discounts(base, list(map(discount_of, inputs["discounts"]))), CNY)
    return {"discount": taken.minor, "rest": (base - taken).minor}


@rule
def spread_discount_over_lines(inputs: Inputs) -> object:
    lines = [Money(cents, CNY) for cents in inputs["lines"]]
    shares = billing.spread_discount(Money(inputs["discount_cents"], CNY), lines)
    exact = shares[inputs["lines"].index(inputs["line"])].exact
    return {"precise": Decimal(exact.numerator) / Decimal(exact.denominator)}


STORY: dict[str, Any] = {"on": TODAY, "now": PARTIES["now"]}


def blue(*lines: billing.InvoiceLine) -> billing.Invoice:
    rounding = billing.TaxRounding.PER_INVOICE
    issued, *_ = billing.issue(
        InvoiceId("I1"), order=OrderId("SO"), lines=lines, rounding=rounding, on=TODAY, **PARTIES
    )
    return issued.after


def red(
    invoice: billing.Invoice,
    *items: tuple[int, int],
    basis: billing.Basis = billing.Basis.NET,
    receivables: Sequence[billing.Receivable] = (),
) -> tuple[billing.RedLetterNote, billing.Invoice]:
    """Take items of (number of the line, cents) back by a note."""
    asked = billing.request_note(
        NoteId(f"N{invoice.version}"),
        invoice=invoice,
        basis=basis,
        reason=billing.NoteReason.ALLOWANCE,
        lines=[(number, Money(cents, CNY)) for number, cents in items],
        **STORY,
    )
    confirmed = billing.confirm_note(asked.after, **STORY).after
    note, changed, *_ = billing.issue_note(confirmed, invoice, receivables=receivables, **STORY)
    return note.after, changed.after


def on_top(cents: int, percent: object, discount: int = 0) -> billing.InvoiceLine:
    off = Money(discount, CNY) if discount else None
    return billing.InvoiceLine.on_top("item", net=Money(cents, CNY), tax_rate=ratio(percent), discount=off)


@rule
def credit_notes_sum_to_invoice(inputs: Inputs) -> object:
    whole = Money(inputs["invoice_total"], CNY)
    invoice = blue(billing.InvoiceLine("all", gross=whole, tax_rate=ratio(inputs["tax_percent"])))
    notes = []
    for cents in inputs["notes"]:
        note, invoice = red(invoice, (1, cents))
        notes.append(note)
    return {"totals": [note.gross.minor for note in notes], "taxes": [note.tax.minor for note in notes]}


@rule
def credit_notes_sum_to_invoice_with_discount(inputs: Inputs) -> object:
    listed = [on_top(cents, inputs["tax_percent"]) for cents in inputs["lines"]]
    lines = billing.discount_lines(listed, [billing.AmountOff(Money(inputs.get("discount_cents", 0), CNY))])
    invoice = blue(*lines)
    if invoice.gross.minor != inputs.get("invoice_total", invoice.gross.minor):
        raise AssertionError(invoice.gross)
    notes = []
    for number, cents in enumerate(inputs["notes"], 1):
        note, invoice = red(invoice, (number, cents), basis=billing.Basis.LISTED)
        notes.append(note)
    return {
        "totals": [note.gross.minor for note in notes],
        "taxes": [note.tax.minor for note in notes],
        "subtotals": [note.net.minor for note in notes],
        "discounts": [note.discount.minor for note in notes],
        "left": invoice.billed.minor,
    }


@rule
def credit_then_remaining(inputs: Inputs) -> object:
    invoice = blue(on_top(inputs["invoice_net"], inputs["tax_percent"]))
    found = {}
    for name in ("first", "second"):
        note, invoice = red(invoice, (1, inputs[f"{name}_item"]))
        found[name] = {"subtotal": note.net.minor, "tax": note.tax.minor, "total": note.gross.minor}
    return found


@rule
def credit_exceeds_line_rejected(inputs: Inputs) -> object:
    note, _ = red(blue(*(on_top(cents, 0) for cents in inputs["lines"])), *enumerate(inputs["credit"], 1))
    return {"error": False, "total": note.gross.minor}


@rule
def credit_without_items_rejected(inputs: Inputs) -> object:
    note, _ = red(blue(on_top(100, 0)), *inputs["items"])
    return {"total": note.gross.minor}


@rule
def receivable_by_installment(inputs: Inputs) -> object:
    """What is paid settles the earliest installments, then so do credit notes; what these leave over is owed to the customer."""
    whole = Money.of(str(inputs["total"]), CNY)
    terms = [
        billing.share(ratio(percent), due=billing.after("invoiced", days=days)) for days, percent in inputs["schedule"]
    ]
    parts = billing.plan(whole, terms).installments
    debts = [owed(part.number, part.amount, TODAY, part.due.due(TODAY)) for part in parts]
    for number, amount in enumerate(filter(None, map(str_of, inputs.get("payments", [])))):
        _, debts = received(amount, debts, name=number, strategy=billing.earliest_due)
    invoice, credit = blue(on_top(whole.minor, 0)), []
    for amount in filter(None, map(str_of, inputs.get("credit_notes", []))):
        note, invoice = red(invoice, (1, Money.of(amount, CNY).minor))
        kept, debts = credited(billing.dispose(note, **STORY).after, debts)
        credit.append(kept.credit)
    rows = [installment_row(debt, credit=bool(credit)) for debt in debts if debt.open]
    left = total(credit, CNY)
    if left:
        rows.append({"invoiced": 0, "paid": 0, "credit_note": left.amount, "outstanding": (-left).amount})
    return rows


def str_of(amount: object) -> str:
    """Return an amount as text, nothing for none."""
    return str(amount) if Decimal(str(amount)) else ""


def installment_row(debt: billing.Receivable, *, credit: bool) -> dict[str, Any]:
    by_note = debt.settled_by(billing.SettlementKind.RED_LETTER)
    row = {"invoiced": debt.amount.amount, "paid": (debt.applied - by_note).amount, "outstanding": debt.open.amount}
    return row | {"credit_note": by_note.amount} if credit else row


def coupons_of(lines: list[Inputs]) -> list[int]:
    """Return the coupons in whole cents that sum to theirs: a coupon over lines leaves each an exact part of a cent."""
    exact = [Decimal(str(line.get("coupon") or 0)) for line in lines]
    whole = Fraction(sum(exact))
    if not whole:
        return [0] * len(lines)
    return list(allocate(divide(whole.numerator, whole.denominator), exact))


@rule
def credit_note_amounts(inputs: Inputs) -> object:
    given = inputs["invoice"]
    names = [line["id"] for line in given["lines"]]
    invoice = blue(
        *(
            on_top(line["cents"] - coupon, line["tax_percent"], coupon)
            for line, coupon in zip(given["lines"], coupons_of(given["lines"]), strict=True)
        )
    )
    debt = owed("AR", invoice.gross)
    covered, billed = billing.cover(invoice, debt, amount=invoice.gross, **STORY)
    cash = Money(given.get("paid") or 0, CNY)
    paid = received(cash.amount, [billed.after])[1][0] if cash else billed.after
    items = [(names.index(name) + 1, cents) for name, cents in inputs["items"]]
    note, _ = red(covered.after, *items, basis=billing.Basis.LISTED, receivables=[paid])
    refundable = Money.zero(CNY)
    if note.gross:  # what is free alone has no money to dispose of
        refundable = billing.max_refundable(billing.dispose(note, **STORY).after, [paid])
    return {
        "subtotal": note.net.minor,
        "tax": note.tax.minor,
        "total": note.gross.minor,
        "coupon_adjustment": note.discount.minor,
        "max_refundable": refundable.minor,
    }


PEER_LINES = {100: [60, 40]}
"""The peer's invoice of 100 is of two lines, which the inputs do not tell; `lines` says others."""


@rule
def apply_credit_notes_to_invoice(inputs: Inputs) -> object:
    kept_credit: list[billing.Disposition | None] = []
    for place, cents in enumerate(inputs["credit_balances_oldest_first"]):
        if not cents:
            kept_credit.append(None)
            continue
        note, _ = red(blue(on_top(cents, 0)), (1, cents))
        later = STORY | {"on": TODAY + dt.timedelta(days=place)}
        kept = billing.dispose(note, **later).after
        kept_credit.append(attrs.evolve(kept, id=DispositionId(str(place))))
    debt, day_of_invoice = owed("AR", Money(inputs["invoice_cents"], CNY)), TODAY + dt.timedelta(days=99)
    last: dict[str, Any] = {debt.id: debt}
    usable = [kept for kept in kept_credit if kept is not None]
    if usable:
        changes = billing.offset_credits(usable, [debt], on=day_of_invoice, now=STORY["now"])
        last |= {change.after.id: change.after for change in changes}
    used = [None if kept is None else last.get(kept.id, kept) for kept in kept_credit]
    found: Inputs = {
        "applied": [0 if kept is None else kept.offset.minor for kept in used],
        "left": [0 if kept is None else kept.credit.minor for kept in used],
        "invoice_due": last["AR"].open.minor,
    }
    lines = inputs.get("lines", PEER_LINES.get(inputs["invoice_cents"], []))
    if lines and usable:
        shares = billing.spread_discount(last["AR"].applied, [Money(cents, CNY) for cents in lines])
        found["spread_over_lines"] = {
            str(cents): share.amount.minor for cents, share in zip(lines, shares, strict=True)
        }
    return found


@rule
def collection_effectiveness_index(inputs: Inputs) -> object:
    [sales] = [amount for name, amount in inputs.items() if name.startswith("credit_sales")]
    index = billing.collection_effectiveness(
        opening=Money.of(inputs["opening"], CNY),
        sales=Money.of(sales, CNY),
        closing=Money.of(inputs["closing"], CNY),
        closing_current=Money.of(inputs["closing_current"], CNY),
    )
    return index * 100


@rule
def receivable_rollforward(inputs: Inputs) -> object:
    sales, rate = Money.of(inputs["sales"], CNY), str(inputs.get("expense_percent", "0.8"))
    row = billing.RollForward(
        None,
        CNY,
        opening=Money.of(inputs["opening"], CNY),
        moved={
            billing.Movement.RAISED: sales,
            billing.Movement.APPLIED: -Money.of(inputs["collections"], CNY),
            billing.Movement.WRITTEN_OFF: -Money.of(inputs["write_offs"], CNY),
        },
    )
    name = f"percent_of_sales_expense_{rate.replace('.', '_')}"
    return {"closing": row.closing.amount, name: sales.share(ratio(rate)).amount}


@rule
def aging_allowance(inputs: Inputs) -> object:
    buckets = [
        billing.Bucket(str(place), first=place, last=place, amount=Money.of(amount, CNY), count=1)
        for place, amount in enumerate(inputs["buckets"])
    ]
    made = billing.allowance(buckets, rates=[ratio(rate) for rate in inputs["rates_percent"]])
    opening, written_off = inputs.get("opening_allowance", 75000), inputs.get("write_offs", 85000)
    expense = made.expense(opening=Money.of(opening, CNY), written_off=Money.of(written_off, CNY))
    return {
        "total": made.total.amount,
        f"expense_given_opening_{opening}_writeoffs_{written_off}": expense.amount,
        "receivable_total": made.receivable.amount,
    }


@rule
def weighted_funnel(inputs: Inputs) -> object:
    deals = [
        pipeline.Deal(str(number), stage="any", amount=Money.of(str(amount), CNY), win_rate=ratio(percent))
        for number, (amount, percent) in enumerate(inputs["amount_probability_percent"])
    ]
    return pipeline.weighted_funnel(deals).exact


def rollup(inputs: Inputs) -> pipeline.ForecastRollup:
    return pipeline.forecast_rollup(
        pipeline.Deal(
            f"{category}/{number}",
            stage="any",
            amount=Money.of(amount, CNY),
            win_rate=Decimal("0.5"),
            category=pipeline.ForecastCategory(category),
        )
        for category, amounts in inputs["opportunities"].items()
        for number, amount in enumerate(amounts)
    )


@rule
def forecast_rollup_single(inputs: Inputs) -> object:
    found = rollup(inputs)
    return {name: getattr(found, name).amount for name in ("closed", "commit", "best_case", "pipeline")}


@rule
def forecast_rollup_cumulative(inputs: Inputs) -> object:
    found = rollup(inputs)
    return {
        "closed_only": found.closed.amount,
        "commit_forecast": found.commit_forecast.amount,
        "best_case_forecast": found.best_case_forecast.amount,
        "open_pipeline": found.open_pipeline.amount,
    }


EUR = "EUR"


def booked_lines(lines: list[dict[str, Any]]) -> billing.Reconciliation:
    return billing.reconcile(
        [
            billing.BookedAmount(Money.of(str(line["foreign"]), "USD"), Money.of(str(line["base"]), EUR))
            for line in lines
        ]
    )


@rule
def full_reconcile_batch(inputs: Inputs) -> object:
    owed_to, paid_by = ([Money.of(str(line), EUR) for line in inputs[name]] for name in ("debits", "credits"))
    amounts = [*owed_to, *(-credit for credit in paid_by)]
    done = billing.reconcile([billing.BookedAmount(amount, amount) for amount in amounts])
    return {"residual": [left.amount for left in done.left]}


@rule
def full_reconcile_batch_fx(inputs: Inputs) -> object:
    done = booked_lines(inputs["lines"])
    return {"foreign_residual": total(done.left, "USD").amount, "exchange_difference_base": done.loss.amount}


@rule
def fx_partial_settlement(inputs: Inputs) -> object:
    done = booked_lines([inputs["line1"], inputs["line2"]])
    [match] = done.matches
    return {
        "matched_base": match.book.amount,
        "matched_foreign": match.amount.amount,
        "exchange_difference_base": match.loss.amount,
        "remaining_line2": {"base": done.left_book[1].amount, "foreign": done.left[1].amount},
    }


@rule
def fx_receipt_settles_foreign_balance(inputs: Inputs) -> object:
    start, late = dt.date(2017, 1, 1), dt.date(2017, 6, 1)
    quoted = [Fraction(invoice["rate"]) for invoice in inputs["invoices"]]
    days = [start + dt.timedelta(days=number) for number in range(len(quoted))]
    rates = billing.Rates(
        billing.ExchangeRate("USD", EUR, rate=rate.numerator, per=rate.denominator, on=on)
        for rate, on in [*zip(quoted, days, strict=True), (Fraction(inputs["receipt"]["rate"]), late)]
    )
    common: Inputs = {"entity": EntityId("E"), "party": AccountId("C"), "now": dt.datetime(2017, 6, 1, tzinfo=dt.UTC)}
    owed = [
        billing.raise_receivable(
            ReceivableId(str(on)),
            order=OrderId("SO"),
            amount=Money.of(invoice["foreign"], "USD"),
            on=on,
            due_on=on,
            **common,
        ).after
        for invoice, on in zip(inputs["invoices"], days, strict=True)
    ]
    money = billing.receive(
        ReceiptId("R"), amount=Money.of(inputs["receipt"]["foreign"], "USD"), on=late, **common
    ).after
    paid, *sides = billing.apply(money, owed, on=late, now=common["now"])
    settled = {side.after.id: side.after for side in sides}
    after = [settled.get(debt.id, debt) for debt in owed]
    found = billing.realized_differences([paid.after], after, EUR, rates=rates)
    residual = total((debt.open for debt in after), "USD") - paid.after.unapplied
    return {
        "foreign_residual": residual.amount,
        "fully_settled": not residual,
        "exchange_difference_base": total((each.loss for each in found), EUR).amount,
    }


LEAP = dt.date(2024, 1, 1)
DAY_COUNTS = {
    "365": (billing.DayCount.ACTUAL_365, TODAY),
    "360": (billing.DayCount.ACTUAL_360, TODAY),
    "366": (billing.DayCount.ACTUAL_ACTUAL, LEAP),
}
"""Which convention has so many days, and a due date after which it has them."""


@rule
def dunning_interest_and_fee(inputs: Inputs) -> object:
    outstanding, fee = (Money.of(str(inputs.get(name, 0)), CNY) for name in ("outstanding", "fee"))
    day_count, due_on = one_of(DAY_COUNTS, inputs.get("day_count", 365))
    rate = ratio(inputs.get("interest_rate_percent", 0))
    policy = billing.DunningPolicy(
        [billing.DunningStep(1, billing.Receiver.CUSTOMER, fees=fee, interest=True)],
        interest=billing.InterestPolicy(billing.InterestRates.flat(rate), day_count=day_count),
    )
    late = due_on + dt.timedelta(days=inputs["overdue_days"])
    letters = billing.dunning([owed("I1", outstanding, due_on)], policy=policy, on=late).letters
    if not letters:  # nothing is overdue: nobody is asked for anything
        return {"interest": 0, "dunning_amount": 0, "grand_total": outstanding.amount}
    [letter] = letters
    return {
        "interest": letter.interest.amount,
        "dunning_amount": (letter.interest + letter.fee).amount,
        "grand_total": letter.total.amount,
    }


@rule
def dunning_state(inputs: Inputs) -> object:
    late, debt = TODAY + dt.timedelta(days=inputs["age_days"]), owed("I1", Money.of(str(inputs["total"]), CNY))
    credited = Money.of(str(inputs.get("credit_note_against_invoice", 0)), CNY)
    if credited:
        debt = billing.waive(debt, amount=credited, change=ChangeId("N1"), reason="", on=late, now=NOON).after
    single = [inputs[name] for name in ("payment", "paid", "receipt") if inputs.get(name)]
    for number, amount in enumerate(inputs.get("payments", single)):
        money, [debt] = received(amount, [debt], name=f"R{number}", on=late)
        if inputs.get("cancel"):
            _, *undone = billing.reverse(money, [debt], reason="cancelled", on=late, now=NOON)
            debt = undone[0].after
    outlook = billing.dunning([debt], policy=billing.STANDARD_DUNNING, on=late).of(debt.id)
    return {"dunning": "resolved" if outlook.is_resolved else "unresolved"}
