"""ISO 8601 times as timers write them: a date, a duration, a cycle (`R3/PT10M`, `R/2024-01-01T00:00:00Z/P1D`)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.errors import Invalid

DURATION = re.compile(
    r"(?P<sign>[-+])?P(?!$)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration: months are counted on the calendar, the rest is exact."""

    months: int = 0
    exact: timedelta = timedelta()

    def after(self, moment: datetime) -> datetime:
        """The moment that much later; the 31st becomes the last day of a shorter month."""
        count = moment.year * 12 + moment.month - 1 + self.months
        year, month = divmod(count, 12)
        day = min(moment.day, calendar.monthrange(year % 400 + 400, month + 1)[1])
        try:
            return moment.replace(year=year, month=month + 1, day=day) + self.exact
        except (OverflowError, ValueError) as failure:
            raise Invalid("The duration leads out of the calendar.", fix="Write a shorter one.") from failure


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repetition: `times` is None for ever; the first time is `start`, or one duration after `now`."""

    times: int | None
    duration: Duration
    start: datetime | None = None
    end: datetime | None = None

    def first(self, now: datetime) -> datetime | None:
        return self._within(self.start or self.duration.after(now))

    def next(self, last: datetime) -> datetime | None:
        """After the time `last`, without regard to how many are left."""
        return self._within(self.duration.after(last))

    def _within(self, moment: datetime) -> datetime | None:
        return None if self.end is not None and moment > self.end else moment


def parse_duration(text: str) -> Duration:
    found = DURATION.fullmatch(text.strip())
    if found is None:
        raise Invalid(f"{text!r} is no duration.", fix="Write it as ISO 8601 does, for example PT15M or P2D.")
    number = {name: float((found[name] or "0").replace(",", ".")) for name in DURATION.groupindex if name != "sign"}
    sign = -1 if found["sign"] == "-" else 1
    try:
        exact = timedelta(
            weeks=number["weeks"],
            days=number["days"],
            hours=number["hours"],
            minutes=number["minutes"],
            seconds=number["seconds"],
        )
    except OverflowError as failure:
        raise Invalid(f"{text!r} is longer than the calendar.", fix="Write a shorter one.") from failure
    return Duration(sign * int(number["years"] * 12 + number["months"]), sign * exact)


def parse_date(text: str) -> datetime:
    """A date or a date with time; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as failure:
        raise Invalid(f"{text!r} is no date.", fix="Write it as ISO 8601 does: 2030-01-31T09:00:00Z.") from failure
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def parse_cycle(text: str) -> Cycle:
    """`R[n]/duration`, `R[n]/start/duration`, `R[n]/duration/end`, or `R[n]/start/end`, which have it between them."""
    head, *parts = (part.strip() for part in text.strip().split("/"))
    if not re.fullmatch(r"R\d*", head) or not 1 <= len(parts) <= 2:
        raise Invalid(f"{text!r} is no cycle.", fix="Write it as ISO 8601 does, for example R3/PT10M.")
    times = int(head[1:]) if len(head) > 1 else None
    is_duration = ["P" in part for part in parts]
    match is_duration:
        case [True]:
            cycle = Cycle(times, parse_duration(parts[0]))
        case [False, True]:
            cycle = Cycle(times, parse_duration(parts[1]), start=parse_date(parts[0]))
        case [True, False]:
            cycle = Cycle(times, parse_duration(parts[0]), end=parse_date(parts[1]))
        case [False, False]:
            start, second = parse_date(parts[0]), parse_date(parts[1])
            cycle = Cycle(times, Duration(0, second - start), start=start)
        case _:
            raise Invalid(f"{text!r} is no cycle.", fix="Write it as ISO 8601 does, for example R3/PT10M.")
    if cycle.duration.months <= 0 and cycle.duration.exact <= timedelta():
        raise Invalid(f"{text!r} repeats without any time between.", fix="Write a duration longer than nothing.")
    return cycle
