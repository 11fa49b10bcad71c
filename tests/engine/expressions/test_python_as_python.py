"""Expressions give what Python itself gives, value and kind, or fail where it fails: on random expressions."""

import math
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import ExpressionError, compile_expression

VARIABLES = {
    "i": 7,
    "z": 0,
    "f": 2.5,
    "s": "Hello, World",
    "e": "",
    "n": None,
    "t": True,
    "d": Decimal("3.10"),
    "l": [3, 1, 2],
    "m": {"a": 1, "b": [1, 2]},
    "day": date(2024, 2, 29),
    "when": datetime(2024, 2, 29, 12, 30),
    "span": timedelta(days=1, hours=2),
}
BUILTINS = {
    name: {"math": math, "date": date, "datetime": datetime, "timedelta": timedelta, "Decimal": Decimal}[name]
    for name in ("math", "date", "datetime", "timedelta", "Decimal")
}

atoms = st.sampled_from(
    [*VARIABLES, "0", "1", "-3", "2.0", "'l'", "'o'", "[]", "[1, 2]", "(1, 'a')", "{'a': 2}", "None", "True"]
)


def larger(inner):
    binary = st.sampled_from(
        ["+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "not in"]
    )
    call = st.sampled_from(
        ["len", "str", "int", "float", "bool", "abs", "sum", "min", "max", "sorted", "any", "all", "list", "set"]
    )
    method = st.sampled_from(
        [
            "upper()",
            "split()",
            "strip('H')",
            "replace('l', 'LL')",
            "find('o')",
            "get('a')",
            "count(1)",
            "isoformat()",
            "keys()",
        ]
    )
    attribute = st.sampled_from(["year", "days", "month", "hour"])
    return st.one_of(
        st.builds("({} {} {})".format, inner, binary, inner),
        st.builds("({} < {} <= {})".format, inner, inner, inner),
        st.builds("{}({})".format, call, inner),
        st.builds("({}).{}".format, inner, method),
        st.builds("({}).{}".format, inner, attribute),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({})[{}:]".format, inner, st.integers(-3, 3)),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("({} is None)".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("[x for x in {} if x != {}]".format, inner, inner),
        st.builds("[({}, x) for x in {}]".format, inner, inner),
        st.builds("{{x: {} for x in {}}}".format, inner, inner),
        st.builds("f'{{{}}}-{{{}!r}}'".format, st.sampled_from(list(VARIABLES)), st.sampled_from(list(VARIABLES))),
        st.builds("math.floor({})".format, inner),
        st.builds("round({}, 1)".format, inner),
    )


expressions = st.recursive(atoms, larger, max_leaves=8)


def plain(value):
    """Views and iterators as lists: an expression's results are values."""
    return list(value) if type(value).__name__ in ("dict_keys", "dict_values", "dict_items") else value


def same(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right or (left != left and right != right)


@given(expressions)
@settings(max_examples=600, deadline=None)
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_a_random_expression_is_what_python_makes_of_it(text):
    found = outcome(lambda: compile_expression(text, "python").evaluate(VARIABLES), ExpressionError)
    expected = outcome(lambda: plain(eval(text, BUILTINS | VARIABLES)), Exception)
    if isinstance(found, Exception) and not isinstance(expected, Exception):
        # A text formatted with % has no bound.
        assert "%" in found.message, text
    elif isinstance(expected, Exception) and not isinstance(found, Exception):
        # Ours alone: a decimal meets a float, an entry of a dictionary is read as a member.
        assert "decimal.Decimal" in str(expected) or "'dict' object has no attribute" in str(expected), text
    else:
        assert isinstance(found, Exception) or same(found, expected), (text, found, expected)


def outcome(run, failure):
    try:
        return run()
    except failure as error:
        return error
