"""A value that is stored comes back as itself, of the same kind, or is refused with words."""

import json
import math
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Invalid, UnsupportedValue, ValueTooLarge
from engine.values import MARK, YearsMonths, decode, encode, read_json


def same(left, right):
    """Equal, and of the same kind at every level."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return len(left) == len(right) and all(
            same(a, b) and same(left[a], right[b]) for a, b in zip(left, right, strict=True)
        )
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float):
        if math.isnan(left):
            return math.isnan(right)
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    if isinstance(left, Decimal):
        return str(left) == str(right)
    if isinstance(left, (datetime, time)):
        return (
            left.replace(tzinfo=None) == right.replace(tzinfo=None)
            and left.fold == right.fold
            and left.utcoffset() == right.utcoffset()
            and getattr(left.tzinfo, "key", None) == getattr(right.tzinfo, "key", None)
        )
    return left == right


zones = st.sampled_from([None, UTC, ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-3, minutes=-30))])
texts = st.text(alphabet=st.characters(), max_size=20) | st.text(alphabet='\0$"\\\ud800\udfff\U0001f600', max_size=5)
keys = (
    texts
    | st.sampled_from([MARK, "", "typename", "__class__"])
    | st.integers()
    | st.booleans()
    | st.none()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.tuples(st.integers(), texts)
)
scalars = (
    keys
    | st.floats()
    | st.decimals()
    | st.binary(max_size=20)
    | st.datetimes(timezones=zones)
    | st.times(timezones=zones)
    | st.timedeltas()
    | st.integers(-(10**400), 10**400)
    | st.uuids()
    | st.builds(YearsMonths, st.integers())
    | st.frozensets(st.integers() | texts)
    | st.sets(st.integers() | st.tuples(texts, st.booleans()))
).filter(lambda value: type(value) is not tuple)
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@given(anything)
@settings(max_examples=400, deadline=None)
def test_what_is_stored_comes_back_the_same(value):
    text = encode(value)
    text.encode("utf-8")
    assert "\0" not in text
    assert "\\u0000" not in text.replace("\\\\", "")
    json.loads(text)
    assert same(decode(text), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\u00e9", '"a\u00e9"'),
        (1, "1"),
        (True, "true"),
        (1.0, "1.0"),
        (None, "null"),
        ([1, {"a": "b"}], '[1,{"a":"b"}]'),
    ],
)
def test_plain_values_are_plain_json(value, text):
    assert encode(value) == text


def test_a_tuple_becomes_a_list_but_stays_a_key():
    assert decode(encode({(1, ("a",)): (1, 2)})) == {(1, ("a",)): [1, 2]}


def test_kinds_that_extend_a_plain_one_are_kept_as_it():
    class Level(IntEnum):
        HIGH = 3

    assert same(decode(encode([Level.HIGH, OrderedDict(a=1)])), [3, {"a": 1}])


def test_the_repeated_hour_of_autumn_keeps_its_side():
    moment = datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)
    assert decode(encode(moment)).utcoffset() == timedelta(hours=1)


def test_a_zone_this_machine_does_not_know_keeps_its_offset():
    text = encode(datetime(2024, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))).replace("Europe/Berlin", "Mars/Olympus")
    assert decode(text) == datetime(2024, 7, 1, tzinfo=timezone(timedelta(hours=2)))


def test_size_depth_and_self_reference_are_refused():
    with pytest.raises(ValueTooLarge):
        encode("x" * 5_000_000)
    with pytest.raises(ValueTooLarge):
        encode("\u20ac" * 40, max_bytes=100)
    deep: list = []
    for _ in range(10_000):
        deep = [deep]
    with pytest.raises(ValueTooLarge):
        encode(deep)
    circle: dict = {}
    circle["me"] = [circle, circle]
    with pytest.raises(ValueTooLarge):
        encode(circle)
    bomb: list = ["lol"] * 10
    for _ in range(40):
        bomb = [bomb, bomb]
    with pytest.raises(ValueTooLarge):
        encode(bomb)


def test_ninety_levels_of_the_longest_form_are_kept():
    value: object = Decimal("1.10")
    for _ in range(90):
        value = {MARK: value, (1,): UUID(int=5)}
    assert decode(encode(value)) == value


@pytest.mark.parametrize("value", [object(), len, 1j, {"a": {object()}}, math, range(3)])
def test_other_kinds_are_refused_with_a_fix(value):
    with pytest.raises(UnsupportedValue) as refusal:
        encode(value)
    assert refusal.value.fix


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        "[Infinity]",
        '{"a":1,"a":2}',
        "1" * 5000,
        "1e999",
        "[" * 100_000,
        "[" * 900 + "]" * 900,
        b"\xff\xfe",
        '{"a":1} x',
        b"\x00",
    ],
)
def test_json_from_outside_is_read_strictly(text):
    with pytest.raises(Invalid):
        read_json(text)


def test_json_from_outside_is_data():
    assert read_json('{"__proto__":{"a":1},"$":["date","x"]}') == {"__proto__": {"a": 1}, "$": ["date", "x"]}
    assert decode(encode(read_json('{"$":["date","x"]}'))) == {"$": ["date", "x"]}
    assert read_json("[1.5, -3, 12345678901234567890]") == [1.5, -3, 12345678901234567890]


def test_a_date_is_no_datetime():
    assert type(decode(encode(date(2024, 1, 1)))) is date
