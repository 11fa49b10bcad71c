"""FEEL's dates, times and durations: read from text, written as text, and the parts of them."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.values import YearsMonths

_DATE = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w/+\-]*)?"
_DATE_ONLY = re.compile(_DATE)
_TIME_ONLY = re.compile("T?" + _TIME)
_DATE_TIME = re.compile(_DATE + "T" + _TIME)
_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?")
_DAYS = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?")
SECOND = timedelta(seconds=1)


def read_date(text: str) -> date | None:
    """A date, or None."""
    found = _DATE_ONLY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except (ValueError, OverflowError):
        return None


def read_time(text: str) -> time | None:
    """A time of day, with an offset or a zone's name, or None."""
    found = _TIME_ONLY.fullmatch(text)
    return _clock(*found.groups()) if found else None


def read_date_time(text: str) -> datetime | None:
    """A moment; a date alone is its first."""
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        day = read_date(text)
        return datetime(day.year, day.month, day.day) if day else None
    try:
        day = date(*map(int, found.groups()[:3]))
    except (ValueError, OverflowError):
        return None
    parts = found.groups()[3:]
    if parts[:3] == ("24", "00", "00"):
        clock = _clock("00", *parts[1:])
        return datetime.combine(day, clock) + timedelta(days=1) if clock else None
    clock = _clock(*parts)
    return datetime.combine(day, clock) if clock else None


def _clock(hour: str, minute: str, second: str, fraction: str | None, zone: str | None) -> time | None:
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        return time(int(hour), int(minute), int(second), micros, tzinfo=read_zone(zone))
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


def read_duration(text: str) -> timedelta | YearsMonths | None:
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
    try:
        duration = timedelta(
            int(days or 0),
            int(seconds or 0),
            int((fraction or "0")[:6].ljust(6, "0")),
            0,
            int(minutes or 0),
            int(hours or 0),
        )
    except OverflowError:
        return None
    return -duration if sign else duration


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
    if type(value) is timedelta:
        return _write_duration(value)
    if type(value) is date:
        return value.isoformat()
    zone = value.tzinfo
    key = getattr(zone, "key", None)
    shown: str = value.replace(tzinfo=None).isoformat().rstrip("0") if value.microsecond else ""
    shown = shown or value.replace(tzinfo=None).isoformat()
    if key:
        return f"{shown}@{key}"
    if zone is None:
        return shown
    offset = value.utcoffset()
    return shown + "Z" if not offset else shown + value.isoformat()[len(value.replace(tzinfo=None).isoformat()) :]


def _write_duration(value: timedelta) -> str:
    micros = abs(value) // timedelta(microseconds=1)
    seconds, micros = divmod(micros, 10**6)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = f".{micros:06d}".rstrip("0") if micros else ""
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{seconds}{fraction}S" if seconds or micros else "")
    )
    shown = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if value < timedelta(0) else "") + "P" + (shown or "T0S")


def months_later(value: date, months: int) -> date | None:
    """The same day of the month, or its last where that is shorter; None past the calendar's end."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return value.replace(year=year, month=month + 1, day=min(value.day, calendar.monthrange(year, month + 1)[1]))


def offset_of(value: Any) -> timedelta | None:
    """The offset from UTC; of a time in a named zone there is none without a date."""
    return value.utcoffset()  # type: ignore[no-any-return]


def member(value: Any, name: str) -> Any:
    """A part by its FEEL name, or None."""
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
