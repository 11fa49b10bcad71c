"""Which language an expression is in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn import dialects
from bpmn.dialects.language import expression, has_braces, is_cron, is_time, juel_value, script
from bpmn.model import Definitions, FormalExpression, SequenceFlow
from bpmn.model.execution import Code

FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
XPATH = "http://www.w3.org/1999/XPath"


@pytest.mark.parametrize(
    ("dialect", "text", "language", "file_language", "expected"),
    [
        ("bpmn", "amount > 10", None, None, Code("amount > 10", "python")),
        ("drawing", "amount > 10", None, "http://www.w3.org/1999/xhtml", Code("amount > 10", "python")),
        ("bpmn", "${amount > 10}", None, None, Code("${amount > 10}", "juel")),
        ("bpmn", "#{amount > 10}", XPATH, XPATH, Code("#{amount > 10}", "juel")),
        ("bpmn", "= amount > 10", None, None, Code("amount > 10", "feel")),
        ("bpmn", "amount > 10", None, FEEL, Code("amount > 10", "feel")),
        ("bpmn", "amount > 10", FEEL, None, Code("amount > 10", "feel")),
        ("bpmn", "amount > 10", XPATH, XPATH, Code("amount > 10", "python")),
        ("bpmn", "getDataObject('a')/b > 10", None, XPATH, Code("getDataObject('a')/b > 10", "xpath")),
        ("bpmn", "x", "Natural language", None, Code("x", "natural language")),
        ("bpmn", "f'${x}'", "python", None, Code("f'${x}'", "python")),
        ("spiffworkflow", "amount > 10", None, None, Code("amount > 10", "python")),
        ("camunda7", "${a}", None, None, Code("${a}", "juel")),
        ("camunda7", "true", None, None, Code("true", "juel")),
        ("camunda7", "amount > 10", None, None, Code("amount > 10", "python")),
        ("flowable", "a == 1 and not b in c", None, None, Code("a == 1 and not b in c", "python")),
        ("camunda7", "less than that", None, None, Code("less than that", "juel")),
        ("camunda7", "a > ", None, None, Code("a >", "juel")),
        ("camunda7", "a == 1", "feel", None, Code("a == 1", "feel")),
        ("flowable", "a == 1", "text/javascript", XPATH, Code("a == 1", "javascript")),
        ("zeebe", "=a = 1", None, None, Code("a = 1", "feel")),
        ("zeebe", "true", None, None, Code("true", "text")),
        ("zeebe", '="${x}"', None, None, Code('"${x}"', "feel")),
        ("jbpm", "return a == 1;", "http://www.java.com/java", None, Code("return a == 1;", "java")),
        ("jbpm", "a == 1", None, "http://www.mvel.org/2.0", Code("a == 1", "mvel")),
        ("bpmn", "P1DT2H", None, None, Code("P1DT2H", "text")),
        ("bpmn", "2026-01-31T10:00:00Z", XPATH, None, Code("2026-01-31T10:00:00Z", "text")),
        ("spiffworkflow", "R3/PT10M", None, None, Code("R3/PT10M", "text")),
        ("spiffworkflow", '"PT10M"', None, None, Code('"PT10M"', "python")),
        ("bpmn", "  ", None, None, None),
        ("bpmn", None, None, None, None),
    ],
)
def test_the_language_of_an_expression(
    dialect: str, text: str | None, language: str | None, file_language: str | None, expected: Code | None
) -> None:
    assert expression(text, dialect, language, file_language) == expected


def test_the_code_of_a_condition_has_its_line(model: Callable[..., Definitions]) -> None:
    condition = '<conditionExpression xsi:type="tFormalExpression">a</conditionExpression>'
    flow = f'\n\n<sequenceFlow id="x">{condition}</sequenceFlow>'
    definitions = model("bpmn", flow)
    element = definitions.resolve("x")
    assert isinstance(element, SequenceFlow)
    code = dialects.code(definitions, element.condition_expression)
    assert code == Code("a", "python")
    assert code is not None
    assert code.line == element.line
    assert dialects.code(definitions, None) is None


@pytest.mark.parametrize("dialect", ["camunda7", "flowable"])
def test_a_condition_in_a_scripting_language_is_a_script(dialect: str, model: Callable[..., Definitions]) -> None:
    definitions = model(dialect, "")
    inline = FormalExpression(text="a == 1", language="groovy")
    assert dialects.code(definitions, inline) == Code("a == 1", "groovy", script=True)
    name = "{http://camunda.org/schema/1.0/bpmn}resource"
    elsewhere = FormalExpression(language="groovy", foreign_attributes={name: "check.groovy"})
    assert dialects.code(definitions, elsewhere) == Code("", "groovy", script=True, resource="check.groovy")


@pytest.mark.parametrize(
    ("dialect", "script_format", "expected"),
    [
        ("bpmn", None, Code("a = 1", "python", script=True)),
        ("bpmn", "text/x-python", Code("a = 1", "python", script=True)),
        ("camunda7", "Groovy", Code("a = 1", "groovy", script=True)),
        ("flowable", None, Code("a = 1", "juel")),
        ("bpmn", "COBOL", Code("a = 1", "cobol", script=True)),
    ],
)
def test_the_language_of_a_script(dialect: str, script_format: str | None, expected: Code) -> None:
    assert script("a = 1", dialect, script_format) == expected


@given(st.text(), st.sampled_from([*dialects.DEFAULTS, "unheard of"]), st.none() | st.text(), st.none() | st.text())
def test_any_text_has_a_language_and_none_is_lost(text: str, dialect: str, language: str, file_language: str) -> None:
    code = expression(text, dialect, language, file_language)
    assert (code is None) == (not text.strip())
    assert code is None or code.text.strip() in text


@pytest.mark.parametrize("dialect", ["flowable", "camunda7", "bpmn"])
def test_a_time_with_an_expression_in_it_is_evaluated(dialect: str) -> None:
    assert expression("R1/PT1H/${end}", dialect) == Code("R1/PT1H/${end}", "juel")
    assert expression("R1/PT1H", dialect) == Code("R1/PT1H", "text")


@given(st.text())
def test_an_attribute_without_braces_means_itself(text: str) -> None:
    code = juel_value(text)
    if code is not None and code.language == "text":
        assert code.text == text.strip()


@pytest.mark.parametrize(
    "text", ["${" * 100_000, "1" * 100_000, "L" * 100_000 + "*", "* " * 50_000, "P" + "1" * 100_000]
)
def test_a_long_text_is_judged_in_linear_time(text: str) -> None:
    assert not is_time(text)
    assert not is_cron(text)
    assert not has_braces(text)
