"""BPMN documents: `read(data)` gives Definitions and problems, `write(definitions)` gives the document back.

`layout` gives a diagram to what has none; `render` draws it as SVG, `render_png` in dots.
"""

from bpmn.layout import layout
from bpmn.problems import Problem
from bpmn.reading import Reading, read
from bpmn.render import render, render_png
from bpmn.xml.writer import write

__all__ = ["Problem", "Reading", "layout", "read", "render", "render_png", "write"]
