"""Times as timers write them."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.jobs.retry import LONGEST_WAIT, next_try, tries_of
from engine.jobs.schedule import parse_cycle, parse_date, parse_duration

NOW = datetime(2024, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("PT15M", datetime(2024, 1, 31, 12, 15, tzinfo=UTC)),
        ("P1M", datetime(2024, 2, 29, 12, tzinfo=UTC)),
        ("P1Y1M", datetime(2025, 2, 28, 12, tzinfo=UTC)),
        ("P2W", datetime(2024, 2, 14, 12, tzinfo=UTC)),
        ("P1DT1H0.5S", datetime(2024, 2, 1, 13, 0, 0, 500_000, tzinfo=UTC)),
        ("-PT1H", datetime(2024, 1, 31, 11, tzinfo=UTC)),
    ],
)
def test_a_duration_later(text, later):
    assert parse_duration(text).after(NOW) == later


def test_cycles():
    three = parse_cycle("R3/PT10M")
    assert (three.times, three.first(NOW)) == (3, NOW + timedelta(minutes=10))
    for_ever = parse_cycle("R/2024-01-01T00:00:00Z/P1D")
    assert (for_ever.times, for_ever.first(NOW)) == (None, datetime(2024, 1, 1, tzinfo=UTC))
    ending = parse_cycle("R/PT1H/2024-01-31T13:30:00Z")
    assert ending.next(NOW) == NOW + timedelta(hours=1)
    assert ending.next(NOW + timedelta(hours=1)) is None
    between = parse_cycle("R5/2024-01-01/2024-01-03")
    assert between.duration.exact == timedelta(days=2)


@pytest.mark.parametrize("text", ["", "P", "PT", "15 minutes", "1D", "PT-5M"])
def test_no_duration(text):
    with pytest.raises(Invalid):
        parse_duration(text)


@pytest.mark.parametrize(
    "text", ["R3", "R3/PT0S", "R/x/y", "3/PT1M", "R1/P1D/P1D", "R1/a/b/c", "R2/2024-01-03/2024-01-01"]
)
def test_no_cycle(text):
    with pytest.raises(Invalid):
        parse_cycle(text)


def test_dates_without_zone_are_utc():
    assert parse_date("2024-01-31T12:00:00") == NOW
    assert parse_date("2024-01-31T13:00:00+01:00") == NOW
    with pytest.raises(Invalid):
        parse_date("tomorrow")


def test_beyond_the_calendar():
    with pytest.raises(Invalid):
        parse_duration("P99999999999D")
    for text in ("P9000Y", "P9999999D", "-P3000Y"):
        with pytest.raises(Invalid):
            parse_duration(text).after(NOW)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for parse in (parse_duration, parse_date, parse_cycle):
        with contextlib.suppress(Invalid):
            parse(text)


def test_waits_double_up_to_a_bound():
    waits = [next_try(NOW, tries) - NOW for tries in range(1, 60)]
    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_the_models_own_waits():
    assert next_try(NOW, 2, "R3/PT5M") - NOW == timedelta(minutes=5)
    assert [next_try(NOW, n, "PT1M,PT2M") - NOW for n in (1, 2, 3)] == [timedelta(minutes=n) for n in (1, 2, 2)]
    assert next_try(NOW, 1, "soon") == next_try(NOW, 1)
    assert (tries_of("R7/PT5M"), tries_of("PT1M,PT2M"), tries_of(None), tries_of("R/PT1M")) == (7, 3, 3, 3)
