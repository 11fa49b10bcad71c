"""Documents built in Python are valid by the standard's schema, and are read again as they were built."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest
from lxml import etree

import bpmn
from bpmn import model
from bpmn.model.fields import Binding
from bpmn.model.walk import children_of
from bpmn.xml.catalog import ABSTRACT, shapes


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    with as_file(files("SpiffWorkflow.bpmn.parser") / "schema") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd")))


def order() -> model.Definitions:
    """An order process that uses most kinds of children in an order that is not the schema's."""
    process = model.Process(
        id="order",
        name="Order & more",
        is_executable=True,
        documentation=[model.Documentation(text="How an order\nis filled")],
        properties=[model.Property(id="amount", name="amount")],
        lane_sets=[model.LaneSet(id="ls", lanes=[model.Lane(id="l", name="Sales", flow_node_refs=["start", "ask"])])],
        artifacts=[
            model.TextAnnotation(id="note", text="Mind this"),
            model.Association(id="a", source_ref="ask", target_ref="note"),
        ],
        flow_elements=[
            model.StartEvent(
                id="start", outgoing=["f1"], event_definitions=[model.MessageEventDefinition(message_ref="msg")]
            ),
            model.UserTask(
                id="ask",
                name="Ask",
                incoming=["f1"],
                outgoing=["f2"],
                loop_characteristics=model.MultiInstanceLoopCharacteristics(
                    is_sequential=True,
                    loop_cardinality=model.FormalExpression(text="3"),
                    completion_condition=model.FormalExpression(text="done", language="python"),
                ),
                resources=[
                    model.PotentialOwner(
                        resource_assignment_expression=model.ResourceAssignmentExpression(
                            expression=model.FormalExpression(text="clerks")
                        )
                    )
                ],
                io_specification=model.InputOutputSpecification(
                    data_inputs=[model.DataInput(id="in", name="in")],
                    input_sets=[model.InputSet(data_input_refs=["in"])],
                    output_sets=[model.OutputSet()],
                ),
                data_input_associations=[
                    model.DataInputAssociation(
                        source_refs=["amount"],
                        target_ref="in",
                        assignments=[
                            model.Assignment(
                                from_=model.FormalExpression(text="a"), to=model.FormalExpression(text="b")
                            )
                        ],
                    )
                ],
            ),
            model.BoundaryEvent(
                id="late",
                attached_to_ref="ask",
                cancel_activity=False,
                event_definitions=[model.TimerEventDefinition(time_duration=model.FormalExpression(text="PT1H"))],
            ),
            model.SubProcess(
                id="sub",
                triggered_by_event=True,
                flow_elements=[
                    model.StartEvent(id="s", event_definitions=[model.ErrorEventDefinition(error_ref="err")])
                ],
            ),
            model.ScriptTask(id="script", script_format="python", script="x = 1 < 2"),
            model.CallActivity(id="call", called_element="other"),
            model.EndEvent(id="end"),
            model.SequenceFlow(id="f1", source_ref="start", target_ref="ask"),
            model.SequenceFlow(
                id="f2",
                source_ref="ask",
                target_ref="end",
                condition_expression=model.FormalExpression(text="amount > 3"),
            ),
        ],
    )
    shape = model.BPMNShape(id="ask_di", bpmn_element="ask", bounds=model.Bounds(x=1, y=2.5, width=100, height=80))
    edge = model.BPMNEdge(id="f1_di", bpmn_element="f1", waypoints=[model.Point(x=0, y=0), model.Point(x=5, y=5)])
    plane = model.BPMNPlane(id="plane", bpmn_element="order", elements=[shape, edge])
    return model.Definitions(
        id="defs",
        target_namespace="urn:order",
        root_elements=[model.Message(id="msg", name="Order"), model.Error(id="err", error_code="E1"), process],
        diagrams=[model.BPMNDiagram(id="diagram", plane=plane)],
    )


def test_it_is_valid_by_the_schema(schema):
    written = bpmn.write(order())
    schema.assertValid(etree.fromstring(written))


def test_it_is_indented(schema):
    written = bpmn.write(order()).decode()
    assert '\n  <bpmn:process id="order"' in written
    assert '\n    <bpmn:userTask id="ask"' in written
    assert "<bpmn:incoming>f1</bpmn:incoming>\n" in written
    assert written.endswith("</bpmn:definitions>\n")


def test_it_is_read_again_as_it_was_built():
    built = order()
    read = bpmn.read(bpmn.write(built)).definitions
    assert read is not None
    assert shown(read) == shown(built)


@pytest.mark.parametrize("kind", [kind for kind in shapes() if kind not in ABSTRACT], ids=lambda kind: kind.__name__)
def test_every_class_with_every_attribute_is_read_again(kind):
    """Each class of the standard, alone and full, where it may stand: written and read, it is the same."""
    if not issubclass(kind, model.BaseElement) or kind is model.Definitions:
        pytest.skip("stands only inside others")
    element = kind(
        id="x",
        **{slot.field: sample(kind, slot.field) for slot in shapes()[kind].attributes.values() if slot.field != "id"},
    )
    read = bpmn.read(bpmn.write(model.Definitions(fragment=element))).definitions
    assert read is not None
    assert type(read.fragment) is kind
    for slot in shapes()[kind].attributes.values():
        assert getattr(read.fragment, slot.field) == getattr(element, slot.field)


def sample(kind: type[model.Element], name: str) -> object:
    parse = next(slot.parse for slot in shapes()[kind].attributes.values() if slot.field == name)
    return next(value for value in (parse("true"), parse("3"), parse("3.5"), parse("a")) if value is not None)


def shown(element: model.Element) -> list[object]:
    """All that an element and those inside it hold, without where and how it was written."""
    found: list[object] = []
    waiting = [element]
    while waiting:
        current = waiting.pop(0)
        found.append(type(current).__name__)
        for slot in shapes()[type(current)].attributes.values():
            found.append((slot.name, getattr(current, slot.field)))
        for name, binding in bindings(current):
            if binding.kind in ("text", "body"):
                found.append((name, getattr(current, name)))
        waiting.extend(sorted(children_of(current), key=lambda child: (type(child).__name__, child.id or "")))
    return found


def bindings(element: model.Element) -> list[tuple[str, Binding]]:
    from dataclasses import fields

    return [(f.name, f.metadata["xml"]) for f in fields(element) if "xml" in f.metadata]
