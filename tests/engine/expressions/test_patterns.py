"""Regular expressions: as Python's where the two agree, and never without an end."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import OverBudget
from engine.expressions.evaluation import Evaluation
from engine.expressions.patterns import PatternError, compile_pattern


def spend():
    return Evaluation({}, {}).spend


def found(pattern, text, flags=""):
    match = compile_pattern(pattern, flags).search(text, spend())
    return None if match is None else text[match[0] : match[1]]


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "expected"),
    [
        ("^a.c$", "abc", "", "abc"),
        ("a|ab", "ab", "", "a"),
        ("(?:ab)+?", "ababab", "", "ab"),
        ("[a-z-[aeiou]]+", "aeibcdo", "", "bcd"),
        ("[^0-9\\s]+", "12 ab3", "", "ab"),
        (r"\p{Lu}\p{Ll}+", "a Berlin", "", "Berlin"),
        (r"\P{L}+", "ab12", "", "12"),
        (r"\i\c*", "1a-b", "", "a-b"),
        (r"(\w)\1", "abccd", "", "cc"),
        ("straße", "STRASSE STRAßE", "i", "STRAßE"),
        ("a b", "ab", "x", "ab"),
        ("a.b", "a\nb", "s", "a\nb"),
        ("a.b", "a\nb", "", None),
        ("^b$", "a\nb\nc", "m", "b"),
        ("a+*", "a+*", "q", "a+*"),
        ("a{2,3}", "aaaa", "", "aaa"),
        ("a{0}b", "ab", "", "b"),
        (r"\bcat\b", "concat cat", "", "cat"),
        ("a(?=b)", "acab", "", "a"),
        ("a(?!c)", "acab", "", "a"),
        ("()*x", "x", "", "x"),
        ("(a*)*b", "aab", "", "aab"),
        ("(|a)+b", "aab", "", "aab"),
    ],
)
def test_a_pattern_finds(pattern, text, flags, expected):
    assert found(pattern, text, flags) == expected


def test_matches_are_replaced_and_split():
    pattern = compile_pattern("(a)(b)?", "")
    assert pattern.replace("ab-a", "[$2$1]\\$", spend()) == "[ba]$-[a]$"
    assert compile_pattern(r"[,;]\s*", "").split("a, b;c", spend()) == ["a", "b", "c"]
    assert compile_pattern(r"\d+", "").find_all("1 22 x3", spend()) == ["1", "22", "3"]
    with pytest.raises(PatternError):
        pattern.replace("ab", "$x", spend())


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[", "a**", "*a", "a{3,2}", "a{99999}", "\\q", "\\", "[z-a]", "\\1", "(?<n>a)", "((((" * 50, "\\p{Xx}",
     "[[a]", "(" * 30 + "a{1000}" + "){1000}" * 30, "x" * 3000],
)  # fmt: skip
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(PatternError):
        compile_pattern(pattern, "")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)+$", "(a*)*$", "(a|a?)+$", "([a-z]*)([a-z]*)([a-z]*)([a-z]*)[^!]$", "(?:a?){60}a{60}b"],
)
def test_a_pattern_that_would_run_for_years_answers_at_once(pattern):
    assert compile_pattern(pattern, "").fullmatch("a" * 500 + "!", spend()) is False


def test_what_refers_back_ends_at_its_budget():
    with pytest.raises(OverBudget):
        found(r"(a*)(a*)(a*)(a*)(a*)\1\2\3\4\5b", "a" * 60)


@given(
    st.text(alphabet="ab|*+?().", max_size=8).map(lambda text: text.replace("(?", "(")),
    st.text(alphabet="ab\n", max_size=8),
)
@settings(max_examples=400, deadline=None)
def test_it_finds_what_python_finds(pattern, text):
    try:
        ours = compile_pattern(pattern, "")
        theirs = re.compile(pattern)
    except (PatternError, re.error):
        return
    match = ours.search(text, spend())
    expected = theirs.search(text)
    assert (match and match[:2]) == (expected and expected.span())
