"""The adapter between the neutral case tables and the library: for each rule a small function from `inputs` to the `expected` form.

Each does its work by calling the public API; what it does itself is convert types. A rule that the library does not offer is absent.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ltc import calendars
from ltc.money import Money, Rounding, allocate, allocate_decimal, digits_of, divide
from ltc.text import format_amount

Inputs = dict[str, Any]
RULES: dict[str, Callable[[Inputs], object]] = {}
CNY = "CNY"


def rule(function: Callable[[Inputs], object]) -> Callable[[Inputs], object]:
    RULES[function.__name__] = function
    return function


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


ROUNDING = {
    "half_away_from_zero": Rounding.HALF_UP,
    "half_toward_zero": Rounding.HALF_DOWN,
    "half_even": Rounding.HALF_EVEN,
    "half_odd": Rounding.HALF_ODD,
    "half_toward_plus_inf": Rounding.HALF_CEILING,
    "half_toward_minus_inf": Rounding.HALF_FLOOR,
    "away_from_zero": Rounding.UP,
    "toward_zero": Rounding.DOWN,
    "ceil": Rounding.CEILING,
    "ceiling": Rounding.CEILING,
    "floor": Rounding.FLOOR,
}


@rule
def allocate_ratios(inputs: Inputs) -> object:
    return allocate(inputs["amount_minor"], [str(ratio) for ratio in inputs["ratios"]])


@rule
def allocate_ratios_named(inputs: Inputs) -> object:
    ratios = inputs["ratios"]
    return dict(zip(ratios, allocate_ratios({**inputs, "ratios": ratios.values()}), strict=True))  # type: ignore[arg-type]  # a tuple


@rule
def allocate_invalid_ratios(inputs: Inputs) -> object:
    return allocate_ratios(inputs)


@rule
def allocate_decimal_ratios_scale_up(inputs: Inputs) -> object:
    amount = Decimal(inputs["amount_minor"]).scaleb(-inputs["scale"])
    parts = [part.as_tuple() for part in allocate_decimal(amount, inputs["ratios"])]
    return {
        "shares": [int("".join(map(str, part.digits))) * (-1 if part.sign else 1) for part in parts],
        "scale": -int(parts[0].exponent),
    }


@rule
def split_equal(inputs: Inputs) -> object:
    return [part.minor for part in Money(inputs["amount_minor"], CNY).split(inputs["parts"])]


@rule
def divide_round(inputs: Inputs) -> object:
    return divide(inputs["numerator"], inputs["denominator"], ROUNDING[inputs["mode"]])


@rule
def round_decimal_to_integer(inputs: Inputs) -> object:
    value = Fraction(inputs["value"])
    return divide(value.numerator, value.denominator, ROUNDING[inputs["mode"]])


@rule
def round_to_power_of_ten(inputs: Inputs) -> object:
    return Money(inputs["amount_minor"], CNY).rounded_to(inputs["unit_exponent"], ROUNDING[inputs["mode"]]).minor


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
