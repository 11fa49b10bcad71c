"""Whatever vendors' attributes and elements contain, there is an answer."""

from __future__ import annotations

import inspect

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bpmn.model
from bpmn import dialects
from bpmn.model import BaseElement, Definitions, Foreign, Process, foreign
from bpmn.model.execution import Execution
from bpmn.model.foundation import MODEL

KINDS = [
    kind
    for _, kind in inspect.getmembers(bpmn.model, inspect.isclass)
    if issubclass(kind, BaseElement) and kind is not Definitions
]
NAMESPACES = [namespace for dialect in dialects.DIALECTS.values() for namespace in dialect.namespaces]
ATTRIBUTES = [
    *(
        "assignee",
        "candidateUsers",
        "dueDate",
        "formKey",
        "formRef",
        "class",
        "expression",
        "type",
        "topic",
        "collection",
    ),
    *(
        "async",
        "exclusive",
        "calledElementBinding",
        "decisionRef",
        "scope",
        "taskName",
        "source",
        "target",
        "variables",
    ),
    *(
        "name",
        "id",
        "retries",
        "inputCollection",
        "processId",
        "decisionId",
        "key",
        "value",
        "formId",
        "event",
        "events",
    ),
    *("correlationKey", "variableEvents", "stringValue", "resource", "scriptFormat", "sourceExpression", "eventType"),
]
ELEMENTS = [
    *(
        "inputOutput",
        "inputParameter",
        "list",
        "map",
        "entry",
        "script",
        "formData",
        "formField",
        "validation",
        "value",
    ),
    *("constraint", "connector", "connectorId", "in", "out", "executionListener", "taskListener", "field", "string"),
    *("properties", "property", "ioMapping", "input", "output", "taskDefinition", "taskHeaders", "header", "metaData"),
    *("calledElement", "calledDecision", "formDefinition", "userTaskForm", "loopCharacteristics", "taskListeners"),
    *("executionListeners", "serviceTaskOperator", "parameters", "parameter", "variableAggregation", "variable"),
    *("timerEventDefinition", "timeDuration", "formProperty", "onEntry-script", "assignmentDefinition", "subscription"),
]
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["${a}", "=a", "external", "all", "true", "PT1H", "dmn", ",", "user(", "${"]
)


def element(namespace: str, name: str, attributes: dict[str, str], text: str, inner: list[Foreign]) -> Foreign:
    return foreign(namespace, "v", name, attributes, [text, *inner])


LEAVES = st.builds(
    element,
    st.sampled_from(NAMESPACES),
    st.sampled_from(ELEMENTS),
    st.dictionaries(st.sampled_from(ATTRIBUTES), TEXTS, max_size=4),
    TEXTS,
    st.just([]),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        element,
        st.sampled_from(NAMESPACES),
        st.sampled_from(ELEMENTS),
        st.dictionaries(st.sampled_from(ATTRIBUTES), TEXTS, max_size=3),
        TEXTS,
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    dialect=st.sampled_from([*dialects.DEFAULTS]),
    attributes=st.dictionaries(st.tuples(st.sampled_from(NAMESPACES), st.sampled_from(ATTRIBUTES)), TEXTS, max_size=5),
    extensions=st.lists(TREES, max_size=3),
)
def test_any_vendor_content_on_any_element_has_an_answer(
    kind: type[BaseElement], dialect: str, attributes: dict[tuple[str, str], str], extensions: list[Foreign]
) -> None:
    subject = kind(id="x")
    subject.foreign_attributes = {f"{{{namespace}}}{name}": text for (namespace, name), text in attributes.items()}
    subject.extension_elements = [foreign(MODEL, "bpmn", "extensionElements", {}, list(extensions))]
    definitions = Definitions(root_elements=[Process(id="p")], dialect=dialect)
    assert isinstance(dialects.execution(definitions, subject), Execution)
    assert isinstance(dialects.unread(definitions, subject), list)
