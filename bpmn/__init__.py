"""BPMN documents: `read(data)` gives Definitions and problems."""

from bpmn.problems import Problem
from bpmn.reading import Reading, read

__all__ = ["Problem", "Reading", "read"]
