"""How often a failed job is tried and how long it waits between: R3/PT5M, PT5M,PT10M or a number."""

from __future__ import annotations

import re
from datetime import timedelta

from .durations import LONGEST_TEXT, Duration
from .errors import TimerError

FIX = "Write R3/PT5M (three tries, five minutes apart), PT5M,PT10M (a pause each) or a number of tries."
MOST_TRIES = 1000

_REPEATED = re.compile(r"R(\d{1,4})/(.+)", re.ASCII | re.IGNORECASE)


def parse_retry_cycle(text: str) -> tuple[int, list[timedelta]]:
    """(tries in all, pauses between them; the last pause holds for all further ones, none given: the runner's own)."""
    written = text.strip()
    if len(written) > LONGEST_TEXT:
        raise TimerError(f"The retry cycle {text[:LONGEST_TEXT]!r}... is too long to be one.", text, FIX)
    if written.isascii() and written.isdigit():
        return _bounded(int(written), text), []
    if found := _REPEATED.fullmatch(written):
        return _bounded(int(found[1]), text), [_pause(found[2], text)]
    pauses = [_pause(part, text) for part in written.split(",")]
    return _bounded(len(pauses) + 1, text), pauses


def _pause(part: str, text: str) -> timedelta:
    duration = Duration.parse(part)
    if duration.months:
        raise TimerError(f"The retry cycle {text!r} counts in months, which have no fixed length.", text, FIX)
    try:
        return timedelta(days=duration.days) + duration.exact
    except OverflowError:
        raise TimerError(f"The retry cycle {text!r} has a pause without end.", text, FIX) from None


def _bounded(tries: int, text: str) -> int:
    if not 0 < tries <= MOST_TRIES:
        raise TimerError(f"The retry cycle {text!r} has {tries} tries; 1 to {MOST_TRIES} are possible.", text, FIX)
    return tries
