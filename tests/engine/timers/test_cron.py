"""Cron expressions of Quartz, Spring and unix."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.timers import Cycle, TimerError
from engine.timers.cron import Cron

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)  # a Saturday


def following(text: str, number: int = 1, now: datetime = NOW) -> str:
    cron, moment = Cron.parse(text), now
    for _ in range(number):
        found = cron.after(moment)
        assert found is not None
        moment = found
    return moment.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("0 0/5 * * * ?", "2026-01-31 12:05:00"),
        ("*/10 * * * * *", "2026-01-31 12:00:10"),
        ("0 0 9 * * MON-FRI", "2026-02-02 09:00:00"),
        ("0 0 9 * * 1", "2026-02-02 09:00:00"),
        ("0 0 9 ? * 1", "2026-02-01 09:00:00"),
        ("0 0 9 ? * 7", "2026-02-07 09:00:00"),
        ("0 0 9 * * 7", "2026-02-01 09:00:00"),
        ("0 0 9 * * 0", "2026-02-01 09:00:00"),
        ("0 0 9 * * 5-7", "2026-02-01 09:00:00"),
        ("0 0 0 L * ?", "2026-02-28 00:00:00"),
        ("0 0 0 L-2 * ?", "2026-02-26 00:00:00"),
        ("0 0 0 LW * ?", "2026-02-27 00:00:00"),
        ("0 0 0 15W * ?", "2026-02-16 00:00:00"),
        ("0 0 0 1W * ?", "2026-02-02 00:00:00"),
        ("0 0 0 ? * 6L", "2026-02-27 00:00:00"),
        ("0 0 0 ? * FRIL", "2026-02-27 00:00:00"),
        ("0 0 0 ? * 6#3", "2026-02-20 00:00:00"),
        ("0 0 0 ? * L", "2026-02-07 00:00:00"),
        ("0 0 0 29 2 ?", "2028-02-29 00:00:00"),
        ("0 0 0 29 2 ? 2032-2040", "2032-02-29 00:00:00"),
        ("0 0 0 1 jan ? 2099", "2099-01-01 00:00:00"),
        ("0 0 22-2 * * ?", "2026-01-31 22:00:00"),
        ("0 0 0 1 NOV-FEB ?", "2026-02-01 00:00:00"),
        ("0 0 0 * * FRI-MON", "2026-02-01 00:00:00"),
        ("30 9 * * 1-5", "2026-02-02 09:30:00"),
        ("0 0 13 * 5", "2026-02-06 00:00:00"),
        ("@daily", "2026-02-01 00:00:00"),
        ("@hourly", "2026-01-31 13:00:00"),
    ],
)
def test_the_next_moment(text: str, due: str) -> None:
    assert following(text) == due


def test_unix_takes_either_day_and_spring_both() -> None:
    assert following("0 0 13 * 5", 2) == "2026-02-13 00:00:00"
    assert following("0 0 0 13 * 5") == "2026-02-13 00:00:00"


def test_29_february_on_a_monday_is_found_in_its_year() -> None:
    assert following("0 0 0 29 2 MON") == "2044-02-29 00:00:00"


def test_the_flavour_can_be_said() -> None:
    assert Cron.parse("0 0 9 ? * 1", "spring").after(NOW) == datetime(2026, 2, 2, 9, tzinfo=UTC)
    assert Cron.parse("0 0 9 * * 1", "quartz").after(NOW) == datetime(2026, 2, 1, 9, tzinfo=UTC)


def test_wall_clock_of_a_zone_across_the_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    cron = Cron.parse("0 30 2 * * *")
    # 02:30 does not exist on 29 March 2026: it fires when the gap is over.
    assert cron.after(datetime(2026, 3, 29, 0, tzinfo=UTC), berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    # 02:30 exists twice on 25 October 2026: it fires once.
    first = cron.after(datetime(2026, 10, 24, 22, tzinfo=UTC), berlin)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert cron.after(first, berlin) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "0 0 0 30 2 ?",
        "0 0 0 31 4,6 ?",
        "0 0 0 30 FEB MON",
        "0 0 0 29 2 ? 2027",
        "60 0 0 * * *",
        "0 0 24 * * *",
        "0 0 0 0 * *",
        "0 0 0 * 13 *",
        "0 0 0 * * 8",
        "0 0 0 ? * 0",
        "0 0 0 ? * 6#6",
        "0 */0 * * * *",
        "0 1-x * * * *",
        "0 ,1 * * * *",
        "* * * *",
        "0 0 0 1 1 ? 2020 1",
        "0 0 0 40W * ?",
    ],
)
def test_what_is_wrong_or_never_comes_is_refused(text: str) -> None:
    with pytest.raises(TimerError):
        Cron.parse(text)


def test_years_that_are_over_are_refused_as_a_cycle() -> None:
    with pytest.raises(TimerError, match="still to come"):
        Cycle.parse("0 0 0 1 1 ? 2020", NOW)


def test_a_cron_cycle_goes_on_for_ever() -> None:
    cycle = Cycle.parse("0 0 * * * ?", NOW)
    again = cycle.next(datetime(2026, 2, 1, 6, 30, tzinfo=UTC))
    assert again is not None
    assert (cycle.due.hour, again.due.hour, again.remaining) == (13, 7, None)
