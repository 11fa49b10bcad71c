"""When a timer of a cycle is due, first and again: ISO 8601 repeating intervals and cron."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from .cron import Cron, Flavour
from .dates import due_date
from .durations import LONGEST_TEXT, Duration
from .errors import TimerError

FIX = "Write a cycle such as R3/PT10H (three times), R/P1D (for ever) or a cron expression such as '0 0 9 * * MON-FRI'."
MOST_REPETITIONS = 1_000_000_000

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
_REPETITIONS = re.compile(r"R(-?\d+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cycle:
    """One firing of a cycle and how many follow it (`remaining`; None: for ever), none of them after `until`.

    Its periods count from `anchor`. Made again from its fields as they were stored, it goes on as the stored one.
    """

    due: datetime
    remaining: int | None
    text: str
    anchor: datetime | None = None
    until: datetime | None = None

    @classmethod
    def parse(
        cls,
        text: str,
        now: datetime,
        *,
        zone: tzinfo = UTC,
        flavour: Flavour = "auto",
        until: datetime | None = None,
    ) -> Cycle:
        """The first firing at or after now. R3/PT10H fires after ten hours and each ten hours again, three times."""
        return replace(_first(text, now, zone, flavour), until=until)

    def next(
        self, fired_at: datetime, now: datetime | None = None, *, zone: tzinfo = UTC, flavour: Flavour = "auto"
    ) -> Cycle | None:
        """The firing after now (or after `fired_at`, where no time is given). None: it was the last.

        Firings missed meanwhile are left out and count. One that was let fire before its time comes again at its time.
        """
        if self.remaining == 0:
            return None
        following = self._after(now or fired_at, zone, flavour)
        if following is None or (self.until is not None and following.due > self.until):
            return None
        return following

    def _after(self, moment: datetime, zone: tzinfo, flavour: Flavour) -> Cycle | None:
        interval = _Interval.parse(self.text, zone)
        if interval is None:
            due = Cron.parse(self.text, flavour).after(moment, zone)
            return None if due is None else replace(self, due=due)
        end = interval.end
        if flavour == "flowable" and end is not None:
            anchor = self.anchor or self.due
        else:
            anchor = self.anchor or interval.start or end or self.due
        number = interval.number_at(anchor, moment, zone) + 1
        fired = max(1, number - interval.number_at(anchor, self.due, zone))
        if self.remaining is not None and fired > self.remaining:
            return None
        due = interval.period.after(anchor, zone, number)
        if flavour == "flowable" and end is not None and due > end:
            return None
        left = None if self.remaining is None else self.remaining - fired
        return replace(self, due=due, remaining=left, anchor=anchor)


@dataclass(frozen=True, slots=True)
class _Interval:
    """R<times>/<start>/<period> or R<times>/<period>/<end>, of which start and end may be missing."""

    times: int | None
    start: datetime | None
    period: Duration
    end: datetime | None

    @classmethod
    def parse(cls, text: str, zone: tzinfo) -> _Interval | None:
        """None for what does not begin as a repeating interval does: a cron expression, then."""
        parts = [part.strip() for part in text.strip().split("/")]
        found = _REPETITIONS.fullmatch(parts[0])
        if found is None:
            if len(parts) == 1 and _is_duration(parts[0]):
                raise TimerError(f"{text!r} is a duration and says not how often it comes again.", text, FIX)
            return None
        periods = [part for part in parts[1:] if _is_duration(part)]
        if len(parts) not in (2, 3) or len(periods) != 1:
            raise TimerError(f"{text[:LONGEST_TEXT]!r} is not a cycle of one period.", text, FIX)
        period = Duration.parse(periods[0])
        if period.is_zero:
            raise TimerError(f"The cycle {text!r} would fire at once and for ever.", text, FIX)
        start = end = None
        if len(parts) == 3 and parts[1] is periods[0]:
            end = due_date(parts[2], _EARLIEST, zone)
        elif len(parts) == 3:
            start = due_date(parts[1], _EARLIEST, zone)
        return cls(_times(found[1], text), start, period, end)

    def number_at(self, anchor: datetime, moment: datetime, zone: tzinfo) -> int:
        """Which firing is the last one not after the moment: 0 is the anchor, those before it have negative numbers."""
        low, high = -1, 1
        while self._at(anchor, low, zone) > moment:
            low *= 2
        while self._at(anchor, high, zone) <= moment:
            high *= 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._at(anchor, middle, zone) <= moment else (low, middle)
        return low

    def _at(self, anchor: datetime, number: int, zone: tzinfo) -> datetime:
        try:
            return self.period.after(anchor, zone, number)
        except TimerError:
            return _LATEST if number > 0 else _EARLIEST


def _first(text: str, now: datetime, zone: tzinfo, flavour: Flavour) -> Cycle:
    interval = _Interval.parse(text, zone)
    if interval is None:
        due = Cron.parse(text, flavour).after(now, zone)
        if due is None:
            raise TimerError(f"The cron expression {text!r} names no moment that is still to come.", text, FIX)
        return Cycle(due, None, text)
    times, period = interval.times, interval.period
    last = None if times is None else times - 1
    anchor = interval.start or interval.end
    if anchor is None or (interval.end and flavour == "flowable"):
        return Cycle(period.after(now, zone), last, text, now)
    number = interval.number_at(anchor, now, zone)
    if period.after(anchor, zone, number) < now:
        number += 1
    if interval.end:
        number = min(0, number if last is None else max(number, -last))
        last = 0
    number = max(number, 0) if interval.start else number
    left = None if last is None else last - number
    if (left is not None and left < 0) or (interval.end and interval.end < now):
        # All of it lies in the past: it fires once, at once, as a date in the past does.
        return Cycle(now, 0, text, anchor)
    return Cycle(period.after(anchor, zone, number), left, text, anchor)


def _is_duration(part: str) -> bool:
    return part[:1] in ("P", "p")


def _times(written: str | None, text: str) -> int | None:
    if written in (None, "-1"):
        return None
    if len(written) > len(str(MOST_REPETITIONS)) or not 0 < int(written) <= MOST_REPETITIONS:
        raise TimerError(f"{text[:LONGEST_TEXT]!r} repeats {written[:12]} times.", text, FIX)
    return int(written)
