"""The part of Groovy that Camunda 7 and Flowable files use."""

import contextlib
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import ExpressionError, OverBudget, ThrownError, compile_expression, run_script


class Execution:
    expression_members = frozenset({"setVariable", "getVariable", "getProcessInstance", "eventName"})
    eventName = "start"

    def __init__(self, **variables):
        self.variables = variables

    def setVariable(self, name, value):
        self.variables[name] = value

    def getVariable(self, name):
        return self.variables.get(name)

    def getProcessInstance(self):
        return self


def run(text, **variables):
    execution = Execution(**variables)
    result = run_script(
        text, "groovy", {**variables, "execution": execution}, functions={"now": lambda: datetime(2024, 1, 1)}
    )
    return result, execution.variables


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("input == 'left'", True),
        ("1 + 2 * 3", 7),
        ("5 / 2", Decimal("2.5")),
        ("4 / 2", 2),
        ("7 % 3", 1),
        ("-n + 1", -4),
        ("0.1 + 0.2", Decimal("0.3")),
        ("'a' + 1 + null", "a1null"),
        ('"n is ${n + 1} and $order.id"', "n is 6 and o-1"),
        ('"""two\nlines"""', "two\nlines"),
        ("!missing0 && n > 3 || false", True),
        ("missing0 ?: 'none'", "none"),
        ("missing0?.id", None),
        ("order?.id", "o-1"),
        ("n > 3 ? 'big' : 'small'", "big"),
        ("2 in list", True),
        ("list.size() + list[0] + list[-1]", 7),
        ("list.collect { it * 2 }", [2, 4, 6]),
        ("list.findAll { x -> x > 1 }.any { it == 3 }", True),
        ("order.lines.find { it.open }.price", 10),
        ("[a: 1, 'b c': 2]['b c']", 2),
        ("[:].size() + [].size()", 0),
        ("input.toUpperCase().substring(0, 2)", "LE"),
        ("def x = 1\nx += 2; x++\nreturn x", 4),
        ("int s = 0\nfor (i in list) { s += i }\ns", 6),
        ("def s = 0\nfor (int i : list) s += i\ns", 6),
        ("def f(a, b) {\n  return a + b\n}\nf(1, 2)", 3),
        ("def i = 0\nwhile (i < 5) { i++ }\ni", 5),
        ("if (n > 3) {\n  'yes'\n} else {\n  'no'\n}", "yes"),
        ("if (n > 9) 'a'\nelse if (n > 3) 'b'\nelse 'c'", "b"),
        ("def m = [a: [1, 2]]\nm.a[1] = 5\nm['b'] = 1\nm.a[1] + m.b", 6),
        ("// nothing\n/* at all */", None),
        ("new Date()", datetime(2024, 1, 1)),
    ],
)
def test_a_script_gives_its_value(text, value):
    variables = {
        "input": "left",
        "n": 5,
        "missing0": None,
        "list": [1, 2, 3],
        "order": {"id": "o-1", "lines": [{"price": 10, "open": True}]},
    }
    result, _ = run(text, **variables)
    assert result.value == value
    assert type(result.value) is type(value)


def test_variables_are_set_through_the_execution_alone():
    result, variables = run(
        "def p = execution.getProcessInstance()\ndef int sum = p.getVariable('sum')\nlocal = 5\n"
        "p.setVariable('sum', sum + local)\nprintln \"sum: $sum\"",
        sum=1,
    )
    assert variables == {"sum": 6}
    assert (result.changed, result.output) == ({}, "sum: 1\n")


def test_a_list_that_is_changed_in_place_is_handed_back():
    given = {"list": [1, {"a": 1}], "other": [1]}
    result = run_script("list.add(3)\nlist[1].a = 2\nother.size()", "groovy", given)
    assert result.changed == {"list": [1, {"a": 2}, 3]}
    assert given == {"list": [1, {"a": 1}], "other": [1]}


def test_a_thrown_bpmn_error_has_its_code():
    with pytest.raises(ThrownError) as caught:
        run("throw new org.camunda.bpm.engine.delegate.BpmnError('208', 'business error');")
    assert (caught.value.code, caught.value.message) == ("208", "business error")
    with pytest.raises(ExpressionError, match="no good"):
        run("import java.lang.Exception\nthrow new Exception('no good')")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 5 / 0", 1),
        ("def a = 1\nb + 1", 2),
        ("def a = 1\n\na.foo()", 3),
        ("if (", 1),
        ("'abc", 1),
        ("Foo.bar()", 1),
        ("throw 5", 1),
        ("import unknown", 1),
        ("1 2", 1),
        ("5 = 6", 1),
    ],
)
def test_an_error_says_where(text, line):
    with pytest.raises(ExpressionError) as caught:
        run(text)
    assert caught.value.line == line
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        '"touch x".execute()',
        "new File('/etc/passwd').text",
        "System.exit(0)",
        "Runtime.getRuntime().exec('x')",
        "this.class.classLoader",
        "''.class",
        "execution.variables",
        "execution.__class__",
        "execution.getClass()",
        "{ -> 1 }.frame",
        "Class.forName('x')",
        "Eval.me('1')",
        "def x = {}\nx.delegate",
        "evaluate('1')",
    ],
)
def test_there_is_no_way_out(text):
    with pytest.raises(ExpressionError):
        run(text)


@pytest.mark.parametrize(
    "text",
    [
        "while (true) {}",
        "while (true) { def x = 1 }",
        "def x = 'a'\nwhile (true) { x = x + x }",
        "def x = [1]\nwhile (true) { x = x + x }",
        "def x = [1]\nwhile (true) { x = [x, x] }",
        "def x = [:]\nx.a = x\nx.toString()",
        "def x = []\nwhile (true) { x.add('aaaaaaaaaaaaaaaaaaaaa') }",
        "def x = 2\nwhile (true) { x = x * x }",
        "def f() { f() }\nf()",
        "def f = { it -> f(it) }\nf(1)",
        "while (true) { println 'a' }",
        "'a'.repeat(1000000000)",
    ],
)
def test_what_has_no_end_is_ended(text):
    with pytest.raises(ExpressionError):
        run(text)


@pytest.mark.parametrize(
    "open_", ["(", "[", "{", "-", "!", "if (1) ", "f(", "a.", "x ? ", "'${", "{ -> ", "while (1) ", "out:"]
)
def test_deep_text_is_refused(open_):
    with pytest.raises(ExpressionError):
        run(open_ * 6000 + "1")


def test_a_condition_is_a_script_too():
    assert compile_expression("amount > 100", "groovy").evaluate({"amount": 150}) is True
    with pytest.raises(OverBudget):
        compile_expression("while (true) {}", "groovy").evaluate({})


@given(st.text(alphabet="ab1 .,()[]{}:\"'+-*/<>=$\\?!;\nif", max_size=30))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_value_or_says_what_is_wrong(text):
    with contextlib.suppress(ExpressionError):
        run(text, a=1, b=[1, {"a": 2}])
