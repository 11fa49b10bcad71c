"""FEEL's calendar: as Python's where Python has one, and further."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import UnsupportedValue
from engine.expressions import compile_expression, compile_feel
from engine.values import encode


def evaluate(text, **variables):
    return compile_expression(text, "feel").evaluate(variables)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('@"-2021-01-01" + @"P1M"', "-2021-02-01"),
        ('@"2024-02-29" + @"P8000Y"', "10024-02-29"),
        ('@"2024-02-29" - @"P2025Y"', "-0001-02-28"),
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"10000-01-01" - @"P1D"', "9999-12-31"),
        ('@"-2021-01-01T10:10:10+11:00" - @"PT11H"', "-2022-12-31T23:10:10+11:00"),
        ('date("999999999-12-31")', "999999999-12-31"),
        ('@"2024-01-01T00:00:00.000000001" + @"PT0.999999999S"', "2024-01-01T00:00:01"),
        ('time("23:59:59.5") + @"PT1S"', "00:00:00.5"),
        ('time("10:00:00@Europe/Berlin")', "10:00:00@Europe/Berlin"),
        ('@"10001-01-01" - @"9999-01-01"', "P731D"),
        ('date and time("2024-12-31T24:00:00Z")', "2025-01-01T00:00:00Z"),
        ('-@"P1DT0.000000001S"', "-P1DT0.000000001S"),
        ('date(date and time("-0044-03-15T12:00:00"))', "-0044-03-15"),
        ('time(date and time("-0044-03-15T12:00:00"))', "12:00:00"),
    ],
)
def test_the_calendar_goes_on(text, shown):
    assert evaluate(f"string({text})") == shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"-2021-01-01".year', -2021),
        ('@"12024-02-29".month', 2),
        ('day of week(@"12024-02-29") = day of week(@"2024-02-29")', True),
        ('@"-2021-01-01" < @"2021-01-01" and @"12021-01-01" > @"2021-01-01"', True),
        ('@"10:00:00.000000001" > @"10:00:00"', True),
        ('@"-2021-01-01" instance of date', True),
        ('@"-2021-01-01T00:00:00Z" = @"-2021-01-01T00:00:00"', None),
        ('@"999999999-12-31" + @"P1D"', None),
        ('@"2023-02-29"', None),
        ('@"2023-02-28T25:00:00"', None),
        ('years and months duration(@"-0001-01-01", @"0001-01-01").years', 2),
    ],
)
def test_far_dates_are_dates(text, value):
    assert evaluate(text) == value


def test_what_is_finer_than_a_microsecond_is_cut_where_it_leaves():
    text = '[date and time("2024-05-01T10:00:00.123456789Z")]'
    assert evaluate(text) == [datetime(2024, 5, 1, 10, 0, 0, 123456, tzinfo=UTC)]
    assert compile_feel(text, exact=True).evaluate({})[0].nanos == 789


def test_a_date_that_no_variable_keeps_is_refused_when_stored():
    with pytest.raises(UnsupportedValue):
        encode(evaluate('@"12024-01-01"'))


moments = st.datetimes(datetime(1000, 1, 1), datetime(3000, 1, 1), timezones=st.sampled_from([None, UTC]))
spans = st.timedeltas(timedelta(days=-10_000), timedelta(days=10_000))


@given(moments, spans)
@settings(max_examples=200, deadline=None)
def test_near_dates_are_pythons(moment, span):
    assert evaluate("m + s", m=moment, s=span) == moment + span
    assert evaluate("m - s", m=moment, s=span) == moment - span
    assert evaluate("(m + s) - m", m=moment, s=span) == span
    assert evaluate("d + s", d=moment.date(), s=span) == moment.date() + timedelta(days=span.days)
    assert evaluate("m < m + s", m=moment, s=span) is (span > timedelta(0))


@given(st.dates(), st.times(), spans)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_again(day, clock, span):
    for value in (day, clock, span, datetime.combine(day, clock)):
        back = {date: "date", time: "time", timedelta: "duration", datetime: "date and time"}[type(value)]
        assert evaluate(f"{back}(string(x)) = x", x=value) is True
