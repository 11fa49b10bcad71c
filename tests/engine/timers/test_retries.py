"""Retry cycles: how many tries, how far apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.timers import TimerError, parse_retry_cycle

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "tries", "pauses"),
    [
        ("R3/PT5M", 3, [5 * MINUTE]),
        ("PT5M,PT10M", 3, [5 * MINUTE, 10 * MINUTE]),
        ("PT5M", 2, [5 * MINUTE]),
        (" 5 ", 5, []),
        ("R1/P1D", 1, [timedelta(days=1)]),
    ],
)
def test_tries_and_pauses(text: str, tries: int, pauses: list[timedelta]) -> None:
    assert parse_retry_cycle(text) == (tries, pauses)


@pytest.mark.parametrize(
    "text", ["", "0", "often", "R0/PT5M", "R3/P1M", "PT5M,", "R9999/PT1S", "1001", "R3", "R/PT5M", "9" * 999]
)
def test_what_is_no_retry_cycle_is_refused(text: str) -> None:
    with pytest.raises(TimerError):
        parse_retry_cycle(text)
