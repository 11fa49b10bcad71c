"""When a failed try is repeated: by the model's own cycle, otherwise after twice as long each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.errors import Invalid
from engine.jobs.schedule import parse_cycle, parse_duration

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


def next_try(now: datetime, tries: int, retry_cycle: str | None = None) -> datetime:
    """The time of the next try after `tries` failed ones (1 or more).

    `retry_cycle` is `R3/PT5M`, a duration, or durations by comma, of which the last one repeats. One that cannot be
    read counts as absent: a job must not be lost over how it is to be repeated.
    """
    try:
        if retry_cycle and retry_cycle.strip():
            return _by_cycle(now, tries, retry_cycle)
    except Invalid:
        return _doubled(now, tries)
    return _doubled(now, tries)


def tries_of(retry_cycle: str | None, default: int = 3) -> int:
    """How many tries a cycle asks for: `R3/...` three, two durations by comma two and the first."""
    text = (retry_cycle or "").strip()
    if text.startswith("R"):
        number = text[1:].partition("/")[0]
        return int(number) if number.isdigit() else default
    return text.count(",") + 2 if "," in text else default


def _by_cycle(now: datetime, tries: int, text: str) -> datetime:
    if text.strip().startswith("R"):
        return parse_cycle(text).duration.after(now)
    waits = [parse_duration(part) for part in text.split(",") if part.strip()]
    return waits[min(tries, len(waits)) - 1].after(now)


def _doubled(now: datetime, tries: int) -> datetime:
    doublings = min(max(tries - 1, 0), 20)
    return now + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
