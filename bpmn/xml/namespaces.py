"""Namespaces: those in scope at a place of a file, and the few that files get slightly wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from bpmn.model.diagram import BPMNDI, DC, DI
from bpmn.model.foundation import MODEL
from bpmn.model.namespaces import Namespaces

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

# What an older or careless tool wrote, and what it meant.
ALIASES = {
    "http://schema.omg.org/spec/BPMN/2.0": MODEL,
    "http://www.omg.org/spec/BPMN/20100501/MODEL": MODEL,
    "http://www.omg.org/spec/BPMN/2.0": MODEL,
    "http://www.omg.org/spec/BPMN/20100524/MODEL/": MODEL,
    "https://www.omg.org/spec/BPMN/20100524/MODEL": MODEL,
    "http://www.omg.org/spec/BPMN/20100501/DI": BPMNDI,
    "https://www.omg.org/spec/BPMN/20100524/DI": BPMNDI,
    "https://www.omg.org/spec/DD/20100524/DC": DC,
    "https://www.omg.org/spec/DD/20100524/DI": DI,
}

# Prefixes that files use without declaring them; each has one meaning everywhere.
CUSTOMARY = {
    "xml": XML,
    "xsi": XSI,
    "bpmn": MODEL,
    "bpmn2": MODEL,
    "semantic": MODEL,
    "bpmndi": BPMNDI,
    "dc": DC,
    "omgdc": DC,
    "di": DI,
    "omgdi": DI,
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "modeler": "http://camunda.org/schema/modeler/1.0",
    "activiti": "http://activiti.org/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "drools": "http://www.jboss.org/drools",
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    "bioc": "http://bpmn.io/schema/bpmn/biocolor/1.0",
    "color": "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
}


@dataclass(slots=True)
class Seen:
    """What a file was seen to use: how many names of each namespace, and prefixes that it does not declare."""

    namespaces: dict[str, int] = field(default_factory=dict)
    undeclared: set[str] = field(default_factory=set)


class Scope:
    """The namespaces in scope, and the expanded names met under them. `seen` is shared by a file's scopes."""

    __slots__ = ("attributes", "namespaces", "seen", "tags")

    def __init__(self, namespaces: Namespaces, seen: Seen) -> None:
        self.namespaces = namespaces
        self.seen = seen
        self.tags: dict[str, str] = {}
        self.attributes: dict[str, str] = {}

    def inner(self, raw_attributes: list[str]) -> Scope:
        """The scope inside an element with these attributes."""
        return Scope(Namespaces(declarations(raw_attributes), self.namespaces), self.seen)

    def tag(self, name: str) -> str:
        """An element's `{namespace}local`."""
        prefix, _, local = name.rpartition(":")
        expanded = self.tags[name] = f"{{{self._namespace(prefix)}}}{local}"
        return expanded

    def attribute(self, name: str) -> str:
        """An attribute's `{namespace}local`; an attribute without prefix has no namespace."""
        prefix, colon, local = name.rpartition(":")
        expanded = self.attributes[name] = f"{{{self._namespace(prefix)}}}{local}" if colon else name
        return expanded

    def _namespace(self, prefix: str) -> str:
        found = self.namespaces.get(prefix)
        if found is None:
            if prefix and prefix != "xml":
                self.seen.undeclared.add(prefix)
            found = CUSTOMARY.get(prefix, "")
            if found and prefix != "xml":
                # From here on it is as if the file had declared it; when written, it does.
                self.namespaces.declared[prefix] = found
        self.seen.namespaces[found] = self.seen.namespaces.get(found, 0) + 1
        return ALIASES.get(found, found)


def declarations(raw_attributes: list[str]) -> dict[str, str]:
    """The namespaces that an element declares, by prefix."""
    return {
        raw_attributes[i][6:]: raw_attributes[i + 1]
        for i in range(0, len(raw_attributes), 2)
        if raw_attributes[i] == "xmlns" or raw_attributes[i].startswith("xmlns:")
    }
