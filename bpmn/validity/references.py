"""References: what an element names is there, and is of the kind that it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from bpmn import model
from bpmn.model.fields import Binding
from bpmn.problems import Problem, Severity
from bpmn.validity.document import Document

# The references that execution depends on, and the class of what they name.
KINDS: dict[tuple[type[model.Element], str], type[model.Element]] = {
    (model.BoundaryEvent, "attached_to_ref"): model.Activity,
    (model.Activity, "default"): model.SequenceFlow,
    (model.ExclusiveGateway, "default"): model.SequenceFlow,
    (model.InclusiveGateway, "default"): model.SequenceFlow,
    (model.ComplexGateway, "default"): model.SequenceFlow,
    (model.ReceiveTask, "message_ref"): model.Message,
    (model.SendTask, "message_ref"): model.Message,
    (model.MessageEventDefinition, "message_ref"): model.Message,
    (model.SignalEventDefinition, "signal_ref"): model.Signal,
    (model.ErrorEventDefinition, "error_ref"): model.Error,
    (model.EscalationEventDefinition, "escalation_ref"): model.Escalation,
    (model.CompensateEventDefinition, "activity_ref"): model.Activity,
    (model.Event, "event_definition_refs"): model.EventDefinition,
    (model.Participant, "process_ref"): model.Process,
    (model.Lane, "flow_node_refs"): model.FlowElement,
    (model.DataObjectReference, "data_object_ref"): model.DataObject,
}
# Without these nobody can say what should happen.
VITAL = {"attached_to_ref", "activity_ref", "event_definition_refs"}
# Without these no engine can, but a person may say when it happens, or which way to go. An error or escalation that is
# not declared is in several engines the code itself, and a message that is thrown may be a job of the vendor's.
GUIDED = {"default": "dangling_default", "message_ref": "dangling_trigger", "signal_ref": "dangling_trigger"}
# Both ends of a flow have a check of their own; the last two repeat what the sequence flows say.
ELSEWHERE = {"source_ref", "target_ref", "incoming", "outgoing"}
# Types: of the schema language, of another file, of Java.
TYPES = {"item_subject_ref", "structure_ref", "evaluates_to_type_ref", "item_ref", "definition"}
CATCHING = (model.CatchEvent, model.ReceiveTask)
MALFORMED = re.compile(r"""[<>"'`|*\[\]\\]""")
EXPRESSION = ("${", "#{", "=")


Reference = tuple[str, type[model.Element] | None]
_REFERENCES: dict[type[model.Element], list[Reference]] = {}


def _references(kind: type[model.Element]) -> list[Reference]:
    """The references that a class has, and what each of them must name where that is checked."""
    found = _REFERENCES.get(kind)
    if found is None:
        bound: list[tuple[str, Binding]] = [(f.name, f.metadata["xml"]) for f in fields(kind) if "xml" in f.metadata]
        names = [name for name, binding in bound if binding.reference and name not in TYPES]
        found = [
            (name, next((KINDS[base, name] for base in kind.__mro__ if (base, name) in KINDS), None)) for name in names
        ]
        _REFERENCES[kind] = found
    return found


def check(document: Document) -> Iterator[Problem]:
    resolve = document.definitions.resolve
    for element in document.elements:
        for name, kind in _references(type(element)):
            value = getattr(element, name)
            if not value:
                continue
            for ref in value if isinstance(value, list) else (value,):
                if ref.startswith(EXPRESSION):
                    continue
                if MALFORMED.search(ref):
                    yield _malformed(element, name, ref)
                elif name not in ELSEWHERE or not isinstance(element, model.FlowNode | model.SequenceFlow):
                    named = resolve(ref)
                    if named is None or (kind is not None and not isinstance(named, kind)):
                        yield _dangling(document, element, name, ref, kind, named)


def _malformed(element: model.Element, name: str, ref: str) -> Problem:
    message = f"{_xml(name)} of {_shown(element)} is {ref[:80]!r}, which is no name."
    fix = "Name the element by its id."
    return Problem("error", "invalid_reference", message, element.id, element.line, fix)


def _dangling(
    document: Document,
    element: model.Element,
    name: str,
    ref: str,
    kind: type[model.Element] | None,
    named: model.Element | None,
) -> Problem:
    owner = element if isinstance(element, model.FlowElement) else document.definitions.parent(element)
    subject = owner if owner is not None and isinstance(owner, model.FlowElement) else element
    severity: Severity = "warning" if kind is not None else "info"
    code = "dangling_reference"
    if name in VITAL:
        severity = document.severity(element)
    elif document.executable(element) and (name == "default" or isinstance(subject, CATCHING)):
        # To jBPM, a signal's reference may be its name.
        named_by_name = name == "signal_ref" and document.definitions.dialect == "jbpm"
        code = code if named_by_name else GUIDED.get(name, code)
    wanted = kind.__name__ if kind is not None else "element"
    if named is None:
        message = f"{_xml(name)} of {_shown(subject)} names {ref[:80]!r}, which is not in the file."
    else:
        message = f"{_xml(name)} of {_shown(subject)} names {ref[:80]!r}, a {type(named).__name__} and no {wanted}."
    fix = f"Name one of the kind {wanted} in the file, or remove the reference."
    return Problem(severity, code, message, subject.id or element.id, element.line, fix)


def _xml(name: str) -> str:
    head, *rest = name.removesuffix("s").split("_")
    return head + "".join(part.capitalize() for part in rest)


def _shown(element: model.Element) -> str:
    return f"{type(element).__name__} {element.id!r}" if element.id else f"a {type(element).__name__}"
