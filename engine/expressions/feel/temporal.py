"""FEEL's dates, times and durations: read from text, written as text, and the parts of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.expressions.feel.far import DAY, combined, day_of, duration_of, instant, joined, later_by, parts, year_of
from engine.values import YearsMonths

_DATE = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w/+\-]*)?"
_DATE_ONLY = re.compile(_DATE)
_TIME_ONLY = re.compile("T?" + _TIME)
_DATE_TIME = re.compile(_DATE + "T" + _TIME)
_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?")
_DAYS = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?")
SECOND = timedelta(seconds=1)


def read_date(text: str) -> Any:
    """A date of any year, or None."""
    found = _DATE_ONLY.fullmatch(text)
    return _day(*found.groups()) if found else None


def read_time(text: str) -> Any:
    """A time of day, with an offset or a zone's name, or None."""
    found = _TIME_ONLY.fullmatch(text)
    return _clock(*found.groups()) if found else None


def read_date_time(text: str) -> Any:
    """A moment; a date alone is its first."""
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        day = read_date(text)
        return None if day is None else combined(day, time())
    day = _day(*found.groups()[:3])
    hour, *rest = found.groups()[3:]
    # 24:00:00 is the first moment of the day after.
    next_day = (hour, *rest[:2]) == ("24", "00", "00")
    clock = _clock("00" if next_day else hour, *rest)
    if day is None or clock is None:
        return None
    return combined(later_by(day, DAY) if next_day else day, clock)


def _day(year: str, month: str, day: str) -> Any:
    try:
        return day_of(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(hour: str, minute: str, second: str, fraction: str | None = None, zone: str | None = None) -> Any:
    micros, nanos = divmod(int((fraction or "0")[:9].ljust(9, "0")), 1000)
    try:
        return joined(time(int(hour), int(minute), int(second), micros, tzinfo=read_zone(zone)), 0, nanos)
    except (ValueError, ZoneInfoNotFoundError):
        return None


def read_zone(zone: str | None) -> tzinfo | None:
    """The zone of `Z`, `+02:00` or `@Europe/Berlin`. Raises ValueError."""
    if not zone:
        return None
    if zone in ("Z", "z"):
        return UTC
    if zone[0] == "@":
        return ZoneInfo(zone[1:])
    hours, minutes, *seconds = (int(part) for part in zone[1:].split(":"))
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return timezone(-offset if zone[0] == "-" else offset) if offset else UTC


def read_duration(text: str) -> Any:
    """A duration of days and time, or of years and months, or None."""
    found = _MONTHS.fullmatch(text)
    if found and any(found.groups()[1:]):
        sign, years, months = found.groups()
        count = int(years or 0) * 12 + int(months or 0)
        return YearsMonths(-count if sign else count)
    found = _DAYS.fullmatch(text)
    if not found or not any(found.groups()[1:]) or text.endswith("T"):
        return None
    sign, days, hours, minutes, seconds, fraction = found.groups()
    whole = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    nanos = whole * 10**9 + int((fraction or "0")[:9].ljust(9, "0"))
    try:
        return duration_of(-nanos if sign else nanos)
    except OverflowError:
        return None


def read_literal(text: str) -> Any:
    """What `@"..."` means."""
    for read in (read_date, read_duration, read_time):
        found = read(text)
        if found is not None:
            return found
    return read_date_time(text)


def write(value: Any) -> str:
    """The text of a date, time or duration, as it could be read again."""
    if type(value) is YearsMonths:
        return str(value)
    base, _, nanos = parts(value)
    if type(base) is timedelta:
        return _write_duration(instant(value))
    if type(base) is time:
        return _write_clock(base, nanos)
    year = year_of(value)
    day = f"{'-' if year < 0 else ''}{abs(year):04d}-{base.month:02d}-{base.day:02d}"
    return day if type(base) is date else f"{day}T{_write_clock(base, nanos)}"


def _write_clock(value: Any, nanos: int) -> str:
    fraction = f"{value.microsecond * 1000 + nanos:09d}".rstrip("0")
    shown = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}" + (f".{fraction}" if fraction else "")
    zone = getattr(value.tzinfo, "key", None)
    if zone:
        return f"{shown}@{zone}"
    offset = value.utcoffset()
    if offset is None:
        return shown
    return shown + "Z" if not offset else shown + value.isoformat()[len(value.replace(tzinfo=None).isoformat()) :]


def _write_duration(nanos: int) -> str:
    seconds, rest = divmod(abs(nanos), 10**9)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{seconds}{fraction}S" if seconds or rest else "")
    )
    shown = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if nanos < 0 else "") + "P" + (shown or "T0S")


def offset_of(value: Any) -> timedelta | None:
    """The offset from UTC; of a time in a named zone there is none without a date."""
    return value.utcoffset()  # type: ignore[no-any-return]


def member(value: Any, name: str) -> Any:
    """A part by its FEEL name, or None."""
    if name == "year" and isinstance(parts(value)[0], date):
        return year_of(value)
    value, _, _ = parts(value)
    kind = type(value)
    if kind is YearsMonths:
        whole = abs(value.months)
        part = {"years": whole // 12, "months": whole % 12}.get(name)
        return None if part is None else part if value.months >= 0 else -part
    if kind is timedelta:
        return _duration_part(value, name)
    if name in ("year", "month", "day", "weekday") and kind in (date, datetime):
        return value.isoweekday() if name == "weekday" else getattr(value, name)
    if kind is date:
        return 0 if name in ("hour", "minute", "second") else None
    if name in ("hour", "minute", "second"):
        return getattr(value, name)
    if name == "time offset":
        return offset_of(value)
    if name == "timezone":
        return getattr(value.tzinfo, "key", None)
    return None


def _duration_part(value: timedelta, name: str) -> int | None:
    seconds = abs(value) // SECOND
    part = {
        "days": seconds // 86400,
        "hours": seconds // 3600 % 24,
        "minutes": seconds // 60 % 60,
        "seconds": seconds % 60,
    }.get(name)
    return None if part is None else part if value >= timedelta(0) else -part
