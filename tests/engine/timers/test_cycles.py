"""Cycles: how often they fire, when, and what happens to firings that nobody saw."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.timers import Cycle, TimerError

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def firings(text: str, now: datetime = NOW, most: int = 10) -> list[datetime]:
    """When a cycle fires if each firing is seen at once, at most `most` of them."""
    found: list[datetime] = []
    cycle: Cycle | None = Cycle.parse(text, now)
    while cycle and len(found) < most:
        found.append(cycle.due)
        cycle = cycle.next(cycle.due)
    return found


def at(day: int, hour: int = 0, month: int = 1, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_r3_fires_three_times() -> None:
    assert firings("R3/PT10H") == [NOW + timedelta(hours=hours) for hours in (10, 20, 30)]


def test_r_fires_for_ever() -> None:
    assert firings("R/PT1M", most=100)[-1] == NOW + timedelta(minutes=100)
    assert Cycle.parse("R-1/PT1M", NOW).remaining is None


def test_a_start_is_the_first_firing() -> None:
    assert firings("R3/2026-02-01T00:00:00Z/P1D") == [at(1, month=2), at(2, month=2), at(3, month=2)]


def test_a_start_in_the_past_leaves_what_is_still_to_come() -> None:
    assert firings("R4/2026-01-30T00:00:00Z/P1D") == [at(1, month=2), at(2, month=2)]


def test_an_end_is_the_last_firing() -> None:
    assert firings("R3/PT1H/2026-02-01T12:00:00Z") == [at(1, hour, month=2) for hour in (10, 11, 12)]
    assert firings("R5/PT1H/2026-01-31T14:00:00Z") == [at(31, hour) for hour in (12, 13, 14)]
    assert firings("R/PT1H/2026-01-31T14:30:00Z") == [
        datetime(2026, 1, 31, hour, 30, tzinfo=UTC) for hour in (12, 13, 14)
    ]


@pytest.mark.parametrize(
    "text", ["R2/2020-01-01T00:00:00Z/P1D", "R2/P1D/2020-01-01T00:00:00Z", "R/P1D/2020-01-01T00:00Z"]
)
def test_what_lies_wholly_in_the_past_fires_once_at_once(text: str) -> None:
    assert firings(text) == [NOW]


def test_months_count_from_the_day_it_began() -> None:
    assert [moment.day for moment in firings("R4/P1M")] == [28, 31, 30, 31]


def test_missed_firings_are_left_out_and_count() -> None:
    cycle = Cycle.parse("R3/PT10H", NOW)
    late = cycle.next(cycle.due, NOW + timedelta(hours=25))
    assert late is not None
    assert (late.due, late.remaining) == (NOW + timedelta(hours=30), 0)
    assert late.next(NOW + timedelta(hours=31)) is None
    assert cycle.next(NOW + timedelta(hours=35)) is None


def test_one_fired_before_its_time_comes_again_at_its_time_and_counts() -> None:
    cycle = Cycle.parse("R3/PT10H", NOW)
    early = cycle.next(cycle.due, NOW + timedelta(hours=1))
    assert early is not None
    assert (early.due, early.remaining) == (cycle.due, 1)


def test_until_stops_what_would_come_after_it() -> None:
    cycle = Cycle.parse("0 0 * * * ?", NOW, until=NOW + timedelta(hours=2))
    again = cycle.next(cycle.due)
    assert again is not None
    assert again.next(again.due) is None


def test_an_end_in_flowable_only_stops_what_would_come_after_it() -> None:
    text = "R5/PT1H/2026-01-31T14:30:00Z"
    cycle = Cycle.parse(text, NOW, flavour="flowable")
    again = cycle.next(cycle.due, flavour="flowable")
    assert again is not None
    assert (cycle.due.hour, again.due.hour) == (13, 14)
    assert again.next(again.due, flavour="flowable") is None


def test_a_stored_cycle_goes_on_with_and_without_its_anchor() -> None:
    cycle = Cycle.parse("R3/PT10H", NOW)
    for stored in (
        Cycle(cycle.due, cycle.remaining, cycle.text, cycle.anchor),
        Cycle(cycle.due, cycle.remaining, cycle.text),
    ):
        again = stored.next(stored.due)
        assert again is not None
        assert (again.due, again.remaining) == (NOW + timedelta(hours=20), 1)


def test_a_server_that_slept_for_years_finds_the_next_firing_at_once() -> None:
    late = Cycle.parse("R/PT1S", NOW).next(NOW + timedelta(days=365 * 1000))
    assert late is not None
    assert late.due == NOW + timedelta(days=365 * 1000, seconds=1)


def test_a_cycle_of_days_keeps_to_the_zones_wall_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    cycle: Cycle | None = Cycle.parse("R/2026-03-28T09:00:00/P1D", NOW, zone=berlin)
    assert cycle
    following = cycle.next(cycle.due, zone=berlin)
    assert following
    assert following.due.astimezone(berlin).hour == 9


@pytest.mark.parametrize(
    "text",
    [
        "R3",
        "R3/",
        "R0/PT1H",
        "R-2/PT1H",
        "R-/PT1H",
        "R3/PT0S",
        "R3/PT1H/PT2H",
        "R3/2026-01-01/2027-01-01",
        "R3/a/PT1H",
        "RX/PT1H",
        "R99999999999999999999/PT1H",
        "R3/2026-01-01T00:00:00Z/P1D/2027-01-01T00:00:00Z",
        "PT10H",
        "often",
        "",
    ],
)
def test_what_is_no_cycle_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(TimerError) as refused:
        Cycle.parse(text, NOW)
    assert refused.value.text in text
    assert refused.value.fix


@given(st.one_of(st.text(max_size=40), st.text("R0123456789/PTMHDS-:Z*?LW#, ", max_size=40)))
def test_no_text_whatever_raises_anything_else(text: str) -> None:
    try:
        cycle = Cycle.parse(text, NOW)
        following = cycle.next(cycle.due)
    except Invalid:
        return
    assert cycle.due >= NOW
    assert following is None or following.due > cycle.due


@given(
    st.sampled_from(["PT7M", "P1D", "P1M", "P1Y3M", "P5W"]),
    st.integers(1, 20),
    st.lists(st.integers(0, 10**7), max_size=20),
)
def test_however_late_it_is_seen_a_cycle_fires_at_most_its_number(period: str, times: int, delays: list[int]) -> None:
    cycle: Cycle | None = Cycle.parse(f"R{times}/{period}", NOW)
    now, fired = NOW, 0
    for delay in delays:
        if cycle is None:
            break
        now = max(now, cycle.due) + timedelta(seconds=delay)
        fired += 1
        following = cycle.next(now)
        assert following is None or following.due > now
        cycle = following
    assert fired <= times
