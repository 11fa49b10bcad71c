"""BPMN documents: `read(data)` gives Definitions and problems, `write(definitions)` gives the document back.

`layout` gives a diagram to what has none, `mended` puts right what no viewer could show of one; `render` draws it as
SVG, `render_png` in dots.
"""

from bpmn.layout import layout
from bpmn.layout.mending import mended
from bpmn.problems import Problem
from bpmn.reading import Reading, read
from bpmn.render import render, render_png
from bpmn.xml.writer import write

__all__ = ["Problem", "Reading", "layout", "mended", "read", "render", "render_png", "write"]
