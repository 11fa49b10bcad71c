"""What every language of expressions holds to, told once and asked of each."""

import contextlib
import threading
import time
from datetime import date, datetime
from decimal import Decimal

import pytest

from engine.errors import Invalid
from engine.expressions import LANGUAGES, ExpressionError, OverBudget, check_script, compile_expression, run_script

SPOKEN = [name for name in LANGUAGES if name != "text"]
# One thing to say, and how each language says it.
SAYINGS = {
    "a variable": {"python": "x", "juel": "${x}", "feel": "x", "groovy": "x"},
    "more than": {"python": "n > 100", "juel": "${n > 100}", "feel": "n > 100", "groovy": "n > 100"},
    "a part": {
        "python": "order.lines[0].price",
        "juel": "${order.lines[0].price}",
        "feel": "order.lines[1].price",
        "groovy": "order.lines[0].price",
    },
    "a choice": {
        "python": "'a' if n > 1 else 'b'",
        "juel": "${n > 1 ? 'a' : 'b'}",
        "feel": 'if n > 1 then "a" else "b"',
        "groovy": "n > 1 ? 'a' : 'b'",
    },
    "a function": {"python": "twice(n)", "juel": "${twice(n)}", "feel": "twice(n)", "groovy": "twice(n)"},
    "half a sum": {"python": "1 +", "juel": "${1 +}", "feel": "1 +", "groovy": "1 +"},
    "the inside": {"python": "x.__class__", "juel": "${x.__class__}", "feel": "x.__class__", "groovy": "x.__class__"},
    "a member": {"python": "engine.id", "juel": "${engine.id}", "feel": None, "groovy": "engine.id"},
    "a hidden member": {
        "python": "engine.secret",
        "juel": "${engine.secret}",
        "feel": "engine.secret",
        "groovy": "engine.secret",
    },
    "too much": {
        "python": "[x for a in range(9999) for b in range(9999)]",
        "juel": "${'a'.repeat(99999999)}",
        "feel": "for a in 1..9999, b in 1..9999 return a",
        "groovy": "while (true) { x = x + 1 }",
    },
}


class Engine:
    expression_members = frozenset({"id"})
    id = "e-1"
    secret = "no"


def say(what, language, variables, **functions):
    return compile_expression(SAYINGS[what][language], language).evaluate(variables, functions)


@pytest.fixture(params=SPOKEN)
def language(request):
    return request.param


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1,
        1.5,
        "a",
        Decimal("1.10"),
        date(2024, 1, 1),
        datetime(2024, 1, 1),
        b"x",
        [1, {"a": None}],
        {"k": [2]},
    ],
)
def test_a_variable_is_passed_on_as_it_is(language, value):
    found = say("a variable", language, {"x": value})
    assert found == value
    assert type(found) is type(value)


def test_conditions_parts_choices_and_functions(language):
    assert say("more than", language, {"n": 150}) is True
    assert say("more than", language, {"n": Decimal("99.9")}) is False
    assert say("a part", language, {"order": {"lines": [{"price": 7}]}}) == 7
    assert say("a choice", language, {"n": 0}) == "b"
    assert say("a function", language, {"n": 4, "twice": "evil"}, twice=lambda number: number * 2) == 8


def test_the_names_it_reads_are_known(language):
    assert compile_expression(SAYINGS["a part"][language], language).names == {"order"}


def test_what_is_not_written_right_is_refused_with_its_place(language):
    text = SAYINGS["half a sum"][language]
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, language)
    assert (caught.value.text, caught.value.language) == (text, language)
    assert caught.value.position in range(len(text) + 1)
    assert isinstance(caught.value, Invalid)


def test_the_inside_of_a_value_is_out_of_reach(language):
    try:
        found = say("the inside", language, {"x": "text"})
    except ExpressionError:
        return
    assert found is None


def test_an_object_of_the_engine_shows_its_members_only(language):
    if SAYINGS["a member"][language]:
        assert say("a member", language, {"engine": Engine()}) == "e-1"
    try:
        found = say("a hidden member", language, {"engine": Engine()})
    except ExpressionError:
        return
    assert found is None


def test_what_costs_too_much_ends(language):
    with pytest.raises(OverBudget):
        say("too much", language, {"x": 1})


def test_depth_is_bounded_also_far_down_the_stack(language):
    def deep(levels):
        text = "(" * levels + "1" + ")" * levels
        return compile_expression("${" + text + "}" if language == "juel" else text, language).evaluate({})

    def further_down(levels):
        return further_down(levels - 1) if levels else deep(60)

    assert further_down(200) == 1
    with pytest.raises(ExpressionError):
        deep(5000)


def test_one_compiled_expression_serves_many_threads(language):
    compiled = compile_expression(SAYINGS["a choice"][language], language)
    wrong = []

    def work(n):
        for _ in range(200):
            if compiled.evaluate({"n": n}) != ("a" if n > 1 else "b"):
                wrong.append(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_script_can_be_checked_before_it_runs(language):
    with pytest.raises(ExpressionError):
        check_script(SAYINGS["half a sum"][language], language)
    check_script(SAYINGS["more than"][language], language)
    assert run_script(SAYINGS["more than"][language], language, {"n": 1}).value is False


@pytest.mark.parametrize("language", ["javascript", "text/x-unknown", "", "Python"])
def test_a_language_that_is_not_here_is_refused_by_name(language):
    for attempt in (lambda: compile_expression("1", language), lambda: run_script("1", language, {})):
        with pytest.raises(ExpressionError) as caught:
            attempt()
        assert "python" in caught.value.fix


def test_a_constant_is_itself():
    text = "${x} " * 20_000
    assert compile_expression(text, "text").evaluate({}) is text


@pytest.mark.parametrize(
    "shape",
    ["(", "[", "{", "{a:", "a[", "a.", "a(", "/* ", "/*", "//", "${", '"', "'", "-", "!", "not ", "a ? ", "if a then "],
)
def test_no_text_takes_long_to_read(language, shape):
    for text in (shape * (60_000 // len(shape)), "${" + shape * (50_000 // len(shape))):
        started = time.monotonic()
        with contextlib.suppress(ExpressionError):
            compile_expression(text, language)
        assert time.monotonic() - started < 5
