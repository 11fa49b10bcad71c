"""What is shown on top of a drawing, and in which colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import bpmn
from bpmn import model as m
from bpmn.model.diagram import Bounds, BPMNDiagram, BPMNPlane, BPMNShape
from bpmn.render import verdict_mark
from bpmn.render.theme import THEMES

Draw = Callable[..., Any]
FLOW: tuple[m.FlowElement, ...] = (
    m.UserTask(id="a", name="Approve"),
    m.ExclusiveGateway(id="g"),
    m.SequenceFlow(id="f", source_ref="a", target_ref="g"),
)
FILL = "{http://www.omg.org/spec/BPMN/non-normative/color/1.0}background-color"
STROKE = "{http://bpmn.io/schema/bpmn/biocolor/1.0}stroke"


def test_tokens_are_counted_discs(picture: Draw) -> None:
    marks = {
        "a": {"markers": ["waiting"], "discs": [{"text": "17", "kind": ["token"], "title": "17 wait here"}]},
        "g": {"discs": [{"text": "3", "kind": ["token"]}]},
        "f": {"discs": [{"text": "1", "kind": ["token"]}]},
    }
    found = picture(*FLOW, overlays=marks)
    assert {"17", "3", "1"} <= set(found.words)
    assert "17 wait here" in found.svg
    assert THEMES["light"]["accent"] in found.svg


def test_the_path_walked_is_thicker(picture: Draw) -> None:
    def width(found: Any) -> float:
        return float(found.part("f").find(".//{*}path").get("stroke-width"))

    assert width(picture(*FLOW, overlays={"f": {"markers": ["walked"]}})) > width(picture(*FLOW, overlays={}))


def test_incidents_are_red(picture: Draw) -> None:
    found = picture(*FLOW, overlays={"a": {"markers": ["trouble"], "discs": [{"text": "! 2", "kind": ["trouble"]}]}})
    assert THEMES["light"]["red"] in found.svg
    assert "! 2" in found.words


def test_heat_lies_behind_and_is_stronger_where_it_is_hotter(picture: Draw) -> None:
    def opacity(heat: float) -> list[float]:
        found = picture(*FLOW, overlays={"a": {"heat": heat}})
        return [float(each.get("fill-opacity")) for each in found.root.iter() if each.get("fill-opacity")]

    assert opacity(0) == []
    assert opacity(0.2)[0] < opacity(0.9)[0] <= opacity(40)[0] < 1


@pytest.mark.parametrize(
    ("verdict", "colour"),
    [
        ("runs", "green"),
        ("runs_with_binding", "blue"),
        ("guided", "violet"),
        ("ignored_safely", "grey-soft"),
        ("will_not_run", "red"),
    ],
)
def test_each_verdict_has_its_colour(picture: Draw, verdict: str, colour: str) -> None:
    found = picture(*FLOW, overlays={"a": verdict_mark(verdict, "because")})
    assert THEMES["light"][colour] in found.svg
    assert ("because" in found.svg) == (verdict != "runs")


def test_a_page_brings_its_own_colours_and_a_file_has_them_inside(picture: Draw) -> None:
    assert "var(--stroke, " in picture(*FLOW, theme="page").svg
    for theme in ("light", "dark"):
        svg = picture(*FLOW, theme=theme).svg
        assert "var(" not in svg
        assert THEMES[theme]["stroke"] in svg


def _coloured(fill: str) -> m.Definitions:
    shape = BPMNShape(bpmn_element="t", bounds=Bounds(x=0, y=0, width=100, height=80))
    shape.foreign_attributes = {FILL: fill, STROKE: "#123456"}
    process = m.Process(id="p", flow_elements=[m.Task(id="t", name="T")])
    plane = BPMNPlane(bpmn_element="p", elements=[shape])
    return m.Definitions(root_elements=[process], diagrams=[BPMNDiagram(plane=plane)])


def test_colours_of_the_file_are_shown_unless_colours_have_a_meaning() -> None:
    plain = bpmn.render(_coloured("#abcdef"))
    assert "#abcdef" in plain
    assert "#123456" in plain
    assert "#abcdef" not in bpmn.render(_coloured("#abcdef"), overlays={})


def test_text_can_be_read_on_a_dark_fill() -> None:
    assert 'fill="#ffffff">T<' in bpmn.render(_coloured("#000033"))


@pytest.mark.parametrize(
    "colour", ["url(#x)", "red;stroke:url(http://a.example)", '"/><script>', "expression(1)", "#9988"]
)
def test_only_a_colour_is_a_colour(colour: str) -> None:
    svg = bpmn.render(_coloured(colour))
    assert colour not in svg
    assert "script" not in svg
    assert "url(" not in svg
