"""Dates, numbers, sizes and lengths of time as the reader's language writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from webapp.language import _, locale
from webapp.zones import here

SIZES = ("kB", "MB", "GB", "TB")


def number(value: int | float | Decimal) -> str:
    """`1,234.5` or `1.234,5`; a number with a point keeps all its digits."""
    try:
        return str(format_decimal(value, locale=locale(), decimal_quantization=isinstance(value, int)))
    except InvalidOperation:
        # It has more digits than anybody reads in groups.
        return str(value)


def amount(value: int | float | Decimal) -> str:
    """Money, with its cents unless there are none: `1,234.50`, `1,234`."""
    try:
        cents = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return number(value)
    if cents.is_nan():
        return number(value)
    pattern = "#,##0" if cents == cents.to_integral_value() else "#,##0.00"
    return str(format_decimal(cents, pattern, locale=locale()))


def moment(value: datetime) -> str:
    """A date and time on the reader's clock."""
    return str(format_datetime(here(value), "medium", locale=locale()))


def exact(value: datetime) -> str:
    """The same with its time zone: what shows on hover."""
    return f"{moment(value)} {here(value).strftime('%Z')}".strip()


def day(value: date) -> str:
    return str(format_date(value, "medium", locale=locale()))


UNITS: tuple[tuple[Literal["year", "month", "day", "hour", "minute"], int], ...] = (
    ("year", 31_536_000),
    ("month", 2_592_000),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
)


def span(value: timedelta, *, directed: bool = False) -> str:
    """A length of time in its largest whole unit: `3 days`, `20 minutes`; `directed` from now: `in 3 days`."""
    seconds = int(abs(value.total_seconds()))
    for unit, size in UNITS:
        if seconds >= size:
            whole = timedelta(seconds=(seconds - seconds % size) * (1 if value > timedelta(0) else -1))
            # The threshold keeps Babel from going over to a larger unit.
            return str(
                format_timedelta(whole, granularity=unit, threshold=1e6, add_direction=directed, locale=locale())
            )
    return _("less than a minute")


def marks() -> tuple[str, str]:
    """What stands before decimals, and what between thousands."""
    return get_decimal_symbol(locale()), get_group_symbol(locale())


def week_start() -> int:
    """The day that a week begins with, as browsers count them: 0 is Sunday."""
    return (int(locale().first_week_day) + 1) % 7


def plain_number(text: str) -> str:
    """A number as the reader writes it, as programs do: `1.200,50` is 1200.50 in German, `1,200.50` in English.

    Marks that stand where those between thousands do are taken for these; then either mark may begin the decimals.
    `static/js/forms.js` reads alike.
    """
    decimal, group = marks()
    packed = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    if re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(group)}\d{{3}})+({re.escape(decimal)}\d*)?", packed):
        packed = packed.replace(group, "")
    return re.sub(r"^([^.,]*),([^.,]*)$", r"\1.\2", packed)


def typed_number(value: float | Decimal) -> str:
    """A number with decimals as it stands in a field, to be read back by `plain_number`."""
    return str(value).replace(".", marks()[0])


def size(count: int) -> str:
    """`12 bytes`, `1.5 MB`."""
    if count < 1000:
        return _("%(count)s bytes", count=number(count))
    value, unit = float(count), ""
    for each in SIZES:
        value, unit = value / 1000, each
        if value < 999.95:
            break
    return f"{number(round(value, 1))} {unit}"
