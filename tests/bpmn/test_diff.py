"""What changed between two files: each kind of change is told of the element it is in, and of no other."""

from pathlib import Path

import pytest

import bpmn
from bpmn.diff import Change, diff
from bpmn.model import Definitions

BODY = """<process id="p" name="Purchase" isExecutable="true">
  <startEvent id="s"><outgoing>f</outgoing></startEvent>
  <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
  <userTask id="t" name="Ask" camunda:candidateGroups="Clerk"><documentation>Say why.</documentation>
    <extensionElements><camunda:formData>
      <camunda:formField id="a" type="string"/></camunda:formData></extensionElements>
  </userTask>
  <sequenceFlow id="g" sourceRef="t" targetRef="e"><conditionExpression>a &gt; 1</conditionExpression></sequenceFlow>
  <intermediateCatchEvent id="w"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>
  </intermediateCatchEvent>
  <endEvent id="e"/>
</process>"""


def model(body: str = BODY) -> Definitions:
    content = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" '
        f'xmlns:camunda="http://camunda.org/schema/1.0/bpmn">{body}</definitions>'
    )
    found = bpmn.read(content.encode()).definitions
    assert found is not None
    return found


def told(changes: list[Change]) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(each.kind, each.element.id, each.aspects) for each in changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name="Ask"', 'name="Ask them"', ("changed", "t", ("name",))),
        ("Say why.", "Say when.", ("changed", "t", ("documentation",))),
        ('Groups="Clerk"', 'Groups="Boss"', ("changed", "t", ("candidateGroups",))),
        ('type="string"', 'type="long"', ("changed", "t", ("formData",))),
        ("a &gt; 1", "a &gt; 2", ("changed", "g", ("conditionExpression",))),
        ("P1D", "P2D", ("changed", "w", ("eventDefinitions",))),
        ('name="Purchase"', 'name="Buying"', ("changed", "p", ("name",))),
        ('sourceRef="s" targetRef="t"', 'sourceRef="s" targetRef="e"', ("changed", "f", ("targetRef",))),
        ('<endEvent id="e"/>', '<endEvent id="e"/><endEvent id="n"/>', ("added", "n", ())),
        ('<endEvent id="e"/>', "", ("removed", "e", ())),
        ('<endEvent id="e"/>', '<task id="e"/>', ("changed", "e", ("type",))),
    ],
)
def test_a_change_is_told_where_it_is_and_nowhere_else(old: str, new: str, expected: tuple[object, ...]) -> None:
    assert told(diff(model(), model(BODY.replace(old, new)))) == [expected]


@pytest.mark.parametrize(
    ("old", "new"), [("<outgoing>f</outgoing>", ""), ('<endEvent id="e"/>', '\n <endEvent id="e"></endEvent>')]
)
def test_how_it_is_written_is_no_change(old: str, new: str) -> None:
    assert diff(model(), model(BODY.replace(old, new))) == []


def test_a_moved_shape_is_no_change() -> None:
    sample = Path(__file__).parents[2] / "samples" / "invoice-approval" / "invoice-approval.bpmn"
    content = sample.read_bytes()
    one, other = bpmn.read(content).definitions, bpmn.read(content.replace(b'x="', b'x="1')).definitions
    assert one is not None
    assert other is not None
    assert diff(one, other) == []


def test_extensions_nested_beyond_pythons_depth_are_compared() -> None:
    deep = "<camunda:x>" * 150 + "</camunda:x>" * 150
    changed = BODY.replace('<camunda:formField id="a" type="string"/>', deep)
    assert told(diff(model(), model(changed))) == [("changed", "t", ("formData",))]
