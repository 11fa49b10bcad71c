"""What Flowable and Activiti say beyond the suite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn.model.execution import (
    Aggregation,
    CalledElement,
    Code,
    Execution,
    Form,
    FormField,
    Job,
    Listener,
    Loop,
    Mapping,
    Timer,
)

Look = Callable[..., Execution]


def text(value: str) -> Code:
    return Code(value, "text")


def juel(value: str) -> Code:
    return Code(value, "juel")


def var(name: str) -> Code:
    return Code(name, "variable")


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


@pytest.mark.parametrize(("dialect", "prefix"), [("flowable", "flowable"), ("activiti", "activiti")])
def test_form_properties(dialect: str, prefix: str, look: Look) -> None:
    properties = (
        f'<{prefix}:formProperty id="room" name="Room" type="enum" required="true" writable="false" variable="r">'
        f'<{prefix}:value id="a" name="A"/></{prefix}:formProperty>'
        f'<{prefix}:formProperty id="who" expression="${{a.b}}" default="me" readable="false"/>'
    )
    found = look(dialect, f'<userTask id="x">{ext(properties)}</userTask>')
    room = FormField("room", "Room", "enum", required=True, writable=False, options=(("a", "A"),), variable="r")
    who = FormField("who", default=text("me"), readable=False, expression=juel("${a.b}"))
    assert found.form == Form(fields=(room, who))


@pytest.mark.parametrize(
    ("attributes", "inner", "job"),
    [
        ('flowable:type="http"', "", Job("http", text("http"))),
        (
            'flowable:type="mail"',
            '<flowable:field name="to" stringValue="a@b"/>',
            Job("mail", text("mail"), fields=(("to", text("a@b")),)),
        ),
        ('flowable:type="shell"', "", Job("connector", text("shell"))),
        (
            'flowable:expression="${a}" flowable:resultVariableName="r" flowable:useLocalScopeForResultVariable="true" '
            'flowable:storeResultVariableAsTransient="true"',
            "",
            Job("expression", juel("${a}"), "r", result_local=True, result_transient=True),
        ),
        ('flowable:class="org.A" flowable:triggerable="true"', "", Job("class", text("org.A"), triggerable=True)),
        (
            'flowable:type="external-worker" flowable:topic="t" flowable:doNotIncludeVariables="true"',
            '<flowable:externalWorkerInParameter source="a" target="b"/>'
            '<flowable:externalWorkerOutParameter sourceExpression="${c}" target="d"/>',
            Job(
                "external",
                text("t"),
                include_variables=False,
                inputs=(Mapping(var("a"), "b"),),
                outputs=(Mapping(juel("${c}"), "d"),),
            ),
        ),
    ],
)
def test_jobs(attributes: str, inner: str, job: Job, look: Look) -> None:
    assert look("flowable", f'<serviceTask id="x" {attributes}>{ext(inner)}</serviceTask>').job == job


def test_a_call_that_inherits(look: Look) -> None:
    attributes = (
        'calledElement="child" flowable:inheritVariables="true" flowable:inheritBusinessKey="true" '
        'flowable:sameDeployment="true" flowable:useLocalScopeForOutParameters="true" flowable:businessKey="${k}"'
    )
    out = '<flowable:out source="a" targetExpression="${b}"/>'
    assert look("flowable", f'<callActivity id="x" {attributes}>{ext(out)}</callActivity>').called == CalledElement(
        key=text("child"),
        binding="deployment",
        business_key=juel("${k}"),
        outputs=(Mapping(var("a"), juel("${b}"), local=True),),
        inherit_variables=True,
        inherit_business_key=True,
    )


def test_data_associations_of_a_call_are_its_mappings(look: Look) -> None:
    inner = "<dataInputAssociation><sourceRef>above</sourceRef><targetRef>below</targetRef></dataInputAssociation>"
    called = look("flowable", f'<callActivity id="x" calledElement="child">{inner}</callActivity>').called
    assert called == CalledElement(key=text("child"), inputs=(Mapping(var("above"), "below"),))


def test_values_gathered_from_the_items_of_a_loop(look: Look) -> None:
    gathered = (
        '<flowable:variableAggregation target="votes" createOverviewVariable="true">'
        '<flowable:variable source="vote" target="v"/><flowable:variable sourceExpression="${a+1}" target="w"/>'
        "</flowable:variableAggregation>"
    )
    loop = (
        '<multiInstanceLoopCharacteristics flowable:collection="${list}" flowable:elementVariable="item" '
        f'flowable:elementIndexVariable="i">{ext(gathered)}</multiInstanceLoopCharacteristics>'
    )
    assert look("flowable", f'<userTask id="x">{loop}</userTask>').loop == Loop(
        collection=juel("${list}"),
        element_variable="item",
        index_variable="i",
        aggregations=(Aggregation(text("votes"), (("v", var("vote")), ("w", juel("${a+1}"))), overview=True),),
    )


@pytest.mark.parametrize(
    "inner",
    [
        '<flowable:taskListener event="create" type="script"><flowable:script language="groovy" resultVariable="r">x'
        "</flowable:script></flowable:taskListener>",
        '<flowable:taskListener event="create" class="org.flowable.engine.impl.bpmn.listener.ScriptTaskListener">'
        '<flowable:field name="script" stringValue="x"/><flowable:field name="language" stringValue="groovy"/>'
        "</flowable:taskListener>",
    ],
)
def test_script_listeners(inner: str, look: Look) -> None:
    (listener,) = look("flowable", f'<userTask id="x">{ext(inner)}</userTask>').listeners
    assert (listener.event, listener.kind, listener.on) == ("create", "script", "task")
    assert listener.target == Code("x", "groovy", script=True)
    assert isinstance(listener, Listener)


def test_events(look: Look) -> None:
    signal = '<signal id="s" name="go" flowable:scope="processInstance"/>'
    thrown = (
        '<intermediateThrowEvent id="x">'
        + ext('<flowable:out source="a" target="b"/>')
        + '<signalEventDefinition signalRef="s"/></intermediateThrowEvent>'
    )
    found = look("flowable", thrown, signal)
    assert (found.signal_name, found.signal_scope) == (None, "processInstance")
    assert found.variables_for_event == (Mapping(var("a"), "b"),)
    named = '<boundaryEvent id="x"><signalEventDefinition flowable:signalExpression="${n}"/></boundaryEvent>'
    assert look("flowable", named).signal_name == juel("${n}")
    ended = '<endEvent id="x"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>'
    assert look("flowable", ended).terminate_all
    changed = (
        '<boundaryEvent id="x">'
        + ext('<flowable:variableListenerEventDefinition variableName="v" variableChangeType="update"/>')
        + "</boundaryEvent>"
    )
    found = look("flowable", changed)
    assert (found.variable_event, found.condition_variable, found.condition_events) == (True, "v", ("update",))


def test_a_cycle_ends_and_keeps_a_calendar(look: Look) -> None:
    cycle = '<timeCycle flowable:endDate="${end}">R/PT1H</timeCycle>'
    timer = f'<timerEventDefinition flowable:businessCalendarName="work">{cycle}</timerEventDefinition>'
    found = look("flowable", f'<startEvent id="x">{timer}</startEvent>')
    assert found.timer == Timer("cycle", text("R/PT1H"), juel("${end}"), "work")


def test_the_rest(look: Look) -> None:
    assert look("flowable", '<task id="x" flowable:skipExpression="${s}"/>').skip == juel("${s}")
    found = look(
        "flowable", '<task id="x" flowable:async="true" flowable:asyncLeave="true" flowable:exclusive="false"/>'
    )
    assert (found.async_before, found.async_after, found.exclusive) == (True, True, False)
    script = (
        '<scriptTask id="x" scriptFormat="groovy" flowable:autoStoreVariables="false"><script>a</script></scriptTask>'
    )
    assert look("flowable", script).script_stores_variables is False


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("xsd:string", "5", text("5")),
        ("xsd:int", "007", Code("7", "python")),
        ("xsd:double", "-1.5", Code("-1.5", "python")),
        ("xsd:boolean", "true", Code("True", "python")),
        ("xsd:datetime", "2026-03-01T09:30:00", Code('date and time("2026-03-01T09:30:00")', "feel")),
        ("xsd:datetime", "2026-03-01", Code('date("2026-03-01")', "feel")),
        ("xsd:datetime", "soon", text("soon")),
        ("xsd:int", "five()", text("five()")),
        ("xsd:int", "${a}", juel("${a}")),
    ],
)
def test_a_data_object_begins_with_a_value(kind: str, written: str, code: Code, look: Look) -> None:
    value = ext(f"<flowable:value>{written}</flowable:value>")
    assert look("flowable", f'<dataObject id="x" name="n" itemSubjectRef="{kind}">{value}</dataObject>').initial == code
