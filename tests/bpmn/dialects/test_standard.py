"""What BPMN itself says of execution, in a plain file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn.model.execution import Assignment, CalledElement, Code, Execution, Mapping, Timer

Look = Callable[..., Execution]


def text(value: str) -> Code:
    return Code(value, "text")


def var(name: str) -> Code:
    return Code(name, "variable")


def owner(inner: str, role: str = "potentialOwner", element: str = "userTask") -> str:
    expression = (
        f"<resourceAssignmentExpression><formalExpression>{inner}</formalExpression></resourceAssignmentExpression>"
    )
    return f'<{element} id="x"><{role}>{expression}</{role}></{element}>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            owner("user(anna), group(sales, finance), boss"),
            Assignment(
                candidate_users=(text("anna"),), candidate_groups=(text("sales"), text("finance"), text("boss"))
            ),
        ),
        (owner("${pick(a, b)}"), Assignment(candidate_groups=(Code("${pick(a, b)}", "juel"),))),
        (owner("anna", "humanPerformer", "manualTask"), Assignment(assignee=text("anna"))),
        (
            '<task id="x"><performer><resourceRef>r</resourceRef></performer></task>',
            Assignment(candidate_groups=(text("Clerk"),)),
        ),
        (owner(""), None),
    ],
)
def test_who_does_a_task(inner: str, expected: Assignment | None, look: Look) -> None:
    assert look("bpmn", inner, '<resource id="r" name="Clerk"/>').assignment == expected


DATA = """<dataObject id="d1" name="order"/><dataObjectReference id="r1" dataObjectRef="d1" name="Order [new]"/>
  <dataObject id="d2" name="My invoice"/><dataObject id="d-3"/>
  <dataStoreReference id="store" name="archive"/>"""


def task(associations: str, element: str = "task") -> str:
    specification = (
        '<ioSpecification><dataInput id="i1" name="wanted"/><dataInput id="i2" name="order"/>'
        '<dataOutput id="o1" name="made"/></ioSpecification><property id="p1" name="__targetRef_placeholder"/>'
    )
    return f'{DATA}<{element} id="x">{specification}{associations}</{element}>'


def arrow(source: str, target: str, inner: str = "", kind: str = "Input") -> str:
    ends = f"<sourceRef>{source}</sourceRef><targetRef>{target}</targetRef>"
    return f"<data{kind}Association>{ends}{inner}</data{kind}Association>"


def test_data_associations_are_mappings(look: Look) -> None:
    found = look("bpmn", task(arrow("r1", "i1") + arrow("d2", "i2") + arrow("o1", "d2", kind="Output")))
    assert found.inputs == (Mapping(var("order"), "wanted"), Mapping(var("d2"), "order"))
    assert found.outputs == (Mapping(var("made"), "d2"),)


@pytest.mark.parametrize(
    "association", [arrow("store", "i1"), arrow("d-3", "i1"), arrow("r1", "p1"), arrow("r1", "i2"), arrow("", "i1")]
)
def test_arrows_that_move_no_data(association: str, look: Look) -> None:
    """A store, a generated id, the drawing tool's invisible anchor, the same name on both sides, a missing end."""
    assert look("bpmn", task(association)).inputs == ()
    assert look("drawing", task(arrow("r1", "i1"))).inputs == ()


def test_transformations_and_assignments(look: Look) -> None:
    transformed = arrow("r1", "i1", "<transformation>order.total * 2</transformation>")
    assigned = arrow("r1", "i2", "<assignment><from>order.id</from><to>i1</to></assignment>")
    assert look("bpmn", task(transformed + assigned)).inputs == (
        Mapping(Code("order.total * 2", "python"), "wanted"),
        Mapping(Code("order.id", "python"), "wanted"),
    )


def test_a_call_hands_over_what_its_associations_say_and_else_everything(look: Look) -> None:
    inner = task(arrow("r1", "i1"), "callActivity").replace(
        '<callActivity id="x"', '<callActivity id="x" calledElement="ns:c"'
    )
    found = look("bpmn", inner)
    assert found.called == CalledElement(key=text("c"), inputs=(Mapping(var("order"), "wanted"),))
    assert found.inputs == ()
    assert look("bpmn", '<callActivity id="x"/>').called is None


@pytest.mark.parametrize(
    ("kind", "written", "dialect", "code"),
    [
        ("timeDate", "2026-05-01T08:00:00+02:00", "bpmn", text("2026-05-01T08:00:00+02:00")),
        ("timeDuration", "timedelta(days=2)", "bpmn", Code("timedelta(days=2)", "python")),
        ("timeDuration", "${wait}", "bpmn", Code("${wait}", "juel")),
        ("timeDuration", "two days", "camunda7", text("two days")),
        ("timeDuration", '"PT5M"', "camunda7", text("PT5M")),
        ("timeDate", "'2026-03-01T09:00:00Z'", "flowable", text("2026-03-01T09:00:00Z")),
        ("timeCycle", "0 0/5 * * * ?", "flowable", text("0 0/5 * * * ?")),
        ("timeCycle", "=cycle(3, d)", "zeebe", Code("cycle(3, d)", "feel")),
        ("timeCycle", "R/PT1H", "drawing", text("R/PT1H")),
        ("timeCycle", "#{c}", "jbpm", Code("#{c}", "juel")),
    ],
)
def test_timers(kind: str, written: str, dialect: str, code: Code, look: Look) -> None:
    found = look(
        dialect,
        f'<startEvent id="x"><timerEventDefinition><{kind}>{written}</{kind}></timerEventDefinition></startEvent>',
    )
    assert found.timer is not None
    assert (found.timer.kind, found.timer.code) == (kind.removeprefix("time").lower(), code)
    assert look("bpmn", '<startEvent id="x"><timerEventDefinition/></startEvent>').timer is None


def test_event_definitions_by_reference(look: Look) -> None:
    root = '<timerEventDefinition id="t"><timeDuration>PT1H</timeDuration></timerEventDefinition>'
    inner = '<intermediateCatchEvent id="x"><eventDefinitionRef>t</eventDefinitionRef></intermediateCatchEvent>'
    assert look("bpmn", inner, root).timer == Timer("duration", text("PT1H"))


def test_a_message_name_that_is_evaluated(look: Look) -> None:
    root = '<message id="m1" name="Paid"/><message id="m2" name="paid ${order}"/>'
    assert look("bpmn", '<sendTask id="x" messageRef="m1"/>', root).message_name is None
    assert look("bpmn", '<receiveTask id="x" messageRef="t:m2"/>', root).message_name == Code("paid ${order}", "juel")
    assert look("bpmn", '<receiveTask id="x" messageRef="nothing"/>', root).message_name is None


def test_an_element_of_which_nothing_is_said(look: Look) -> None:
    assert look("bpmn", '<exclusiveGateway id="x"/>') == Execution()
