"""A picture in dots, for documents that cannot hold SVG. Our own typeface is brought along: a server may have none."""

from __future__ import annotations

import math
import re
from pathlib import Path

import bpmn.model as m
from bpmn.model.diagram import BPMNDiagram
from bpmn.render.marks import Overlays
from bpmn.render.picture import render
from bpmn.render.theme import THEMES, ThemeName

TYPEFACE = Path(__file__).parent / "fonts" / "Inter-Regular.ttf"
# What a picture may cost: 24 million dots are 100 MB while it is made.
MOST_DOTS = 24_000_000
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def render_png(
    definitions: m.Definitions,
    *,
    diagram: BPMNDiagram | None = None,
    overlays: Overlays | None = None,
    dark: bool = False,
    zoom: float = 2.0,
) -> bytes:
    """One diagram as PNG, `zoom` dots to a pixel of the diagram; a very large one has fewer."""
    theme: ThemeName = "dark" if dark else "light"
    return to_png(render(definitions, diagram=diagram, overlays=overlays, theme=theme), zoom, THEMES[theme]["shape"])


def to_png(svg: str, zoom: float, ground: str) -> bytes:
    # Three megabytes of machine code, which a program that makes no picture need not load.
    import resvg_py

    found = _SIZE.search(svg)
    if found is not None:
        area = float(found[1]) * float(found[2])
        zoom = min(zoom, math.sqrt(MOST_DOTS / max(area, 1)))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            background=ground,
            font_files=[str(TYPEFACE)],
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )
