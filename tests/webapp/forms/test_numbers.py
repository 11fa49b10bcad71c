"""Numbers are read as the reader's language writes them, and stand in a field so that they are read back alike."""

from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from webapp.forms.field import Field, Unreadable, read


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "1.200", "1200"),
        ("de", "1.234,50", "1234.50"),
        ("de", "1 234,50", "1234.50"),
        ("de", "12,5", "12.5"),
        ("de", "12.5", "12.5"),
        ("de", "-1.200.000", "-1200000"),
        ("en", "1,200", "1200"),
        ("en", "1,234.50", "1234.50"),
        ("en", "12,5", "12.5"),
        ("en", "1'200.5", "1200.5"),
    ],
)
def test_marks_between_thousands_and_before_decimals(app, language, text, value):
    with app.test_request_context(headers={"Accept-Language": language}):
        assert read(Field("x", "X", "decimal"), text) == Decimal(value)
        assert read(Field("x", "X", "number"), text) == float(value)


@pytest.mark.parametrize("text", ["1.2.3", "1,2,3", "12.34.56", "1.200,5,5"])
def test_what_no_language_writes_is_no_number(app, text):
    for language in ("de", "en"):
        with app.test_request_context(headers={"Accept-Language": language}), pytest.raises(Unreadable):
            read(Field("x", "X", "decimal"), text)


def test_an_integer_may_have_its_thousands_marked(app):
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert read(Field("x", "X", "integer"), "1.200") == 1200


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_what_stands_in_a_field_is_read_back_as_it_was(value):
    for language in ("de", "en"):
        with Flask("numbers").test_request_context(headers={"Accept-Language": language}):
            assert read(Field("x", "X", "decimal"), Field("x", "X", "decimal", value).shown) == value
