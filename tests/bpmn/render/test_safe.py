"""A picture can stand in any page: nothing of a file gets out of the text, nothing is fetched, every file is drawn."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import bpmn
from bpmn import model as m
from bpmn.render.lettering import width_of, wrap

HOSTILE = (
    "<script>alert(1)</script>",
    '"><image href="https://evil.example/x"/>',
    "]]><!--",
    "&lt;svg onload=alert(1)&gt;",
    "' onmouseover='alert(1)",
    "\x00\x0b\ufffe\udfff",
    "\u202eesrever",
    "&undefined;",
)
ALLOWED = {"svg", "g", "title", "text", "rect", "circle", "path", "polygon", "polyline"}


def _definitions(text: str) -> m.Definitions:
    elements: list[m.FlowElement] = [
        m.UserTask(id="t" + text, name=text),
        m.StartEvent(id="s", name=text),
        m.DataObjectReference(id="o", name=text, data_state=m.DataState(name=text)),
        m.SequenceFlow(id="f", name=text, source_ref="s", target_ref="t" + text),
    ]
    lanes = [m.LaneSet(lanes=[m.Lane(id="l", name=text)])]
    notes: list[m.Artifact] = [m.TextAnnotation(id="n", text=text)]
    process = m.Process(id="p", name=text, flow_elements=elements, lane_sets=lanes, artifacts=notes)
    pool = m.Collaboration(id="c", participants=[m.Participant(id="x", name=text, process_ref="p")])
    return m.Definitions(id="d", root_elements=[pool, process])


def _check(svg: str) -> None:
    for each in ET.fromstring(svg.encode("utf-8")).iter():
        assert each.tag.rpartition("}")[2] in ALLOWED
        for name, value in each.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name
            assert "url(" not in value or name == "data-element"


def test_hostile_text_stays_text() -> None:
    for text in HOSTILE:
        marks = {"s": {"discs": [{"text": text, "title": text, "kind": [text], "sign": text}], "markers": [text]}}
        _check(bpmn.render(_definitions(text), overlays=marks))  # type: ignore[arg-type]


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_stays_text(text: str) -> None:
    _check(bpmn.render(_definitions(text)))


@given(st.text(max_size=200), st.floats(1, 300))
@settings(deadline=None)
def test_lines_are_as_wide_as_they_may_be_and_lose_no_letter(text: str, width: float) -> None:
    lines = wrap(text, width, 12)
    assert all(width_of(each, 12) <= width or len(each) == 1 for each in lines)
    if len(lines) < 100:
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_name_of_a_million_letters_takes_no_time() -> None:
    start = time.monotonic()
    bpmn.render(_definitions("x" * 1_000_000))
    bpmn.render(_definitions("word " * 200_000))
    assert time.monotonic() - start < 30


def test_a_picture_in_dots() -> None:
    png = bpmn.render_png(_definitions("Größe"))
    assert png.startswith(b"\x89PNG")
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert width > height > 100
    assert bpmn.render_png(_definitions("Größe"), dark=True) != png


def test_a_vast_picture_has_a_bounded_number_of_dots() -> None:
    tasks: list[m.FlowElement] = [m.Task(id=f"t{i}") for i in range(400)]
    flows = [m.SequenceFlow(id=f"f{i}", source_ref=f"t{i}", target_ref=f"t{i + 1}") for i in range(399)]
    process = m.Process(id="p", flow_elements=[*tasks, *flows])
    png = bpmn.render_png(m.Definitions(id="d", root_elements=[process]), zoom=50)
    assert int.from_bytes(png[16:20]) * int.from_bytes(png[20:24]) < 26_000_000


def test_an_empty_document_is_an_empty_picture() -> None:
    _check(bpmn.render(m.Definitions()))


def test_every_diagram_of_every_real_file_is_drawn(shared: Callable[[str], Path]) -> None:
    count = 0
    for path in sorted(each for each in shared("conformance").rglob("*.bpmn*") if each.is_file())[::3]:
        definitions: Any = bpmn.read(path.read_bytes(), path.name).definitions
        if definitions is None:
            continue
        for diagram in definitions.diagrams or [None]:
            _check(bpmn.render(definitions, diagram=diagram))
            count += 1
    assert count > 100
