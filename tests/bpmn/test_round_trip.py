"""A file that is read and written is the same file; one that is changed is changed only there."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpmn
from bpmn.model import Documentation, FormalExpression, MultiInstanceLoopCharacteristics, ScriptTask, UserTask, foreign


def canonical(data: bytes) -> str:
    return ET.canonicalize(data, with_comments=True)


def rewritten(data: bytes) -> bytes:
    definitions = bpmn.read(data).definitions
    assert definitions is not None
    return bpmn.write(definitions)


def test_a_bit_of_everything_comes_back(everything):
    assert canonical(rewritten(everything)) == canonical(everything)


def test_prefixes_and_odd_spellings_come_back_letter_by_letter(everything):
    written = rewritten(everything).decode()
    for part in (
        'isExecutable="1"',
        'y="20.50"',
        'width="1e2"',
        'messageRef="tns:msg"',
        "<?editor zoom",
        "<!-- the end -->",
    ):
        assert part in written


def test_writing_twice_gives_the_same(everything):
    once = rewritten(everything)
    assert rewritten(once) == once


def test_every_real_file_comes_back(shared):
    """All models of the conformance folder, and the honest ones among the hostile."""
    differing = []
    count = 0
    for folder in (shared("conformance"), shared("peers"), shared("attacks")):
        for path in sorted(folder.rglob("*.bpmn*")):
            data = path.read_bytes()
            definitions = bpmn.read(data).definitions
            if definitions is None:
                continue
            try:
                before = canonical(data)
            except (ET.ParseError, ValueError):
                # Undeclared prefixes or a wrong encoding, which we read and others do not: it must be well-formed now.
                assert bpmn.read(bpmn.write(definitions)).definitions is not None
                continue
            count += 1
            if canonical(bpmn.write(definitions)) != before:
                differing.append(path.name)
    assert differing == []
    assert count > 1_000


def test_a_changed_attribute_changes_nothing_else(everything):
    definitions = bpmn.read(everything).definitions
    definitions.resolve("ask").name = "New & <name>"
    expected = everything.decode().replace("Ask&#10;the customer", "New &amp; &lt;name>")
    assert canonical(bpmn.write(definitions)) == canonical(expected.encode())


def test_an_attribute_set_to_none_disappears_and_a_new_one_appears(everything):
    definitions = bpmn.read(everything).definitions
    late = definitions.resolve("late")
    late.cancel_activity = None
    late.parallel_multiple = True
    expected = everything.decode().replace('cancelActivity="false"', 'parallelMultiple="true"')
    assert canonical(bpmn.write(definitions)) == canonical(expected.encode())


def test_changed_texts(everything):
    definitions = bpmn.read(everything).definitions
    definitions.resolve("ask").loop_characteristics.completion_condition.text = "all_done"
    definitions.resolve("ask").incoming = ["f9"]
    definitions.resolve("note").text = "other"
    again = bpmn.read(bpmn.write(definitions)).definitions
    condition = again.resolve("ask").loop_characteristics.completion_condition
    assert (condition.text, condition.language) == ("all_done", "python")
    assert again.resolve("ask").incoming == ["f9"]
    assert again.resolve("note").text == "other"


def test_a_removed_element_leaves_the_others_and_the_comments(everything):
    definitions = bpmn.read(everything).definitions
    process = definitions.processes[0]
    process.flow_elements = [element for element in process.flow_elements if element.id not in ("late", "f3")]
    written = bpmn.write(definitions).decode()
    assert "<!-- between the elements -->" in written
    again = bpmn.read(written.encode())
    assert [element.id for element in again.definitions.processes[0].flow_elements] == [
        "start",
        "f1",
        "ask",
        "f2",
        "end",
    ]


def test_a_new_element_stands_where_the_list_has_it(everything):
    definitions = bpmn.read(everything).definitions
    flow_elements = definitions.processes[0].flow_elements
    flow_elements.insert(3, ScriptTask(id="new", script="x = 1 < 2", documentation=[Documentation(text="why")]))
    flow_elements.insert(0, UserTask(id="first"))
    flow_elements.append(UserTask(id="last"))
    again = bpmn.read(bpmn.write(definitions)).definitions
    ids = [element.id for element in again.processes[0].flow_elements]
    assert ids == ["first", "start", "f1", "ask", "new", "late", "f2", "f3", "end", "last"]
    assert again.resolve("new").script == "x = 1 < 2"
    assert "<b:scriptTask" in bpmn.write(definitions).decode()


def test_a_reordered_list_is_written_in_its_order(everything):
    definitions = bpmn.read(everything).definitions
    definitions.processes[0].flow_elements.reverse()
    again = bpmn.read(bpmn.write(definitions)).definitions
    assert [element.id for element in again.processes[0].flow_elements] == [
        "end",
        "f3",
        "f2",
        "late",
        "ask",
        "f1",
        "start",
    ]


def test_a_new_child_of_a_kind_that_was_not_there_stands_where_the_schema_wants_it(everything):
    definitions = bpmn.read(everything).definitions
    end = definitions.resolve("f3")
    end.condition_expression = FormalExpression(text="amount > 3")
    late = definitions.resolve("ask")
    late.documentation.append(Documentation(text="first of all"))
    written = bpmn.write(definitions).decode()
    assert '<b:conditionExpression xsi:type="b:tFormalExpression">amount &gt; 3</b:conditionExpression>' in written
    assert written.index("first of all") < written.index("<b:incoming>f1</b:incoming>")


def test_new_vendor_content_declares_its_namespace(everything):
    definitions = bpmn.read(everything).definitions
    end = definitions.resolve("end")
    end.foreign_attributes["{http://camunda.org/schema/1.0/bpmn}asyncBefore"] = "true"
    end.foreign_elements.append(foreign("urn:other", "o", "thing", {"a": "1 < 2"}, ["text"]))
    again = bpmn.read(bpmn.write(definitions)).definitions.resolve("end")
    assert again.foreign_attributes == {"{http://camunda.org/schema/1.0/bpmn}asyncBefore": "true"}
    (thing,) = again.foreign_elements
    assert (thing.namespace, thing.name, thing.attributes, thing.text) == ("urn:other", "thing", {"a": "1 < 2"}, "text")


def test_removed_vendor_content_disappears(everything):
    definitions = bpmn.read(everything).definitions
    definitions.processes[0].extension_elements.clear()
    definitions.resolve("ask").foreign_attributes.clear()
    written = bpmn.write(definitions).decode()
    assert "v:box" not in written
    assert "v:colour" not in written


def test_an_element_moved_into_another_document_takes_its_namespaces_along(everything, definitions):
    source = bpmn.read(everything).definitions
    target = definitions('<process id="p"/>')
    target.processes[0].flow_elements.append(source.resolve("ask"))
    again = bpmn.read(bpmn.write(target))
    assert again.definitions is not None
    moved = again.definitions.resolve("ask")
    assert isinstance(moved.loop_characteristics, MultiInstanceLoopCharacteristics)
    assert moved.foreign_attributes == {"{http://vendor.example/x}colour": "red"}


def test_an_expression_moved_into_another_role_gets_its_tag(everything):
    definitions = bpmn.read(everything).definitions
    timer = definitions.resolve("late").event_definitions[0]
    timer.time_cycle, timer.time_duration = timer.time_duration, None
    again = bpmn.read(bpmn.write(definitions)).definitions.resolve("late").event_definitions[0]
    assert again.time_duration is None
    assert again.time_cycle.text == "PT1H"


@given(st.text(), st.text())
def test_any_text_is_written_so_that_it_is_read_again(name, documentation):
    data = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>'
    definitions = bpmn.read(data).definitions
    definitions.processes[0].name = name
    definitions.processes[0].documentation.append(Documentation(text=documentation))
    again = bpmn.read(bpmn.write(definitions)).definitions.processes[0]
    for before, after in ((name, again.name), (documentation, again.documentation[0].text)):
        # What XML cannot hold at all is replaced, character by character.
        assert len(after) == len(before)
        assert all(was == now or now == "\ufffd" for was, now in zip(before, after, strict=True))


@pytest.mark.parametrize("value", ["a\tb\nc\rd", ' "x" ', "'", "]]>", "&amp;", "\u2028"])
def test_awkward_characters(everything, value):
    definitions = bpmn.read(everything).definitions
    definitions.resolve("ask").name = value
    definitions.resolve("note").text = value
    again = bpmn.read(bpmn.write(definitions)).definitions
    assert (again.resolve("ask").name, again.resolve("note").text) == (value, value)
