"""JUEL as Camunda 7 and Flowable evaluate it."""

import contextlib
import math
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import ExpressionError, compile_expression


class Execution:
    expression_members = frozenset({"setVariable", "getVariable", "processBusinessKey", "getProcessInstanceId", "id"})

    def __init__(self):
        self.variables = {}
        self.id = "i-1"
        self.processBusinessKey = "order 7"
        self.secret = "no"

    def setVariable(self, name, value):
        self.variables[name] = value

    def getVariable(self, name):
        return self.variables.get(name)

    def getProcessInstanceId(self):
        return "p-1"


def variables():
    return {
        "input": 5,
        "a": {"b": ["x", "y"], "n": None, "size": "large", "class": "first"},
        "s": "hello",
        "list": [3, 1, 2],
        "day": date(2024, 1, 31),
        "moment": datetime(2024, 1, 31, 10, 20),
        "price": Decimal("10.00"),
        "ok": True,
        "none": None,
        "execution": Execution(),
    }


def evaluate(text, given=None, **functions):
    return compile_expression(text, "juel").evaluate(variables() if given is None else given, functions)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain text", "plain text"),
        ("", ""),
        ("${input}", 5),
        ("#{input}", 5),
        ("${input} of ${a.b[0]}!", "5 of x!"),
        ("\\${input}", "${input}"),
        ("${none} and ${ok}", " and true"),
        ("${input == 5 && s eq 'hello'}", True),
        ("${input ne 5 or not ok}", False),
        ("${input ge 5 and input le 5 and !(input lt 5) and !(input gt 5)}", True),
        ("${5 / 2}", 2.5),
        ("${4 div 2}", 2.0),
        ("${7 mod 3}", 1),
        ("${-7 % 3}", -1),
        ("${'5' > 3}", True),
        ("${'5' + 3}", 8),
        ("${null + 1}", 1),
        ("${'' + 1}", 1),
        ("${'1.5' + 1}", 2.5),
        ("${1 == 1.0}", True),
        ("${'true' == ok}", True),
        ("${'abc' < 'abd'}", True),
        ("${null == none}", True),
        ("${none < 1}", False),
        ("${empty none && empty '' && !empty list && empty a.n}", True),
        ("${input > 3 ? 'big' : 'small'}", "big"),
        ("${ok ? input:s}", 5),
        ("${a.missing.deeper}", None),
        ("${a['b'][1]}", "y"),
        ("${a.size}", "large"),
        ("${a.size()}", 4),
        ("${a.class}", "first"),
        ("${list[9]}", None),
        ("${list.size() + list.get(0)}", 6),
        ("${list.contains(2)}", True),
        ("${a.containsKey('b')}", True),
        ("${s.length()}", 5),
        ("${s.substring(1, 3).toUpperCase()}", "EL"),
        ("${s.startsWith('he') && s.contains('ll') && s.equals('hello')}", True),
        ("${s.concat(' ').concat(input)}", "hello 5"),
        ("${s.matches('h[a-z]+') && !s.matches('h')}", True),
        ("${s.replaceAll('l+', '<$0>')}", "he<ll>o"),
        ("${'a,b,,'.split(',')}", ["a", "b"]),
        ("${s.hashCode()}", 99162322),
        ("${moment.plusDays(1)}", datetime(2024, 2, 1, 10, 20)),
        ("${day.plusMonths(1)}", date(2024, 2, 29)),
        ("${moment.getHour() + moment.year}", 2034),
        ("${day < moment}", True),
        ("${price / 3}", Decimal("3.33")),
        ("${price > 9.99}", True),
        ("${price.add(1)}", Decimal("11.00")),
        ("${1 / 0}", math.inf),
        ("${100.0} ${1.0E10} ${0.00001}", "100.0 1.0E10 1.0E-5"),
        ("${list} ${a.b}", "[3, 1, 2] [x, y]"),
        ("${execution.processBusinessKey} ${execution.getProcessBusinessKey()}", "order 7 order 7"),
        ("${execution.processInstanceId}", "p-1"),
        ("${var:equals(input, 5)}", True),
        ("${variables:get('input')}", 5),
        ("${var:gt(missing, 3)}", False),
        ("${vars:lessThanOrEquals('input', 5)}", True),
        ("${variables:empty(missing)}", True),
        ("${var:exists('missing')}", False),
        ("${var:contains(list, 1, 2)}", True),
        ("${var:containsAny(s, 'x', 'h')}", True),
        ("${var:getOrDefault(missing, 'd')}", "d"),
        ("${variables:base64(s)}", "aGVsbG8="),
        ("${ok ? var:get(input) : 1}", 5),
        ("${'it\\'s'}", "it's"),
        ("${ 'a }' }", "a }"),
        ("${s.equals('hello') ? true : false}", True),
    ],
)
def test_an_expression_gives_its_value(text, value):
    found = evaluate(text)
    assert found == value
    assert type(found) is type(value)


def test_functions_are_given_by_the_engine():
    assert evaluate("${currentUser()}", currentUser=lambda: "kermit") == "kermit"
    assert evaluate("${date:year(2)}", **{"date:year": lambda add: 2000 + add}) == 2002


def test_the_execution_sets_variables():
    given = variables()
    assert evaluate("${execution.setVariable('x', input + 1)}", given) is None
    assert given["execution"].variables == {"x": 6}


def test_a_changed_list_is_set_anew():
    given = variables()
    assert evaluate("${list.add(4)}", given) is True
    assert given["list"] == [3, 1, 2]
    assert given["execution"].variables == {"list": [3, 1, 2, 4]}
    evaluate("${a.put('k', list.size())}", given)
    assert given["execution"].variables["a"]["k"] == 3
    with pytest.raises(ExpressionError):
        evaluate("${a.b.add(1)}", given)


def test_the_names_it_reads_are_known():
    names = compile_expression("${a.b == c ? d[e] : var:get(f)} ${g.h(i)} ${now()}", "juel").names
    assert names == set("acdefgi")


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("${x}", 2, "Unknown property used in expression: ${x}. Cannot resolve identifier 'x'"),
        ("${1 + missing.a}", 6, "Cannot resolve identifier 'missing'"),
        ("${input", 2, "not closed"),
        ("${", 2, "not closed"),
        ("${}", 2, "too early"),
        ("${1 +}", 5, "too early"),
        ("${1 2}", 4, "2 is not possible"),
        ("${'abc}", 2, "not closed"),
        ("${input @ 3}", 8, "'@' is not possible"),
        ("${s + 1}", 4, "is not a number"),
        ("${input.foo}", 7, "no property 'foo'"),
        ("${s.matches('(')}", 3, "not closed"),
        ("${s.foo()}", 3, "no method 'foo'"),
        ("${none.foo()}", 6, "null"),
        ("${foo()}", 2, "function 'foo'"),
        ("${5 % 0}", 4, "Division by zero"),
        ("${input ? 1 : 2}", None, "not yes or no"),
        ("${list < list.get(0)}", 7, "not a number"),
        ("${var:gtt(input, 2)}", 6, "not possible"),
    ],
)
def test_an_error_says_where(text, position, message):
    with pytest.raises(ExpressionError) as caught:
        evaluate(text)
    assert message in caught.value.message
    assert caught.value.position == position
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "${''.class}",
        "${''['__class__']['__mro__']}",
        "${s.__class__}",
        "${s.format(s)}",
        "${execution.secret}",
        "${execution.__dict__}",
        "${execution.variables}",
        "${execution['__init__']}",
        "${execution.setVariable.__globals__}",
        "${T(java.lang.Runtime).getRuntime().exec('x')}",
        '${__import__("os").system("x")}',
        "${s.repeat(1000000000)}",
        "${s.replace('', s.repeat(1000000)).replace('h', s.repeat(1000000))}",
        "${" + "(" * 20_000 + "1" + ")" * 20_000 + "}",
        "${" + "-" * 20_000 + "1}",
        "${1" + "+1" * 20_000 + "}",
        "${a" + ".b" * 20_000 + "}",
        "${" + "a[" * 20_000 + "1" + "]" * 20_000 + "}",
        "${" + "ok ? 1 : " * 5_000 + "1}",
        "${" + "9" * 20_000 + " * " + "9" * 20_000 + "}",
        "${execution}",
        "${execution == execution ? execution.toString() : 1}",
    ],
)
def test_there_is_no_way_out_and_no_way_to_hang(text):
    try:
        value = evaluate(text)
    except ExpressionError:
        return
    assert text == "${execution}"
    assert isinstance(value, Execution)


@given(st.text(alphabet="${}#'\"\\ab.1[]()?:+-*/<>=!&|, \n", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_value_or_says_what_is_wrong(text):
    with contextlib.suppress(ExpressionError):
        evaluate("${" + text + "}", {"a": 1, "b": {"a": [1]}})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
@settings(max_examples=100, deadline=None)
def test_a_variable_is_itself(value):
    assert evaluate("${x}", {"x": value}) is value
    assert isinstance(evaluate("<${x}>", {"x": value}), str)
