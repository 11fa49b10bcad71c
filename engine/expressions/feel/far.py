"""Dates before year 1 and after 9999, and what is finer than a microsecond: past Python's own kinds.

The calendar repeats every 400 years, to the day of the week: such a date is one of 2000 to 2399, moved by eras.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from engine.values import YearsMonths

ERA_YEARS = 400
ERA_DAYS = 146_097
MAX_YEAR = 999_999_999
DAY = 86_400 * 10**9
_FIRST = date(2000, 1, 1).toordinal()
_MICRO = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Far:
    """What Python's kind holds, so many eras of 400 years and nanoseconds later."""

    expression_members: ClassVar[frozenset[str]] = frozenset()

    base: date | datetime | time | timedelta
    eras: int
    nanos: int


def parts(value: Any) -> tuple[Any, int, int]:
    """The value in Python's kind, the eras and the nanoseconds it is moved by."""
    return (value.base, value.eras, value.nanos) if type(value) is Far else (value, 0, 0)


def joined(base: Any, eras: int = 0, nanos: int = 0) -> Any:
    """Python's own kind where it holds the value. Raises ValueError past the last year."""
    if eras and isinstance(base, date):
        year = base.year + ERA_YEARS * eras
        if abs(year) > MAX_YEAR:
            raise ValueError(year)
        if 1 <= year <= 9999:
            base, eras = base.replace(year=year), 0
        else:
            moved = (base.year - 2000) // ERA_YEARS
            base, eras = base.replace(year=base.year - ERA_YEARS * moved), eras + moved
    return Far(base, eras, nanos) if eras or nanos else base


def day_of(year: int, month: int, day: int) -> Any:
    """A date of any year. Raises ValueError."""
    era, rest = divmod(year - 2000, ERA_YEARS)
    return joined(date(2000 + rest, month, day), era)


def combined(day: Any, clock: Any) -> Any:
    """A moment, of a date and a time of day."""
    base, eras, _ = parts(day)
    hour, _, nanos = parts(clock)
    return joined(datetime.combine(date(base.year, base.month, base.day), hour), eras, nanos)


def year_of(value: Any) -> int:
    """The year, however far."""
    base, eras, _ = parts(value)
    return int(base.year + ERA_YEARS * eras)


def aware(value: Any) -> bool:
    """Whether the value has a zone."""
    return getattr(parts(value)[0], "tzinfo", None) is not None


def instant(value: Any) -> int:
    """Nanoseconds by which values of one kind are ordered."""
    base, eras, nanos = parts(value)
    if type(base) is timedelta:
        return int(base // _MICRO) * 1000 + nanos
    whole = eras * ERA_DAYS * DAY + nanos
    if type(base) is time:
        base = datetime.combine(date(1970, 1, 1), base)
    elif type(base) is date:
        return whole + base.toordinal() * DAY
    offset = base.utcoffset() or timedelta(0)
    return int(whole + ((base.replace(tzinfo=None) - offset - datetime.min) // _MICRO) * 1000 + DAY)


def duration_of(nanos: int) -> Any:
    """A duration of so many nanoseconds. Raises OverflowError."""
    micros, rest = divmod(nanos, 1000)
    return joined(timedelta(microseconds=micros), 0, rest)


def difference(left: Any, right: Any) -> Any:
    """From one moment to another; None where one has a zone and the other has none."""
    return duration_of(instant(left) - instant(right)) if aware(left) is aware(right) else None


def later_by_months(value: Any, months: int) -> Any:
    """The same day of the month so many months later, or its last where that is shorter. Raises ValueError."""
    base, _, nanos = parts(value)
    year, month = divmod(year_of(value) * 12 + base.month - 1 + months, 12)
    era, rest = divmod(year - 2000, ERA_YEARS)
    day = min(base.day, calendar.monthrange(2000 + rest, month + 1)[1])
    return joined(base.replace(year=2000 + rest, month=month + 1, day=day), era, nanos)


def later_by(value: Any, nanos: int) -> Any:
    """So much later: of a date by full days, of a time of day around the clock. Raises ValueError, OverflowError."""
    base, eras, rest = parts(value)
    if type(base) is timedelta:
        return duration_of(instant(value) + nanos)
    if type(base) is time:
        return _clock((_of_day(base) + rest + nanos) % DAY, base)
    days = base.toordinal() + eras * ERA_DAYS
    if type(base) is date:
        return _day(days + nanos // DAY)
    more, left = divmod(_of_day(base.time()) + rest + nanos, DAY)
    return combined(_day(days + more), _clock(left, base.timetz()))


def _of_day(clock: time) -> int:
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    return seconds * 10**9 + clock.microsecond * 1000


def _clock(nanos: int, like: time) -> Any:
    micros, rest = divmod(nanos, 1000)
    clock = (datetime.min + timedelta(microseconds=micros)).time()
    return joined(clock.replace(tzinfo=like.tzinfo), 0, rest)


def _day(number: int) -> Any:
    era, rest = divmod(number - _FIRST, ERA_DAYS)
    return joined(date.fromordinal(_FIRST + rest), era)


def settled(value: Any) -> Any:
    """The value as it leaves FEEL: what is finer than a microsecond is cut, for no variable keeps it."""
    if type(value) is Far:
        return joined(value.base, value.eras)
    if type(value) is list:
        items = [settled(item) for item in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    if type(value) is dict:
        entries = {key: settled(item) for key, item in value.items()}
        return value if all(entries[key] is item for key, item in value.items()) else entries
    return value


def shifted(value: Any, by: Any, sign: int) -> Any:
    """`value + by` or `value - by`; None where it makes no sense or leads past the last year."""
    try:
        if type(by) is YearsMonths:
            return later_by_months(value, sign * by.months) if isinstance(parts(value)[0], date) else None
        if type(parts(by)[0]) is timedelta:
            return later_by(value, sign * instant(by))
    except (ValueError, OverflowError):
        return None
    return None
