"""BPMN documents: `read(data)` gives Definitions and problems, `write(definitions)` gives the document back."""

from bpmn.problems import Problem
from bpmn.reading import Reading, read
from bpmn.xml.writer import write

__all__ = ["Problem", "Reading", "read", "write"]
