"""Pictures read back as XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

import bpmn
from bpmn import model as m
from bpmn.render.marks import Overlays
from bpmn.render.theme import ThemeName

SVG = "{http://www.w3.org/2000/svg}"


class Picture:
    """An SVG: its text, its words, and the part of each element."""

    def __init__(self, svg: str) -> None:
        self.svg = svg
        self.root = ET.fromstring(svg)

    @property
    def words(self) -> list[str]:
        return [each.text or "" for each in self.root.iter(f"{SVG}text")]

    def part(self, id: str) -> ET.Element:
        found = [each for each in self.root.iter(f"{SVG}g") if each.get("data-element") == id]
        assert found, f"{id} is not drawn"
        return found[0]

    def tags(self, id: str) -> list[str]:
        return [each.tag.removeprefix(SVG) for each in self.part(id).iter()]


@pytest.fixture
def picture() -> Callable[..., Picture]:
    """A process of these elements, drawn."""

    def draw(*elements: m.FlowElement, overlays: Overlays | None = None, theme: ThemeName = "light") -> Picture:
        process = m.Process(id="p", name="Orders", flow_elements=list(elements))
        definitions = m.Definitions(id="d", root_elements=[process])
        return Picture(bpmn.render(definitions, overlays=overlays, theme=theme))

    return draw


@pytest.fixture
def drawn() -> Callable[[m.Definitions], Picture]:
    return lambda definitions: Picture(bpmn.render(definitions, theme="light"))
