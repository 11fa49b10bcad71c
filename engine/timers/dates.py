"""When a timer of a date or a duration is due."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from .durations import LONGEST_TEXT, Duration
from .errors import TimerError

FIX = "Write an ISO 8601 date such as 2026-01-31T09:00:00Z."

_NAMED_ZONE = re.compile(r"(?P<when>.+)\[(?P<zone>[\w/+-]+)\]", re.ASCII)
# ISO 8601's reduced precision: a year, a year and a month.
_REDUCED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?", re.ASCII)
_DATE_WITH_OFFSET = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?P<offset>Z|[+-]\d{2}:?\d{2})", re.ASCII)


def due_date(value: str | date | datetime, now: datetime, zone: tzinfo = UTC) -> datetime:
    """The moment in UTC that a date names. Without an offset it is read in `zone`; a bare day is its midnight.

    A duration in the place of a date counts from now, as Camunda and Flowable have it.
    """
    if isinstance(value, datetime):
        return _in_utc(value, zone, value.isoformat())
    if isinstance(value, date):
        return _in_utc(datetime.combine(value, time()), zone, value.isoformat())
    written = value.strip()
    if written[:1] in ("P", "p"):
        return Duration.parse(written).after(now, zone)
    return _in_utc(*_read(written, value, zone), value)


def due_duration(value: str | timedelta, now: datetime, zone: tzinfo = UTC) -> datetime:
    """The moment in UTC that lies the duration after now; days, months and years are those of `zone`'s calendar."""
    return Duration.of(value).after(now, zone)


def _read(written: str, text: str, zone: tzinfo) -> tuple[datetime, tzinfo]:
    if len(written) > LONGEST_TEXT:
        raise TimerError(f"The date {text[:LONGEST_TEXT]!r}... is too long to be one.", text, FIX)
    try:
        if named := _NAMED_ZONE.fullmatch(written):
            written, zone = named["when"], ZoneInfo(named["zone"])
        if reduced := _REDUCED.fullmatch(written):
            written = f"{reduced['year']}-{reduced['month'] or '01'}-01"
        if day := _DATE_WITH_OFFSET.fullmatch(written):
            written = f"{day['day']}T00:00:00{day['offset']}"
        return datetime.fromisoformat(written), zone
    except (ValueError, OSError, KeyError):
        raise TimerError(f"{text!r} is not a date.", text, FIX) from None


def _in_utc(when: datetime, zone: tzinfo, text: str) -> datetime:
    try:
        return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise TimerError(f"The date {text!r} lies outside the years 1 to 9999.", text, FIX) from None
