"""FEEL's functions that make numbers, texts, dates, times and durations of something else."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.far import combined, day_of, joined, parts, year_of
from engine.expressions.feel.functions.writing import written
from engine.expressions.feel.numbers import number_of
from engine.expressions.feel.scope import Scope
from engine.expressions.feel.temporal import read_date, read_date_time, read_duration, read_time
from engine.values import YearsMonths

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?")


def _date(scope: Scope, value: Any, *rest: Any) -> Any:
    if rest:
        return day_of(_whole(value), _whole(rest[0]), _whole(rest[1]))
    if type(value) is str:
        return read_date(value)
    base, eras, _ = parts(value)
    return joined(base.date(), eras) if type(base) is datetime else value


def _whole(number: Any) -> int:
    if int(number) != number:
        raise ValueError(number)
    return int(number)


def _time(scope: Scope, value: Any, *rest: Any) -> Any:
    if rest:
        return _time_of_parts(value, *rest)
    if type(value) is str:
        return read_time(value) if not value.startswith("T") else None
    base, _, nanos = parts(value)
    if type(base) is datetime:
        return joined(base.timetz(), 0, nanos)
    return time(0, 0, 0, tzinfo=UTC) if type(base) is date else value


def _time_of_parts(hour: Any, minute: Any, second: Any, offset: timedelta | None = None) -> Any:
    micros, nanos = divmod(int((Decimal(second) - int(second)) * 10**9), 1000)
    zone = None if offset is None else timezone(offset) if offset else UTC
    return joined(time(_whole(hour), _whole(minute), int(second), micros, tzinfo=zone), 0, nanos)


def _moment(scope: Scope, value: Any, *clock: Any) -> Any:
    if clock:
        return combined(value, clock[0])
    if type(value) is str:
        return read_date_time(value)
    return value if type(parts(value)[0]) is datetime else combined(value, time())


def _duration(scope: Scope, value: Any) -> Any:
    return read_duration(value) if type(value) is str else value


def _months_between(scope: Scope, start: Any, end: Any) -> YearsMonths:
    """The full months from one day to another, whatever the time of day."""
    first, last = parts(start)[0], parts(end)[0]
    months = (year_of(end) - year_of(start)) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonths(months)


def _number(scope: Scope, text: str, grouping: str | None = None, point: str | None = None) -> Any:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (point and grouping == point):
        return None
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    return number_of(plain) if _NUMBER.fullmatch(plain) else None


def _string(scope: Scope, value: Any) -> str | None:
    scope.evaluation.weighed(value)
    return written(value)


def _clock_function(name: str, take: Callable[[datetime], Any]) -> Callable[..., Any]:
    """now() and today(), by the engine's clock alone."""

    def run(scope: Scope) -> Any:
        given = scope.evaluation.functions.get("now")
        return take(given()) if given is not None else None

    return run


def _of_day(read: Callable[[date], Any]) -> Builtin:
    """A function of a day, which is the same in each era."""
    return builtin(lambda scope, value: read(parts(value)[0]), "date: date|date and time")


def _last_day(scope: Scope, value: Any) -> Any:
    base, eras, _ = parts(value)
    return joined(date(base.year, base.month, calendar.monthrange(base.year, base.month)[1]), eras)


def _day_name(value: date) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[value.weekday()]


def _month_name(value: date) -> str:
    names = "January February March April May June July August September October November December"
    return names.split()[value.month - 1]


CONVERSION_FUNCTIONS: dict[str, Builtin] = {
    "date": builtin(_date, "from: string|date|date and time", "year: number, month: number, day: number"),
    "time": builtin(
        _time,
        "from: string|time|date|date and time",
        "hour: number, minute: number, second: number, offset?: days and time duration",
    ),
    "date and time": builtin(_moment, "from: string|date|date and time", "date: date|date and time, time: time"),
    "duration": builtin(_duration, "from: string|days and time duration|years and months duration"),
    "years and months duration": builtin(_months_between, "from: date|date and time, to: date|date and time"),
    "number": builtin(
        _number, "from: string", "from: string, grouping separator: string|null, decimal separator: string|null"
    ),
    "string": builtin(_string, "from: any"),
    "now": builtin(_clock_function("now", lambda moment: moment), ""),
    "today": builtin(_clock_function("today", lambda moment: moment.date()), ""),
    "day of year": _of_day(lambda value: value.timetuple().tm_yday),
    "day of week": _of_day(_day_name),
    "month of year": _of_day(_month_name),
    "week of year": _of_day(lambda value: value.isocalendar().week),
    "last day of month": builtin(_last_day, "date: date|date and time"),
}
