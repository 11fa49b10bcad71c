"""The suite that every dialect passes: one construct, said in each vendor's words, read as the same detail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import bpmn
from bpmn import dialects
from bpmn.model import Definitions
from bpmn.model.execution import (
    Assignment,
    CalledElement,
    Code,
    DecisionCall,
    Execution,
    Form,
    Job,
    Listener,
    Loop,
    Mapping,
    Timer,
)


def text(value: str) -> Code:
    return Code(value, "text")


def juel(value: str) -> Code:
    return Code(value, "juel")


def feel(value: str) -> Code:
    return Code(value, "feel")


def var(name: str) -> Code:
    return Code(name, "variable")


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def assigned(name: str, value: str) -> str:
    """A data input of jBPM with a constant."""
    return (
        f'<ioSpecification><dataInput id="i_{name}" name="{name}"/></ioSpecification><dataInputAssociation>'
        f"<targetRef>i_{name}</targetRef><assignment><from>{value}</from><to>i_{name}</to></assignment>"
        "</dataInputAssociation>"
    )


def owner(inner: str) -> str:
    return (
        '<userTask id="x"><potentialOwner><resourceAssignmentExpression><formalExpression>'
        f"{inner}</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>"
    )


PERFORMER = owner("kermit").replace("potentialOwner", "humanPerformer")
TWO_GROUPS = Assignment(candidate_groups=(text("sales"), text("finance")))
KERMIT = Assignment(assignee=text("kermit"))
ITEMS = Loop(collection=var("items"), element_variable="item")


def looped(inner: str) -> str:
    return f'<userTask id="x">{inner}</userTask>'


def family(prefix: str, start: str = "start") -> dict[str, tuple[str, dict[str, object]]]:
    """What Camunda 7, Flowable and Activiti say alike."""
    return {
        "assignee": (f'<userTask id="x" {prefix}:assignee="kermit"/>', {"assignment": KERMIT}),
        "assignee expression": (
            f'<userTask id="x" {prefix}:assignee="${{boss}}"/>',
            {"assignment": Assignment(assignee=juel("${boss}"))},
        ),
        "candidate groups": (
            f'<userTask id="x" {prefix}:candidateGroups="sales, finance"/>',
            {"assignment": TWO_GROUPS},
        ),
        "due date": (
            f'<userTask id="x" {prefix}:dueDate="${{due}}"/>',
            {"assignment": Assignment(due_date=juel("${due}"))},
        ),
        "form key": (f'<userTask id="x" {prefix}:formKey="approve"/>', {"form": Form(key=text("approve"))}),
        "class": (
            f'<serviceTask id="x" {prefix}:class="org.Pay"/>',
            {"job": Job("class", text("org.Pay"))},
        ),
        "retries": (
            '<serviceTask id="x">'
            + ext(f"<{prefix}:failedJobRetryTimeCycle>R3/PT10M</{prefix}:failedJobRetryTimeCycle>")
            + "</serviceTask>",
            {"retry": text("R3/PT10M")},
        ),
        "call": (
            '<callActivity id="x" calledElement="child">'
            + ext(f'<{prefix}:in source="a" target="b"/><{prefix}:out sourceExpression="${{c+1}}" target="d"/>')
            + "</callActivity>",
            {
                "called": CalledElement(
                    key=text("child"), inputs=(Mapping(var("a"), "b"),), outputs=(Mapping(juel("${c+1}"), "d"),)
                )
            },
        ),
        "call by expression": (
            '<callActivity id="x" calledElement="${which}"/>',
            {"called": CalledElement(key=juel("${which}"))},
        ),
        "loop": (
            looped(f'<multiInstanceLoopCharacteristics {prefix}:collection="items" {prefix}:elementVariable="item"/>'),
            {"loop": ITEMS},
        ),
        "listener": (
            '<userTask id="x">'
            + ext(f'<{prefix}:executionListener event="start" expression="${{log.go()}}"/>')
            + "</userTask>",
            {"listeners": (Listener("start", "expression", juel("${log.go()}")),)},
        ),
        "message name": (
            '<receiveTask id="x" messageRef="m"/>',
            {"message_name": juel("paid-${id}")},
        ),
        "script": (
            '<scriptTask id="x" scriptFormat="groovy"><script>a = 1</script></scriptTask>',
            {"script": Code("a = 1", "groovy", script=True)},
        ),
        "asynchronous": (f'<serviceTask id="x" {prefix}:async="true"/>', {"async_before": True}),
        "starters": (f'<startEvent id="x" {prefix}:initiator="who"/>', {"initiator": "who"}),
        "timer": (
            '<boundaryEvent id="x"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>'
            "</boundaryEvent>",
            {"timer": Timer("duration", text("PT1H"))},
        ),
    }


CAMUNDA7 = family("camunda") | {
    "job": (
        '<serviceTask id="x" camunda:type="external" camunda:topic="charge"/>',
        {"job": Job("external", text("charge"))},
    ),
    "decision": (
        '<businessRuleTask id="x" camunda:decisionRef="risk" camunda:resultVariable="r" '
        'camunda:mapDecisionResult="singleEntry"/>',
        {"decision": DecisionCall(text("risk"), result_variable="r", shape="singleEntry")},
    ),
    "input mapping": (
        '<userTask id="x">'
        + ext(
            '<camunda:inputOutput><camunda:inputParameter name="b">${a}</camunda:inputParameter></camunda:inputOutput>'
        )
        + "</userTask>",
        {"inputs": (Mapping(juel("${a}"), "b"),)},
    ),
}

FLOWABLE = family("flowable") | {
    "job": (
        '<serviceTask id="x" flowable:type="external-worker" flowable:topic="charge"/>',
        {"job": Job("external", text("charge"))},
    ),
    "decision": (
        '<serviceTask id="x" flowable:type="dmn">'
        + ext(
            '<flowable:field name="decisionTableReferenceKey"><flowable:string>risk</flowable:string></flowable:field>'
        )
        + "</serviceTask>",
        {"decision": DecisionCall(text("risk"), shape="variables"), "job": None},
    ),
    "input mapping": None,
}

ACTIVITI = family("activiti") | {"job": None, "decision": None, "input mapping": None}

ZEEBE = {
    "assignee": (
        '<userTask id="x">' + ext('<zeebe:assignmentDefinition assignee="kermit"/>') + "</userTask>",
        {"assignment": KERMIT},
    ),
    "assignee expression": (
        '<userTask id="x">' + ext('<zeebe:assignmentDefinition assignee="= boss"/>') + "</userTask>",
        {"assignment": Assignment(assignee=feel("boss"))},
    ),
    "candidate groups": (
        '<userTask id="x">' + ext('<zeebe:assignmentDefinition candidateGroups="sales, finance"/>') + "</userTask>",
        {"assignment": TWO_GROUPS},
    ),
    "due date": (
        '<userTask id="x">' + ext('<zeebe:taskSchedule dueDate="=due"/>') + "</userTask>",
        {"assignment": Assignment(due_date=feel("due"))},
    ),
    "form key": (
        '<userTask id="x">' + ext('<zeebe:formDefinition formKey="approve"/>') + "</userTask>",
        {"form": Form(key=text("approve"))},
    ),
    "class": None,
    "job": (
        '<serviceTask id="x">'
        + ext(
            '<zeebe:taskDefinition type="charge" retries="5"/><zeebe:taskHeaders><zeebe:header key="k" value="v"/>'
            "</zeebe:taskHeaders>"
        )
        + "</serviceTask>",
        {"job": Job("external", text("charge"), fields=(("k", text("v")),)), "retry": text("5")},
    ),
    "retries": (
        '<sendTask id="x">' + ext('<zeebe:taskDefinition type="a" retries="=n"/>') + "</sendTask>",
        {"retry": feel("n")},
    ),
    "call": (
        '<callActivity id="x">'
        + ext('<zeebe:calledElement processId="child" propagateAllChildVariables="false"/>')
        + "</callActivity>",
        {"called": CalledElement(key=text("child"), inherit_variables=True)},
    ),
    "call by expression": (
        '<callActivity id="x">' + ext('<zeebe:calledElement processId="=which"/>') + "</callActivity>",
        {"called": CalledElement(key=feel("which"), inherit_variables=True, propagate_all=True)},
    ),
    "loop": (
        looped(
            "<multiInstanceLoopCharacteristics>"
            + ext(
                '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="out" '
                'outputElement="=r"/>'
            )
            + "</multiInstanceLoopCharacteristics>"
        ),
        {
            "loop": Loop(
                collection=feel("items"), element_variable="item", output_collection="out", output_element=feel("r")
            )
        },
    ),
    "listener": (
        '<userTask id="x">'
        + ext(
            '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="log" retries="3"/>'
            "</zeebe:executionListeners>"
        )
        + "</userTask>",
        {"listeners": (Listener("start", "job", text("log"), retry=text("3")),)},
    ),
    "message name": ('<receiveTask id="x" messageRef="z"/>', {"message_name": feel('"paid-" + id')}),
    "script": (
        '<scriptTask id="x">' + ext('<zeebe:script expression="=1+2" resultVariable="r"/>') + "</scriptTask>",
        {"script": feel("1+2"), "script_result_variable": "r"},
    ),
    "asynchronous": None,
    "starters": None,
    "timer": (
        '<boundaryEvent id="x"><timerEventDefinition><timeDuration>=wait</timeDuration></timerEventDefinition>'
        "</boundaryEvent>",
        {"timer": Timer("duration", feel("wait"))},
    ),
    "decision": (
        '<businessRuleTask id="x">'
        + ext('<zeebe:calledDecision decisionId="risk" resultVariable="r" bindingType="deployment"/>')
        + "</businessRuleTask>",
        {"decision": DecisionCall(text("risk"), "deployment", result_variable="r", shape="result")},
    ),
    "input mapping": (
        '<userTask id="x">'
        + ext('<zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping>')
        + "</userTask>",
        {"inputs": (Mapping(feel("a"), "b"),)},
    ),
}

PLAIN = {
    "assignee": (PERFORMER, {"assignment": KERMIT}),
    "assignee expression": (
        PERFORMER.replace("kermit", "${boss}"),
        {"assignment": Assignment(assignee=juel("${boss}"))},
    ),
    "candidate groups": (owner("group(sales), finance"), {"assignment": TWO_GROUPS}),
    "due date": None,
    "form key": None,
    "class": None,
    "job": (
        '<serviceTask id="x" operationRef="op"/>',
        {"job": Job("operation", text("charge"))},
    ),
    "retries": None,
    "call": (
        '<callActivity id="x" calledElement="t:child"/>',
        {"called": CalledElement(key=text("child"), inherit_variables=True, propagate_all=True)},
    ),
    "call by expression": (
        '<callActivity id="x" calledElement="${which}"/>',
        {"called": CalledElement(key=juel("${which}"), inherit_variables=True, propagate_all=True)},
    ),
    "loop": (
        looped(
            "<multiInstanceLoopCharacteristics><loopDataInputRef>items</loopDataInputRef>"
            '<inputDataItem id="d1" name="item"/></multiInstanceLoopCharacteristics>'
        ),
        {"loop": ITEMS},
    ),
    "listener": None,
    "message name": ('<receiveTask id="x" messageRef="m"/>', {"message_name": juel("paid-${id}")}),
    "script": (
        '<scriptTask id="x"><script>a = 1</script></scriptTask>',
        {"script": Code("a = 1", "python", script=True)},
    ),
    "asynchronous": None,
    "starters": None,
    "timer": (
        '<startEvent id="x"><timerEventDefinition><timeCycle>0 0 12 * * ?</timeCycle></timerEventDefinition>'
        "</startEvent>",
        {"timer": Timer("cycle", text("0 0 12 * * ?"))},
    ),
    "decision": None,
    "input mapping": (
        '<dataObject id="a"/><dataObjectReference id="r" dataObjectRef="a"/><task id="x"><ioSpecification>'
        '<dataInput id="b"/></ioSpecification><dataInputAssociation><sourceRef>r</sourceRef><targetRef>b</targetRef>'
        "</dataInputAssociation></task>",
        {"inputs": (Mapping(var("a"), "b"),)},
    ),
}

SPIFFWORKFLOW = PLAIN | {
    "form key": (
        '<userTask id="x">'
        + ext(
            '<spiffworkflow:properties><spiffworkflow:property name="formJsonSchemaFilename" value="approve.json"/>'
            "</spiffworkflow:properties>"
        )
        + "</userTask>",
        {"form": Form(ref=text("approve.json")), "properties": {"formJsonSchemaFilename": "approve.json"}},
    ),
    "job": (
        '<serviceTask id="x">'
        + ext(
            '<spiffworkflow:serviceTaskOperator id="http/Get" resultVariable="r"><spiffworkflow:parameters>'
            '<spiffworkflow:parameter id="url" type="str" value="base + &quot;/x&quot;"/></spiffworkflow:parameters>'
            "</spiffworkflow:serviceTaskOperator>"
        )
        + "</serviceTask>",
        {"job": Job("connector", text("http/Get"), "r", fields=(("url", Code('base + "/x"', "python")),))},
    ),
    "retries": (
        '<serviceTask id="x">'
        + ext(
            '<spiffworkflow:serviceTaskOperator id="a"><spiffworkflow:retry retries="4"/>'
            "</spiffworkflow:serviceTaskOperator>"
        )
        + "</serviceTask>",
        {"retry": text("4")},
    ),
    "call": (
        '<callActivity id="x" calledElement="child"/>',
        {"called": CalledElement(key=text("child"), inherit_variables=True, propagate_all=True)},
    ),
    "loop": (
        looped(
            "<multiInstanceLoopCharacteristics><loopDataInputRef>items</loopDataInputRef>"
            '<inputDataItem id="item" name="One item"/></multiInstanceLoopCharacteristics>'
        ),
        {"loop": ITEMS},
    ),
    "listener": (
        '<task id="x">' + ext("<spiffworkflow:preScript>a = 1</spiffworkflow:preScript>") + "</task>",
        {"listeners": (Listener("start", "script", Code("a = 1", "python", script=True)),)},
    ),
    "decision": (
        '<businessRuleTask id="x">'
        + ext("<spiffworkflow:calledDecisionId>risk</spiffworkflow:calledDecisionId>")
        + "</businessRuleTask>",
        {"decision": DecisionCall(text("risk"), shape="variables")},
    ),
}

JBPM = PLAIN | {
    "assignee expression": (
        '<userTask id="x">' + assigned("ActorId", "#{boss}") + "</userTask>",
        {"assignment": Assignment(candidate_users=(juel("#{boss}"),))},
    ),
    "candidate groups": (
        '<userTask id="x">' + assigned("GroupId", "sales, finance") + "</userTask>",
        {"assignment": TWO_GROUPS, "inputs": ()},
    ),
    "due date": (
        '<userTask id="x">' + assigned("DueDate", "P2D") + "</userTask>",
        {"assignment": Assignment(due_date=text("P2D"))},
    ),
    "form key": (
        '<userTask id="x">' + assigned("TaskName", "approve") + "</userTask>",
        {"form": Form(key=text("approve"))},
    ),
    "class": (
        '<serviceTask id="x" drools:serviceinterface="org.Pay" drools:serviceoperation="go"/>',
        {"job": Job("class", text("org.Pay.go"))},
    ),
    "job": (
        '<task id="x" drools:taskName="charge">' + assigned("amount", "5") + "</task>",
        {
            "job": Job("external", text("charge"), fields=(("amount", text("5")),)),
            "inputs": (Mapping(text("5"), "amount"),),
        },
    ),
    "call": (
        '<property id="a"/><callActivity id="x" calledElement="child"><ioSpecification><dataInput id="b" name="b"/>'
        "</ioSpecification><dataInputAssociation><sourceRef>a</sourceRef><targetRef>b</targetRef></dataInputAssociation>"
        "</callActivity>",
        {"called": CalledElement(key=text("child"), inputs=(Mapping(var("a"), "b"),))},
    ),
    "call by expression": (
        '<callActivity id="x" calledElement="#{which}"/>',
        {"called": CalledElement(key=juel("#{which}"))},
    ),
    "listener": (
        '<userTask id="x">'
        + ext(
            '<drools:onEntry-script scriptFormat="http://www.java.com/java"><drools:script>go();</drools:script>'
            "</drools:onEntry-script>"
        )
        + "</userTask>",
        {"listeners": (Listener("start", "script", Code("go();", "java", script=True)),)},
    ),
    "script": (
        '<scriptTask id="x" scriptFormat="http://www.java.com/java"><script>go();</script></scriptTask>',
        {"script": Code("go();", "java", script=True)},
    ),
    "asynchronous": (
        '<task id="x">'
        + ext('<drools:metaData name="customAsync"><drools:metaValue>true</drools:metaValue></drools:metaData>')
        + "</task>",
        {"async_before": True},
    ),
    "decision": (
        '<businessRuleTask id="x">' + assigned("decision", "risk") + "</businessRuleTask>",
        {"decision": DecisionCall(text("risk"), shape="variables")},
    ),
    "timer": (
        '<boundaryEvent id="x"><timerEventDefinition><timeDuration>1h30m</timeDuration></timerEventDefinition>'
        "</boundaryEvent>",
        {"timer": Timer("duration", text("1h30m"))},
    ),
}

# None: the dialect has no word for it.
SUITE = {
    "bpmn": PLAIN,
    "camunda7": CAMUNDA7,
    "flowable": FLOWABLE,
    "activiti": ACTIVITI,
    "zeebe": ZEEBE,
    "jbpm": JBPM,
    "spiffworkflow": SPIFFWORKFLOW,
}

ROOT = (
    '<message id="m" name="paid-${id}"/><message id="z" name="=&quot;paid-&quot; + id"/>'
    '<interface id="f" name="F"><operation id="op" name="charge"/></interface>'
)


@pytest.mark.parametrize(
    ("dialect", "construct"),
    [(dialect, construct) for dialect, said in SUITE.items() for construct in said if said[construct]],
)
def test_a_construct_in_the_words_of_a_dialect(dialect: str, construct: str, look: Callable[..., Execution]) -> None:
    inner, expected = SUITE[dialect][construct]
    found = look(dialect, inner, ROOT)
    assert {name: getattr(found, name) for name in expected} == expected


def test_every_dialect_answers_for_every_construct() -> None:
    constructs = set(CAMUNDA7)
    assert {dialect: constructs - set(said) for dialect, said in SUITE.items() if constructs - set(said)} == {}
    assert set(SUITE) == {"bpmn", *dialects.DIALECTS}


CONFORMANCE = Path(__file__).resolve().parents[3].parent / "shared" / "conformance"


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="the conformance files are not beside the project")
def test_every_element_of_every_conformance_file_has_an_answer() -> None:
    read = 0
    for path in sorted(CONFORMANCE.rglob("*")):
        if path.suffix not in (".bpmn", ".bpmn2", ".xml") or not path.is_file():
            continue
        definitions: Definitions | None = bpmn.read(path.read_bytes(), path.name).definitions
        if definitions is None:
            continue
        read += 1
        for element in definitions.walk():
            dialects.execution(definitions, element)
            dialects.unread(definitions, element)
    assert read > 1000
