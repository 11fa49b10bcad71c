"""FEEL's functions that make numbers, texts, dates, times and durations of something else."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.functions.writing import written
from engine.expressions.feel.numbers import number_of
from engine.expressions.feel.scope import Scope
from engine.expressions.feel.temporal import read_date, read_date_time, read_duration, read_time
from engine.values import YearsMonths

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?")


def _date(scope: Scope, value: Any, *rest: Any) -> date | None:
    if rest:
        return date(_whole(value), _whole(rest[0]), _whole(rest[1]))
    if type(value) is str:
        return read_date(value)
    return value.date() if type(value) is datetime else value


def _whole(number: Any) -> int:
    if int(number) != number:
        raise ValueError(number)
    return int(number)


def _time(scope: Scope, value: Any, *rest: Any) -> time | None:
    if rest:
        return _time_of_parts(value, *rest)
    if type(value) is str:
        return read_time(value) if not value.startswith("T") else None
    if type(value) is datetime:
        return value.timetz()
    return time(0, 0, 0, tzinfo=UTC) if type(value) is date else value


def _time_of_parts(hour: Any, minute: Any, second: Any, offset: timedelta | None = None) -> time:
    micros = int((Decimal(second) - int(second)) * 1_000_000)
    zone = None if offset is None else timezone(offset) if offset else UTC
    return time(_whole(hour), _whole(minute), int(second), micros, tzinfo=zone)


def _moment(scope: Scope, value: Any, *clock: time) -> datetime | None:
    if clock:
        return datetime.combine(date(value.year, value.month, value.day), clock[0])
    if type(value) is str:
        return read_date_time(value)
    return value if type(value) is datetime else datetime(value.year, value.month, value.day)


def _duration(scope: Scope, value: Any) -> Any:
    return read_duration(value) if type(value) is str else value


def _months_between(scope: Scope, start: date, end: date) -> YearsMonths:
    """The full months from one day to another, whatever the time of day."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
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


def _week(scope: Scope, value: date) -> int:
    return value.isocalendar().week


def _last_day(scope: Scope, value: date) -> date:
    return date(value.year, value.month, calendar.monthrange(value.year, value.month)[1])


def _day_name(scope: Scope, value: date) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[value.weekday()]


def _month_name(scope: Scope, value: date) -> str:
    names = "January February March April May June July August September October November December"
    return names.split()[value.month - 1]


_DAY = "date: date|date and time"
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
    "day of year": builtin(lambda scope, value: value.timetuple().tm_yday, _DAY),
    "day of week": builtin(_day_name, _DAY),
    "month of year": builtin(_month_name, _DAY),
    "week of year": builtin(_week, _DAY),
    "last day of month": builtin(_last_day, _DAY),
}
