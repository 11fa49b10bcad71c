"""Our own words in a file of any dialect: as an attribute, or as a property where a modeler writes only these."""

from __future__ import annotations

import pytest

import bpmn
from bpmn import dialects
from bpmn.model.execution import Apart, Code

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'


def apart(attributes: str = "", inside: str = "", namespaces: str = "", kind: str = "userTask") -> Apart | None:
    text = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" '
        f'xmlns:pr="urn:procession:bpmn" {namespaces}><process id="p" isExecutable="true">'
        f'<{kind} id="a" {attributes}>{inside}</{kind}></process></definitions>'
    )
    definitions = bpmn.read(text.encode(), "model.bpmn").definitions
    assert definitions is not None
    element = definitions.resolve("a")
    assert element is not None
    return dialects.execution(definitions, element).apart


def properties(prefix: str) -> str:
    own = f'<{prefix}:properties><{prefix}:property name="otherPersonThan" value="b"/></{prefix}:properties>'
    return f"<extensionElements>{own}</extensionElements>"


@pytest.mark.parametrize("namespaces", ["", CAMUNDA, ZEEBE])
@pytest.mark.parametrize("kind", ["userTask", "task", "manualTask"])
def test_an_attribute_in_any_file(namespaces: str, kind: str) -> None:
    assert apart('pr:otherPersonThan="b, c  b"', namespaces=namespaces, kind=kind) == Apart(tasks=("b", "c"))


@pytest.mark.parametrize(("prefix", "namespaces"), [("camunda", CAMUNDA), ("zeebe", ZEEBE)])
def test_a_property_where_the_modeler_has_these(prefix: str, namespaces: str) -> None:
    assert apart(inside=properties(prefix), namespaces=namespaces) == Apart(tasks=("b",))
    assert apart('pr:otherPersonThan="c"', properties(prefix), namespaces) == Apart(tasks=("c",))
    assert apart(inside=properties(prefix), namespaces=namespaces, kind="exclusiveGateway") is None


def test_nothing_said_and_said_empty() -> None:
    assert apart() is None
    assert apart('pr:otherPersonThan=" ,"') is None


def test_jbpm_has_a_word_for_people() -> None:
    inside = (
        '<ioSpecification><dataInput id="i" name="ExcludedOwnerId"/><inputSet/><outputSet/></ioSpecification>'
        "<dataInputAssociation><targetRef>i</targetRef><assignment><from>ann, #{boss}</from><to>i</to></assignment>"
        "</dataInputAssociation>"
    )
    drools = 'xmlns:drools="http://www.jboss.org/drools"'
    found = apart('drools:x="1"', inside.replace(", #{boss}", ""), drools)
    assert found == Apart(users=(Code("ann", "text"),))
    found = apart('drools:x="1"', inside.replace("ann, ", ""), drools)
    assert found == Apart(users=(Code("#{boss}", "juel"),))
