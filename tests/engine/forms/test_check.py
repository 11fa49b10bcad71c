"""Values held against declared fields: what fits passes, what contradicts is told in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms import KINDS, NEEDED, UNREADABLE, contradictions, rules_of


def problem(value: Any, **field: Any) -> str | None:
    return contradictions([{"id": "x", **field}], {"x": value}).get("x")


@pytest.mark.parametrize(
    ("type", "fits", "contradicts"),
    [
        ("string", "a", 1),
        ("long", 3, "3"),
        ("long", 3, True),
        ("double", 3, "3"),
        ("double", Decimal("0.1"), float("nan")),
        ("boolean", False, "false"),
        ("date", date(2026, 3, 1), "soon"),
        ("date", "2026-03-01", 20260301),
        ("list", ["a"], "a"),
    ],
)
def test_a_value_is_of_the_declared_type(type: str, fits: Any, contradicts: Any) -> None:
    assert problem(fits, type=type) is None
    assert problem(contradicts, type=type) == UNREADABLE[KINDS[type]]


@pytest.mark.parametrize(
    ("type", "rule", "fits", "breaks", "says"),
    [
        ("long", {"min": "5"}, 5, 4, "This must be at least 5."),
        ("double", {"max": "5"}, 5.0, 5.1, "This must be at most 5."),
        ("string", {"minlength": "2"}, "ab", "a", "Write at least 2 characters."),
        ("string", {"maxlength": "2"}, "ab", "abc", "Write at most 2 characters."),
        ("string", {"pattern": "[A-Z]{2}"}, "DE", "d", "This does not have the form that is asked for."),
    ],
)
def test_constraints_hold(type: str, rule: dict[str, str], fits: Any, breaks: Any, says: str) -> None:
    assert problem(fits, type=type, constraints=rule) is None
    assert problem(breaks, type=type, constraints=rule) == says


def test_a_choice_is_one_of_the_answers() -> None:
    options = [["a", "A"], ["b", "B"]]
    assert problem("a", type="enum", options=options) is None
    assert problem("c", type="enum", options=options) == UNREADABLE["choice"]


def test_what_is_needed_and_what_is_fixed() -> None:
    assert problem(None, required=True) == NEEDED
    assert contradictions([{"id": "x", "required": True}], {}) == {"x": NEEDED}
    assert contradictions([{"id": "x", "required": True, "value": "there"}], {}) == {}
    fixed = [{"id": "x", "writable": False, "value": "kept"}]
    assert contradictions(fixed, {"x": "other"}) == {"x": "This cannot be changed here."}
    assert contradictions(fixed, {"x": "kept"}) == {}


def test_a_type_that_nobody_knows_asks_nothing() -> None:
    assert problem(object(), type="com.example.Money") is None


def test_a_text_of_one_line_is_of_one_line() -> None:
    assert problem("Hi\r\nBcc: all@example.org", type="string") == "Write one line."
    assert problem("a\nb", type="text") == "Write one line."
    assert problem("a\nb", type="multiline") is None
    assert problem("ä\u2028b\tc", type="string") is None


def test_a_pattern_that_never_ends_holds_nobody_up() -> None:
    (rule,) = rules_of("multiline", {"pattern": "(a+)+b"})
    assert rule.broken_by("a" * 5000) in {True, False}


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(st.sampled_from(["min", "max", "minlength", "pattern"]), st.text()),
    st.text() | st.integers() | st.floats() | st.none() | st.booleans(),
)
def test_whatever_is_declared_and_given_there_is_an_answer(type: str, rules: dict[str, str], value: Any) -> None:
    said = problem(value, type=type, constraints=rules)
    assert said is None or said.endswith(".")
