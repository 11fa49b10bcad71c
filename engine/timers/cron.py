"""Cron expressions: Quartz and Spring (seconds first, perhaps a year) and unix (five fields)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Literal

from .cron_fields import HOUR, MINUTE, MONTH, SECOND, YEAR, DaysOfMonth, DaysOfWeek
from .durations import LONGEST_TEXT
from .errors import TimerError

Flavour = Literal["auto", "quartz", "spring", "flowable"]
FIX = "Write second, minute, hour, day of month, month, day of week, such as '0 0 9 * * MON-FRI'."

MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * SUN",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}

# All fourteen calendars of a year come within 28 years, or 40 round a century without a leap day.
YEARS_AHEAD = 40


@dataclass(frozen=True, slots=True)
class Cron:
    """The moments that a cron expression names, on the wall clock of a zone. `years` None: every year."""

    text: str
    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days_of_month: DaysOfMonth
    months: tuple[int, ...]
    days_of_week: DaysOfWeek
    years: tuple[int, ...] | None
    either_day: bool

    @classmethod
    def parse(cls, text: str, flavour: Flavour = "auto") -> Cron:
        """Read five (unix), six or seven fields.

        Weekdays given as numbers count from Sunday = 1 in Quartz and from Sunday = 0 elsewhere. Quartz demands a `?` in
        one of the day fields, so `auto` tells it by that; a seventh field (the year) is Quartz's too.
        """
        return _parse(text, flavour)

    def after(self, moment: datetime, zone: tzinfo = UTC) -> datetime | None:
        """The first moment after this one, in UTC; None when there is none.

        A time that the clock skips in spring fires when the gap is over; one it repeats in autumn fires the first time.
        """
        local = moment.astimezone(zone)
        for day in self._days(local.date()):
            for wall in self._times(local.time() if day == local.date() else time()):
                try:
                    found = datetime.combine(day, wall, zone).astimezone(UTC)
                except OverflowError:
                    return None
                if found > moment:
                    return found
        return None

    def _days(self, first: date) -> Iterator[date]:
        for year in self._years(first.year):
            for month in self.months:
                if (year, month) >= (first.year, first.month):
                    yield from (day for day in self._days_of(year, month) if day >= first)

    def _years(self, first: int) -> Iterable[int]:
        if self.years is None:
            return range(first, min(first + YEARS_AHEAD, 9999) + 1)
        start = bisect_left(self.years, first)
        return self.years[start : start + YEARS_AHEAD + 1]

    def _days_of(self, year: int, month: int) -> list[date]:
        by_month, by_week = self.days_of_month.of(year, month), self.days_of_week.of(year, month)
        days = by_month | by_week if self.either_day else by_month & by_week
        return [date(year, month, day) for day in sorted(days)]

    def _times(self, since: time) -> Iterator[time]:
        for hour in self.hours[bisect_left(self.hours, since.hour) :]:
            for minute in self.minutes:
                if (hour, minute) >= (since.hour, since.minute):
                    yield from (time(hour, minute, second) for second in self.seconds)


@lru_cache(maxsize=1024)
def _parse(text: str, flavour: Flavour) -> Cron:
    if len(text) > LONGEST_TEXT:
        raise TimerError(f"The cron expression {text[:LONGEST_TEXT]!r}... is too long to be one.", text, FIX)
    fields = MACROS.get(text.strip().lower(), text).upper().split()
    if len(fields) not in (5, 6, 7):
        raise TimerError(f"{text!r} is neither a cycle nor a cron expression.", text, FIX)
    unix = len(fields) == 5
    second, minute, hour, day, month, weekday, *year = ["0", *fields] if unix else fields
    marked = "?" in (day, weekday) or bool(year)
    quartz = not unix and (flavour in ("quartz", "flowable") or (flavour == "auto" and marked))
    try:
        cron = Cron(
            text=text,
            seconds=SECOND.values(second),
            minutes=MINUTE.values(minute),
            hours=HOUR.values(hour),
            days_of_month=DaysOfMonth.parse(day),
            months=MONTH.values(month),
            days_of_week=DaysOfWeek.parse(weekday, sunday=1 if quartz else 0),
            years=YEAR.values(year[0]) if year and year[0] != "*" else None,
            # unix alone: with both day fields given, one of them is enough.
            either_day=unix and day[0] not in "*?" and weekday[0] not in "*?",
        )
    except ValueError as error:
        raise TimerError(f"The cron expression {text!r} cannot be read: {error}.", text, FIX) from None
    first = cron.years[0] if cron.years else 2000
    if not any(cron._days(date(first, 1, 1))):
        raise TimerError(f"The cron expression {text!r} names a day that never comes.", text, FIX)
    return cron
