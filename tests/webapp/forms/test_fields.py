"""Fields: what is typed becomes a value of the field's kind, or a sentence that says what it should be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.forms.answers import Answers, meaning, read_answers, read_more
from webapp.forms.declared import from_variables, spoken
from webapp.forms.field import Field, Unreadable, read

KINDS = ("text", "multiline", "integer", "number", "decimal", "boolean", "date", "datetime", "choice", "json")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  as typed ", "  as typed "),
        ("multiline", "a\r\nb", "a\nb"),
        ("integer", " 12 ", 12),
        ("number", "1 200,50", 1200.5),
        ("number", "1200.5", 1200.5),
        ("number", "-3", -3.0),
        ("decimal", "0,10", Decimal("0.10")),
        ("boolean", "on", True),
        ("boolean", "", False),
        ("date", "2026-03-31", date(2026, 3, 31)),
        ("datetime", "2026-03-31T14:30", datetime(2026, 3, 31, 14, 30)),
        ("choice", "b", "b"),
        ("json", '["a", 1]', ["a", 1]),
        ("integer", "", None),
        ("text", "", None),
    ],
)
def test_a_text_becomes_a_value(kind, text, value):
    assert read(Field("x", "X", kind, options=(("a", "A"), ("b", "B"))), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "12.5"),
        ("number", "much"),
        ("number", "nan"),
        ("number", "inf"),
        ("decimal", "1,2,3"),
        ("decimal", "NaN"),
        ("date", "31.03.2026"),
        ("date", "2026-02-30"),
        ("datetime", "noon"),
        ("choice", "c"),
        ("json", "{"),
        ("json", "[" * 100_000),
        ("json", "NaN"),
        ("integer", "9" * 10_000),
    ],
)
def test_what_is_none_is_said_so(kind, text):
    with pytest.raises(Unreadable):
        read(Field("x", "X", kind, options=(("a", "A"),)), text)


@pytest.mark.parametrize(
    ("kind", "rules", "text", "good"),
    [
        ("number", {"min": "0"}, "-1", False),
        ("number", {"min": "0"}, "0", True),
        ("integer", {"max": "10"}, "11", False),
        ("text", {"minlength": "3"}, "ab", False),
        ("text", {"maxlength": "3"}, "abc", True),
        ("text", {"maxlength": "3"}, "abcd", False),
        ("text", {"maxlength": "nonsense"}, "abcd", True),
    ],
)
def test_rules_of_the_model_hold(kind, rules, text, good):
    asked = Field("x", "X", kind, rules=rules)
    if good:
        read(asked, text)
    else:
        with pytest.raises(Unreadable):
            read(asked, text)


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_no_text_breaks_a_field(kind, text):
    asked = Field("x", "X", kind, options=(("a", "A"),), rules={"min": "0", "maxlength": "9"})
    answers = read_answers([asked], {"field.x": text})
    assert "x" in answers.typed


values = st.one_of(
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1),
    st.lists(st.one_of(st.integers(), st.dates(), st.decimals(allow_nan=False))),
    st.dictionaries(st.text(max_size=5), st.booleans(), min_size=1),
)


@given(values)
def test_a_variable_that_is_shown_and_sent_back_is_the_same(value):
    (asked,) = from_variables({"x": value})
    text = ("on" if value else "") if asked.kind == "boolean" else asked.shown
    back = read_answers([asked], {"field.x": text}).values["x"]
    assert back == value
    assert type(back) is type(value)
    assert read_answers([asked], {"field.x": text}, changed_only=True).values == {}


def test_an_optional_field_left_empty_is_not_written_but_can_empty_what_was_there():
    fields = [Field("new", "New"), Field("old", "Old", value="x")]
    assert read_answers(fields, {"field.new": "", "field.old": ""}).values == {"old": None}


def test_what_was_not_sent_is_left_alone():
    fields = [
        Field("flag", "Flag", "boolean", value=True),
        Field("text", "Text", value="x"),
        Field("new", "New", required=True),
    ]
    answers = read_answers(fields, {})
    assert answers.values == {}
    assert set(answers.errors) == {"new"}


def test_what_may_not_be_written_is_not_read():
    assert read_answers([Field("x", "X", writable=False)], {"field.x": "y"}).values == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", True), ("No", False), ("12", 12), ("1.5", 1.5), ("ACME", "ACME"), ("[1]", [1]), ("", None)],
)
def test_what_is_added_by_name_means_what_it_looks_like(text, value):
    assert meaning(text) == value
    answers = Answers()
    read_more({"field.more.name": " x ", "field.more.value": text}, answers)
    assert answers.values == {"x": value}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("invoice_number", "Invoice number"),
        ("invoiceNumber", "Invoice number"),
        ("IBAN", "IBAN"),
        ("x", "X"),
        ("_", "_"),
    ],
)
def test_names_are_spoken(name, words):
    assert spoken(name) == words
