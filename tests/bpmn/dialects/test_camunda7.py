"""What Camunda 7 says beyond the suite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn import dialects
from bpmn.model import Activity, Definitions
from bpmn.model.execution import (
    CalledElement,
    Code,
    ErrorMapping,
    Execution,
    Form,
    FormField,
    Job,
    Listener,
    Mapping,
    Timer,
)

Look = Callable[..., Execution]


def text(value: str) -> Code:
    return Code(value, "text")


def juel(value: str) -> Code:
    return Code(value, "juel")


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def test_declared_form_fields(look: Look) -> None:
    fields = """<camunda:formData>
        <camunda:formField id="colour" label="Colour" type="enum" defaultValue="red">
          <camunda:validation><camunda:constraint name="required"/><camunda:constraint name="max" config="9"/>
            <camunda:constraint name="readonly" config="false"/></camunda:validation>
          <camunda:value id="red" name="Red"/><camunda:value id="blue" name="Blue"/>
        </camunda:formField>
        <camunda:formField id="day" type="date" datePattern="dd.MM.yyyy" defaultValue="${today}"/>
      </camunda:formData>"""
    found = look("camunda7", f'<startEvent id="x">{ext(fields)}</startEvent>')
    assert found.form == Form(
        fields=(
            FormField(
                "colour",
                "Colour",
                "enum",
                text("red"),
                required=True,
                options=(("red", "Red"), ("blue", "Blue")),
                constraints=(("max", "9"),),
            ),
            FormField("day", type="date", default=juel("${today}"), date_pattern="dd.MM.yyyy"),
        )
    )


def test_a_form_by_reference_in_a_version(look: Look) -> None:
    attributes = 'camunda:formRef="approve" camunda:formRefBinding="version" camunda:formRefVersion="2"'
    found = look("camunda7", f'<userTask id="x" {attributes}/>')
    assert found.form == Form(ref=text("approve"), binding="version", version=text("2"))


def test_parameters_nest(look: Look) -> None:
    parameters = """<camunda:inputOutput>
        <camunda:inputParameter name="plain">5</camunda:inputParameter>
        <camunda:inputParameter name="nothing"/>
        <camunda:inputParameter name="many"><camunda:list><camunda:value>${a}</camunda:value>
          <camunda:map><camunda:entry key="k">v</camunda:entry></camunda:map>
          <camunda:script scriptFormat="groovy">1</camunda:script></camunda:list></camunda:inputParameter>
        <camunda:outputParameter name="out"><camunda:script scriptFormat="groovy" resource="a.groovy"/>
        </camunda:outputParameter>
      </camunda:inputOutput>"""
    found = look("camunda7", f'<serviceTask id="x">{ext(parameters)}</serviceTask>')
    inner = Mapping(None, None, items=(("k", text("v")),), shape="map")
    items = ((None, juel("${a}")), (None, inner), (None, Code("1", "groovy", script=True)))
    assert found.inputs == (
        Mapping(text("5"), "plain"),
        Mapping(text(""), "nothing"),
        Mapping(None, "many", items=items, shape="list"),
    )
    assert found.outputs == (Mapping(Code("", "groovy", script=True, resource="a.groovy"), "out"),)


def test_parameters_nested_without_end_are_cut(look: Look) -> None:
    deep = "<camunda:list>" * 200 + "</camunda:list>" * 200
    parameter = (
        f'<camunda:inputOutput><camunda:inputParameter name="a">{deep}</camunda:inputParameter></camunda:inputOutput>'
    )
    assert look("camunda7", f'<task id="x">{ext(parameter)}</task>').inputs[0].shape == "list"


def test_a_call_with_all_variables_a_business_key_and_a_version(look: Look) -> None:
    mappings = (
        '<camunda:in businessKey="${k}"/><camunda:in variables="all" local="true"/>'
        '<camunda:in sourceExpression="constant" target="c"/><camunda:out variables="all"/>'
    )
    attributes = 'calledElement="child" camunda:calledElementBinding="versionTag" camunda:calledElementVersionTag="v1"'
    found = look("camunda7", f'<callActivity id="x" {attributes}>{ext(mappings)}</callActivity>')
    assert found.called == CalledElement(
        key=text("child"),
        binding="versionTag",
        version=text("v1"),
        business_key=juel("${k}"),
        inputs=(Mapping(None, None, local=True), Mapping(text("constant"), "c")),
        outputs=(Mapping(None, None),),
    )


@pytest.mark.parametrize(
    ("inner", "job"),
    [
        (
            '<sendTask id="x" camunda:type="external" camunda:topic="${t}" camunda:taskPriority="7"/>',
            Job("external", juel("${t}"), priority=text("7")),
        ),
        (
            '<serviceTask id="x" camunda:expression="${a.b()}" camunda:resultVariable="r"/>',
            Job("expression", juel("${a.b()}"), "r"),
        ),
        (
            '<serviceTask id="x" camunda:delegateExpression="${bean}">'
            + ext('<camunda:field name="f" stringValue="${not}"/><camunda:field name="g" expression="${yes}"/>')
            + "</serviceTask>",
            Job("delegate", juel("${bean}"), fields=(("f", text("${not}")), ("g", juel("${yes}")))),
        ),
        (
            '<endEvent id="x"><messageEventDefinition camunda:class="org.Send"/></endEvent>',
            Job("class", text("org.Send")),
        ),
        (
            '<serviceTask id="x">'
            + ext(
                "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId><camunda:inputOutput>"
                '<camunda:inputParameter name="url">http://a</camunda:inputParameter></camunda:inputOutput></camunda:connector>'
            )
            + "</serviceTask>",
            Job("connector", text("http-connector"), inputs=(Mapping(text("http://a"), "url"),)),
        ),
    ],
)
def test_jobs(inner: str, job: Job, look: Look) -> None:
    assert look("camunda7", inner).job == job


def test_listeners_of_tasks_and_flows(look: Look) -> None:
    listeners = """<camunda:taskListener event="timeout" class="org.Late" id="t">
        <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></camunda:taskListener>
      <camunda:executionListener event="end"><camunda:script scriptFormat="groovy">x</camunda:script>
      </camunda:executionListener>"""
    found = look("camunda7", f'<userTask id="x">{ext(listeners)}</userTask>').listeners
    late = Listener("timeout", "class", text("org.Late"), on="task", timer=Timer("duration", text("PT1H")))
    assert found == (late, Listener("end", "script", Code("x", "groovy", script=True)))
    flow = (
        '<sequenceFlow id="x">'
        + ext('<camunda:executionListener event="start" expression="${a}"/>')
        + "</sequenceFlow>"
    )
    assert [listener.event for listener in look("camunda7", flow).listeners] == ["take"]


def test_errors_escalations_and_conditions(look: Look) -> None:
    root = '<error id="e" errorCode="E1" camunda:errorMessage="${why}"/><escalation id="s" escalationCode="S1"/>'
    caught = (
        '<boundaryEvent id="x"><errorEventDefinition errorRef="e" camunda:errorCodeVariable="c" '
        'camunda:errorMessageVariable="m"/></boundaryEvent>'
    )
    found = look("camunda7", caught, root)
    assert (found.code, found.code_variable, found.message_variable) == (text("E1"), "c", "m")
    assert found.error_message == juel("${why}")
    raised = '<endEvent id="x"><escalationEventDefinition escalationRef="s"/></endEvent>'
    assert look("camunda7", raised, root).code == text("S1")
    condition = (
        '<startEvent id="x"><conditionalEventDefinition camunda:variableName="v" '
        'camunda:variableEvents="create, update">'
        "<condition>${v}</condition></conditionalEventDefinition></startEvent>"
    )
    found = look("camunda7", condition)
    assert (found.condition_variable, found.condition_events) == ("v", ("create", "update"))


def test_what_a_signal_takes_along(look: Look) -> None:
    signal = '<signalEventDefinition signalRef="s" camunda:async="true">' + ext(
        '<camunda:in source="a" target="b"/><camunda:in businessKey="${k}"/>'
    )
    thrown = f'<intermediateThrowEvent id="x">{signal}</signalEventDefinition></intermediateThrowEvent>'
    found = look("camunda7", thrown, '<signal id="s" name="go-${id}"/>')
    assert found.variables_for_event == (Mapping(Code("a", "variable"), "b"),)
    assert (found.signal_name, found.business_key, found.async_before) == (juel("go-${id}"), juel("${k}"), False)


def test_external_task_errors(look: Look) -> None:
    mapping = '<camunda:errorEventDefinition id="d" errorRef="e" expression="${bad}"/>'
    task = f'<serviceTask id="x" camunda:type="external" camunda:topic="t">{ext(mapping)}</serviceTask>'
    assert look("camunda7", task).error_mappings == (ErrorMapping("e", juel("${bad}")),)


def test_the_process_speaks_for_all_its_tasks(model: Callable[..., Definitions]) -> None:
    definitions = model("camunda7", '<serviceTask id="x" camunda:type="external" camunda:topic="t"/>')
    process = definitions.processes[0]
    namespace = "{http://camunda.org/schema/1.0/bpmn}"
    process.foreign_attributes.update(
        {
            f"{namespace}taskPriority": "9",
            f"{namespace}versionTag": "1.2",
            f"{namespace}candidateStarterGroups": "a, ${b}",
        }
    )
    found = dialects.execution(definitions, process)
    assert (found.version_tag, found.start_groups) == ("1.2", (text("a"), juel("${b}")))
    task = definitions.resolve("x")
    assert task is not None
    job = dialects.execution(definitions, task).job
    assert job is not None
    assert job.priority == text("9")


def test_asynchronous_items_of_a_loop_are_the_loops(model: Callable[..., Definitions]) -> None:
    loop = '<multiInstanceLoopCharacteristics camunda:asyncBefore="true" camunda:exclusive="false"/>'
    definitions = model("camunda7", f'<task id="x" camunda:asyncAfter="true">{loop}</task>')
    task = definitions.resolve("x")
    assert isinstance(task, Activity)
    assert task.loop_characteristics is not None
    around, item = dialects.execution(definitions, task), dialects.execution(definitions, task.loop_characteristics)
    assert (around.async_before, around.async_after, around.exclusive) == (False, True, True)
    assert (item.async_before, item.exclusive) == (True, False)


def test_a_timer_that_says_its_language_is_in_it(look: Look) -> None:
    event = """<intermediateCatchEvent id="x"><timerEventDefinition>
        <timeDate language="python">first_day</timeDate></timerEventDefinition></intermediateCatchEvent>"""
    timer = look("camunda7", event).timer
    assert timer is not None
    assert (timer.kind, timer.code.text, timer.code.language) == ("date", "first_day", "python")
