"""What SpiffWorkflow says beyond the suite."""

from __future__ import annotations

from collections.abc import Callable

from bpmn.model.execution import Code, Execution, Listener

Look = Callable[..., Execution]


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def python(value: str, *, script: bool = False) -> Code:
    return Code(value, "python", script=script)


def test_scripts_around_a_task_in_their_order(look: Look) -> None:
    after = "<spiffworkflow:postScript>b = 2</spiffworkflow:postScript>"
    before = "<spiffworkflow:preScript>a = 1</spiffworkflow:preScript>"
    assert look("spiffworkflow", f'<manualTask id="x">{ext(after + before)}</manualTask>').listeners == (
        Listener("start", "script", python("a = 1", script=True)),
        Listener("end", "script", python("b = 2", script=True)),
    )


def test_what_goes_with_an_event_and_where_it_is_kept(look: Look) -> None:
    extension = ext(
        "<spiffworkflow:messagePayload>{'a': b}</spiffworkflow:messagePayload>"
        "<spiffworkflow:messageVariable>got</spiffworkflow:messageVariable>"
    )
    in_definition = (
        f'<endEvent id="x"><messageEventDefinition messageRef="m">{extension}</messageEventDefinition></endEvent>'
    )
    on_message = '<sendTask id="x" messageRef="m"/>'
    for inner, root in (
        (in_definition, '<message id="m" name="M"/>'),
        (on_message, f'<message id="m" name="M">{extension}</message>'),
    ):
        found = look("spiffworkflow", inner, root)
        assert (found.payload, found.payload_variable) == (python("{'a': b}"), "got")
    signal = ext(
        "<spiffworkflow:payloadExpression>b</spiffworkflow:payloadExpression>"
        "<spiffworkflow:variableName>got</spiffworkflow:variableName>"
    )
    caught = '<boundaryEvent id="x"><signalEventDefinition signalRef="s"/></boundaryEvent>'
    found = look("spiffworkflow", caught, f'<signal id="s" name="S">{signal}</signal>')
    assert (found.payload, found.payload_variable) == (python("b"), "got")


def test_instructions_are_kept_with_the_properties(look: Look) -> None:
    inner = ext("<spiffworkflow:instructionsForEndUser>Look at {{ a }}.</spiffworkflow:instructionsForEndUser>")
    found = look("spiffworkflow", f'<userTask id="x">{inner}</userTask>')
    assert found.properties == {"instructionsForEndUser": "Look at {{ a }}."}


def test_data_goes_by_id(look: Look) -> None:
    inner = (
        '<dataObject id="order_1" name="order"/><dataObjectReference id="r" dataObjectRef="order_1"/><task id="x">'
        '<ioSpecification><dataInput id="in_1" name="wanted"/></ioSpecification><dataInputAssociation>'
        "<sourceRef>r</sourceRef><targetRef>in_1</targetRef></dataInputAssociation></task>"
    )
    (mapping,) = look("spiffworkflow", inner).inputs
    assert (mapping.source, mapping.target) == (Code("order_1", "variable"), "in_1")
