"""Definitions as a picture: SVG or dots, with tokens, path walked, incidents, heat and verdicts on top."""

from bpmn.render.marks import Disc, Mark, Overlays, verdict_mark
from bpmn.render.picture import render
from bpmn.render.png import render_png

__all__ = ["Disc", "Mark", "Overlays", "render", "render_png", "verdict_mark"]
