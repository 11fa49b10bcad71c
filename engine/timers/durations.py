"""ISO 8601 durations, added to a moment the way a calendar does."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction

from .errors import TimerError

LONGEST_TEXT = 200
FIX = "Write an ISO 8601 duration such as PT15M, P1DT12H or P2W."

_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DESIGNATED = re.compile(
    rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.IGNORECASE | re.ASCII,
)
# ISO 8601's alternative: P0003-06-04T12:30:05
_ALTERNATIVE = re.compile(
    r"P(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}(?:[.,]\d+)?))?", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Months and days are added on the calendar of a zone, `exact` on the line of time. `text`: as written."""

    months: int
    days: int
    exact: timedelta
    text: str

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read a duration that is not negative; a fraction stands in the smallest unit, as ISO 8601 demands."""
        written = text.strip()
        if written.startswith("-"):
            raise TimerError(f"The duration {text[:LONGEST_TEXT]!r} is negative.", text, FIX)
        amounts = _amounts(written, text)
        months = amounts["years"] * 12 + amounts["months"]
        if months.denominator != 1:
            raise TimerError(f"The duration {text!r} has a part of a month, which has no length.", text, FIX)
        seconds = amounts["hours"] * 3600 + amounts["minutes"] * 60 + amounts["seconds"]
        days = amounts["weeks"] * 7 + amounts["days"]
        seconds += (days - int(days)) * 86400
        try:
            exact = timedelta(microseconds=round(seconds * 1_000_000))
            return cls(int(months), int(days), exact, written)
        except OverflowError:
            raise _beyond(text) from None

    @classmethod
    def of(cls, value: str | timedelta) -> Duration:
        """A duration from its text, or from a length of time that an expression gave."""
        if isinstance(value, str):
            return cls.parse(value)
        if value < timedelta(0):
            raise TimerError(f"The duration {value} is negative.", str(value), FIX)
        return cls(0, 0, value, _iso(value))

    @property
    def is_zero(self) -> bool:
        return not (self.months or self.days or self.exact)

    def after(self, moment: datetime, zone: tzinfo = UTC, times: int = 1) -> datetime:
        """The moment `times` durations later, in UTC. The 31st plus a month is the last day of a shorter month."""
        try:
            local = moment.astimezone(zone)
            if self.months or self.days:
                local = _on_calendar(local, self.months * times, self.days * times)
            return local.astimezone(UTC) + self.exact * times
        except (OverflowError, ValueError):
            raise _beyond(self.text) from None


def _on_calendar(local: datetime, months: int, days: int) -> datetime:
    month = local.year * 12 + local.month - 1 + months
    year, month = divmod(month, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day) + timedelta(days=days)


def _amounts(written: str, text: str) -> dict[str, Fraction]:
    shown = text[:LONGEST_TEXT]
    if len(written) > LONGEST_TEXT:
        raise TimerError(f"The duration {shown!r}... is too long to be one.", text, FIX)
    if found := _ALTERNATIVE.fullmatch(written):
        years, months, *rest = found.groups()
        parts = [years, months, None, *rest]
    elif found := _DESIGNATED.fullmatch(written):
        parts = list(found.groups())
    else:
        raise TimerError(f"{shown!r} is not a duration.", text, FIX)
    present = [part for part in parts if part is not None]
    if not present:
        raise TimerError(f"The duration {shown!r} names no length.", text, FIX)
    if any("." in part or "," in part for part in present[:-1]):
        raise TimerError(f"In {shown!r} only the smallest unit may have a fraction.", text, FIX)
    return {unit: Fraction((part or "0").replace(",", ".")) for unit, part in zip(_UNITS, parts, strict=True)}


def _iso(value: timedelta) -> str:
    seconds = f"{value.seconds}.{value.microseconds:06}".rstrip("0").rstrip(".")
    return f"P{value.days}DT{seconds}S"


def _beyond(text: str) -> TimerError:
    return TimerError(f"The duration {text[:LONGEST_TEXT]!r} leads past the year 9999.", text, "Write a shorter one.")
