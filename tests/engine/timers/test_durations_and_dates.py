"""Dates and durations: what they mean, on the calendar, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.timers import Duration, TimerError, due_date, due_duration

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("PT0S", NOW),
        ("PT10H", datetime(2026, 1, 31, 22, tzinfo=UTC)),
        ("PT1.5S", datetime(2026, 1, 31, 12, 0, 1, 500_000, tzinfo=UTC)),
        ("PT0,5H", datetime(2026, 1, 31, 12, 30, tzinfo=UTC)),
        ("P1.5D", datetime(2026, 2, 2, 0, tzinfo=UTC)),
        ("P0.5W", datetime(2026, 2, 4, 0, tzinfo=UTC)),
        ("P2W", datetime(2026, 2, 14, 12, tzinfo=UTC)),
        ("P1M", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("P0.5Y", datetime(2026, 7, 31, 12, tzinfo=UTC)),
        ("P1Y2M3DT4H5M6S", datetime(2027, 4, 3, 16, 5, 6, tzinfo=UTC)),
        ("P0001-02-03T04:05:06", datetime(2027, 4, 3, 16, 5, 6, tzinfo=UTC)),
        (" pt5m ", datetime(2026, 1, 31, 12, 5, tzinfo=UTC)),
        ("PT36H", datetime(2026, 2, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_duration_is_added_to_now(text: str, due: datetime) -> None:
    assert due_duration(text, NOW) == due


def test_a_length_of_time_may_be_given_instead_of_a_text() -> None:
    assert due_duration(timedelta(days=1, seconds=1.5), NOW) == NOW + timedelta(days=1, seconds=1.5)


def test_a_day_is_a_day_of_the_zone_and_24_hours_are_24_hours() -> None:
    """The clocks go forward in Berlin on 2026-03-29."""
    before = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    assert due_duration("P1D", before, BERLIN) == datetime(2026, 3, 29, 12, tzinfo=BERLIN)
    assert due_duration("PT24H", before, BERLIN) == datetime(2026, 3, 29, 13, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "5", "P1", "PT1H30", "1D", "-PT1H", "P-1D", "P1.5Y2M", "PT1.5H30M", "P1.5M", "P１D", "P1H"],
)
def test_what_is_no_duration_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(TimerError) as refused:
        due_duration(text, NOW)
    assert refused.value.text == text
    assert refused.value.fix


@pytest.mark.parametrize(
    "text", ["P9999Y", "PT" + "9" * 30 + "H", "P" + "9" * 150 + "M", "P" + "1" * 500 + "D", "P99999999D"]
)
def test_a_duration_past_the_year_9999_is_refused(text: str) -> None:
    with pytest.raises(TimerError):
        due_duration(text, NOW)


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(TimerError, match="negative"):
        due_duration(timedelta(seconds=-1), NOW)


@pytest.mark.parametrize(
    ("value", "due"),
    [
        ("2026-05-01T10:00:00Z", datetime(2026, 5, 1, 10, tzinfo=UTC)),
        ("2026-05-01T10:00:00.25+02:00", datetime(2026, 5, 1, 8, 0, 0, 250_000, tzinfo=UTC)),
        ("20260501T100000Z", datetime(2026, 5, 1, 10, tzinfo=UTC)),
        ("2026-05-01T10:00", datetime(2026, 5, 1, 8, tzinfo=UTC)),
        ("2026-05-01", datetime(2026, 4, 30, 22, tzinfo=UTC)),
        ("2026-06", datetime(2026, 5, 31, 22, tzinfo=UTC)),
        ("2027", datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ("2026-05-01Z", datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-01+05:30", datetime(2026, 4, 30, 18, 30, tzinfo=UTC)),
        ("2026-05-01T10:00:00-04:00[America/New_York]", datetime(2026, 5, 1, 14, tzinfo=UTC)),
        ("2026-05-01T10:00:00[America/New_York]", datetime(2026, 5, 1, 14, tzinfo=UTC)),
        ("PT1H", datetime(2026, 1, 31, 13, tzinfo=UTC)),
        (date(2026, 5, 1), datetime(2026, 4, 30, 22, tzinfo=UTC)),
        (datetime(2026, 5, 1, 10), datetime(2026, 5, 1, 8, tzinfo=UTC)),
        (datetime(2026, 5, 1, 10, tzinfo=timezone(timedelta(hours=1))), datetime(2026, 5, 1, 9, tzinfo=UTC)),
    ],
)
def test_a_date_is_a_moment_in_utc_read_in_the_zone(value: str | date, due: datetime) -> None:
    found = due_date(value, NOW, BERLIN)
    assert found == due
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-13-01",
        "2026-02-30",
        "10:00",
        "2026-05-01T10:00[Nowhere/Land]",
        "2026-05-01T10:00[../../etc]",
        "9" * 400,
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(TimerError):
        due_date(text, NOW)


def test_a_date_that_utc_cannot_hold_is_refused() -> None:
    with pytest.raises(TimerError):
        due_date("9999-12-31T23:59:59-10:00", NOW)


@given(st.text(max_size=40))
def test_no_text_whatever_raises_anything_else(text: str) -> None:
    for read in (due_date, due_duration):
        try:
            found = read(text, NOW)
        except Invalid:
            continue
        assert found.tzinfo is UTC


@given(st.integers(0, 100), st.integers(0, 40), st.integers(0, 60), st.integers(0, 10**6), st.integers(0, 50))
def test_periods_never_run_backwards(months: int, days: int, hours: int, seconds: int, times: int) -> None:
    period = Duration.parse(f"P{months}M{days}DT{hours}H{seconds}S")
    assert period.after(NOW, BERLIN, times) <= period.after(NOW, BERLIN, times + 1)
