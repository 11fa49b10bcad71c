"""Whatever is done to a document in Python, it is read again as it was left."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bpmn
from bpmn import model
from bpmn.model.fields import Binding
from bpmn.model.walk import children_of

NEW = (
    lambda id: model.UserTask(id=id, name="n"),
    lambda id: model.SequenceFlow(id=id, source_ref="a", condition_expression=model.FormalExpression(text="x > 1")),
    lambda id: model.SubProcess(id=id, flow_elements=[model.Task(id=f"{id}_t")], incoming=["f"]),
    lambda id: model.StartEvent(id=id, event_definitions=[model.SignalEventDefinition(signal_ref="s")]),
    lambda id: model.ScriptTask(id=id, script=" a\n"),
)
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)


def content(element: model.Element) -> list[object]:
    """What an element and all inside it say, in order, without how it was written."""
    found: list[object] = []
    waiting: list[tuple[int, model.Element]] = [(0, element)]
    while waiting:
        depth, current = waiting.pop()
        # A new expression gets the xsi:type that the schema wants where it is written.
        foreign = {name: value for name, value in current.foreign_attributes.items() if name != XSI_TYPE}
        found.append((depth, type(current).__name__, foreign))
        for field in fields(current):
            binding: Binding | None = field.metadata.get("xml")
            value = getattr(current, field.name)
            if binding is not None and binding.kind in ("attribute", "text", "body"):
                # A file cannot tell an empty text from none.
                found.append((field.name, value or None if isinstance(value, str | list) else value))
            elif binding is not None and value:
                inner = value if isinstance(value, list) else [value]
                found.append((field.name, [child.id for child in inner]))
        waiting.extend((depth + 1, child) for child in reversed(in_field_order(current)))
    return found


def in_field_order(element: model.Element) -> list[model.Element]:
    order = {id(child): place for place, child in enumerate(all_children(element))}
    return sorted(children_of(element), key=lambda child: order[id(child)])


def all_children(element: model.Element) -> list[model.Element]:
    found: list[model.Element] = []
    for field in fields(element):
        value = getattr(element, field.name)
        found.extend(
            item for item in (value if isinstance(value, list) else [value]) if isinstance(item, model.Element)
        )
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_edits(everything, data):
    definitions = bpmn.read(everything).definitions
    for step in range(data.draw(st.integers(1, 6))):
        holders = [element for element in definitions.walk() if getattr(element, "flow_elements", None) is not None]
        flow_elements = data.draw(st.sampled_from(holders)).flow_elements
        kind = data.draw(st.sampled_from(["insert", "remove", "move", "rename", "text", "list", "vendor"]))
        if kind == "insert":
            at = data.draw(st.integers(0, len(flow_elements)))
            flow_elements.insert(at, data.draw(st.sampled_from(NEW))(f"new{step}"))
        elif kind == "remove" and flow_elements:
            flow_elements.pop(data.draw(st.integers(0, len(flow_elements) - 1)))
        elif kind == "move" and flow_elements:
            moved = flow_elements.pop(data.draw(st.integers(0, len(flow_elements) - 1)))
            flow_elements.insert(data.draw(st.integers(0, len(flow_elements))), moved)
        elif kind == "rename" and flow_elements:
            data.draw(st.sampled_from(flow_elements)).name = data.draw(st.none() | TEXT)
        elif kind == "text":
            definitions.processes[0].documentation = [model.Documentation(text=data.draw(TEXT))]
        elif kind == "list":
            node = data.draw(st.sampled_from([each for each in definitions.walk() if isinstance(each, model.FlowNode)]))
            node.outgoing = data.draw(st.lists(st.sampled_from(["f1", "f2", "g"]), max_size=3))
        elif flow_elements:
            data.draw(st.sampled_from(flow_elements)).foreign_attributes["{urn:v}mark"] = data.draw(TEXT)
    left = content(definitions)
    written = bpmn.write(definitions)
    again = bpmn.read(written).definitions
    assert content(again) == left
    assert bpmn.write(again) == written
