"""When a failed try is repeated: by the model's own cycle, otherwise after twice as long each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.timers import TimerError, parse_retry_cycle

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


def next_try(now: datetime, failed: int, retry_cycle: str | None = None) -> datetime:
    """The time of the next try after `failed` ones (1 or more). `retry_cycle`: `R3/PT5M`, or pauses by comma.

    A cycle that cannot be read counts as absent: a job must not be lost over how it is to be repeated.
    """
    pauses = _pauses(retry_cycle)
    if pauses:
        return now + min(pauses[min(failed, len(pauses)) - 1], timedelta(days=3650))
    doublings = min(max(failed - 1, 0), 20)
    return now + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _pauses(retry_cycle: str | None) -> list[timedelta]:
    if not retry_cycle or not retry_cycle.strip():
        return []
    try:
        return parse_retry_cycle(retry_cycle)[1]
    except TimerError:
        return []
