"""A start tag being written: its name, its attributes, and the namespaces that it has to declare."""

from __future__ import annotations

from bpmn.model.diagram import BPMNDI, DC, DI
from bpmn.model.foundation import MODEL
from bpmn.model.markup import Markup
from bpmn.model.namespaces import Namespaces
from bpmn.xml.escape import attribute as escape
from bpmn.xml.namespaces import CUSTOMARY, XML, XSI, Scope, declarations

PREFERRED = {MODEL: "bpmn", BPMNDI: "bpmndi", DC: "dc", DI: "di", XSI: "xsi", XML: "xml"}
PREFERRED |= {namespace: prefix for prefix, namespace in CUSTOMARY.items() if namespace not in PREFERRED}


class StartTag:
    """A start tag. `inner` are the namespaces in scope inside; `attributes` is `[name, value, name, value ...]`."""

    __slots__ = ("attributes", "declared", "inner", "name")

    def __init__(self, outer: Scope) -> None:
        self.name = ""
        self.attributes: list[str] = []
        self.declared: dict[str, str] = {}
        self.inner = outer

    def as_written(self, markup: Markup, inner: Scope) -> None:
        """The tag as it was read, in whatever surroundings it stands now; its attributes are left to the caller."""
        self.name = markup.tag
        outer, self.inner = self.inner, inner
        if inner.namespaces is outer.namespaces:
            return
        declared = declarations(markup.raw_attributes)
        if inner.namespaces.around is outer.namespaces and inner.namespaces.declared == declared:
            return
        there = {**outer.namespaces.all(), **declared}
        wanted = inner.namespaces.all()
        self.declared = {
            prefix: name for prefix, name in wanted.items() if there.get(prefix) != name and prefix != "xml"
        }
        if there.get("") and "" not in wanted and ":" not in markup.tag:
            self.declared[""] = ""

    def new(self, expanded: str) -> None:
        """A tag of our own for `{namespace}local`."""
        self.name = self.prefixed(expanded)

    def prefixed(self, expanded: str, *, attribute: bool = False) -> str:
        """The name with a prefix that is in scope here; declares one if there is none."""
        if not expanded.startswith("{"):
            return expanded
        namespace, _, local = expanded[1:].partition("}")
        prefix = self._prefix(namespace, attribute)
        return f"{prefix}:{local}" if prefix else local

    def declare(self, prefix: str, namespace: str) -> None:
        self.declared[prefix] = namespace
        self.inner = Scope(Namespaces({prefix: namespace}, self.inner.namespaces), self.inner.seen)

    def text(self, *, empty: bool) -> str:
        parts = [f"<{self.name}"]
        for prefix, namespace in self.declared.items():
            parts.append(f' xmlns{":" if prefix else ""}{prefix}="{escape(namespace)}"')
        attributes = self.attributes
        for i in range(0, len(attributes), 2):
            parts.append(f' {attributes[i]}="{escape(attributes[i + 1])}"')
        parts.append("/>" if empty else ">")
        return "".join(parts)

    def _prefix(self, namespace: str, attribute: bool) -> str:
        if namespace == XML:
            return "xml"
        for prefix, declared in self.inner.namespaces.all().items():
            if declared == namespace and (prefix or not attribute):
                return prefix
        if not namespace and not attribute:
            if self.inner.namespaces.get(""):
                self.declare("", "")
            return ""
        wanted = PREFERRED.get(namespace, "ns")
        prefix, number = wanted, 1
        while self.inner.namespaces.get(prefix) is not None or prefix == "ns":
            prefix, number = f"{wanted}{number}", number + 1
        self.declare(prefix, namespace)
        return prefix
