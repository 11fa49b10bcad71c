"""How each vendor writes what BPMN leaves open. One file a vendor; all fill the same `Execution`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from typing import Any

from bpmn.dialects import camunda7, flowable, jbpm, procession, spiffworkflow, standard, zeebe
from bpmn.dialects.language import DEFAULTS, LANGUAGES
from bpmn.dialects.source import Dialect, Source
from bpmn.model import (
    Activity,
    BaseElement,
    Definitions,
    Element,
    Error,
    Escalation,
    Event,
    EventDefinition,
    Expression,
    Message,
    Signal,
    Task,
    ThrowEvent,
)
from bpmn.model.execution import Apart, Assignment, CalledElement, Code, Execution

__all__ = ["DEFAULTS", "DIALECTS", "LANGUAGES", "code", "execution", "unread"]

# A dialect's name, as `Definitions.dialect` has it, and its file. Plain BPMN and drawings have the standard only.
DIALECTS: dict[str, Dialect] = {
    "camunda7": camunda7.DIALECT,
    "zeebe": zeebe.DIALECT,
    "flowable": flowable.DIALECT,
    "activiti": flowable.DIALECT,
    "jbpm": jbpm.DIALECT,
    "spiffworkflow": spiffworkflow.DIALECT,
}

# What an event has from its event definitions, and those from the message, signal, error or escalation they name.
_OF_EVENTS: frozenset[str] = frozenset(
    {"message_name", "signal_name", "signal_scope", "code", "code_variable", "message_variable", "error_message"}
    | {"correlation_key", "variables_for_event", "business_key", "payload", "payload_variable", "timer"}
    | {"condition_variable", "condition_events", "terminate_all", "terminate_instances"}
)
_OF_THROWN_EVENTS = _OF_EVENTS | {"job"}
_OF_LOOPS = frozenset(["loop"])
_REFERENCES = ("message_ref", "signal_ref", "error_ref", "escalation_ref")

# Each file once, for what stands in a file of another dialect; and our own words, which may stand in any.
_VENDORS = (
    camunda7.DIALECT,
    zeebe.DIALECT,
    flowable.DIALECT,
    jbpm.DIALECT,
    spiffworkflow.DIALECT,
    procession.DIALECT,
)

_ABSENT = Execution()


def execution(definitions: Definitions, element: Element) -> Execution:
    """What the file says of an element's execution: the file's own dialect, other vendors', then BPMN itself."""
    details = _details(definitions, element) if isinstance(element, BaseElement) else {}
    return Execution(**details) if details else _ABSENT


def code(definitions: Definitions, expression: Expression | None) -> Code | None:
    """An expression with the language it is in; None where there is none or it is empty."""
    return standard.code_of(Source(definitions, definitions, ()), expression)


def unread(definitions: Definitions, element: Element) -> list[str]:
    """What on an element its vendor's engine acts on and we do not read, as sentences: `name does this there`."""
    if not isinstance(element, BaseElement):
        return []
    found: dict[str, None] = {}
    for part in (element, *(part for part, _ in _parts(definitions, element))):
        written = [(extension.namespace, extension.name) for extension in part.extensions]
        for name, value in part.foreign_attributes.items():
            namespace, _, local = name.removeprefix("{").rpartition("}")
            written += [(namespace, f"@{local}"), (namespace, f"@{local}={value.strip()}")]
        for namespace, name in written:
            for dialect in _VENDORS:
                if namespace in dialect.namespaces and name in dialect.unread:
                    found[f"{name.removeprefix('@')} {dialect.unread[name]}"] = None
    return list(found)


def _details(definitions: Definitions, element: BaseElement) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for dialect in _spoken(definitions, element):
        _fill(details, dialect.table.read(Source(definitions, element, dialect.namespaces)))
    _fill(details, standard.TABLE.read(Source(definitions, element, ())))
    for part, wanted in _parts(definitions, element):
        found = _details(definitions, part)
        _fill(details, {name: value for name, value in found.items() if name in wanted})
    named = procession.apart_from(details.get("properties", {}).get(procession.OTHER_PERSON_THAN))
    if named is not None and isinstance(element, Task):
        _fill(details, {"apart": named})
    return details


def _spoken(definitions: Definitions, element: BaseElement) -> Iterator[Dialect]:
    """The file's own dialect, then the others in whose namespaces something stands on the element."""
    own = DIALECTS.get(definitions.dialect)
    if own is not None:
        yield own
    if not element.foreign_attributes and not element.extension_elements:
        return
    namespaces = {name[1:].partition("}")[0] for name in element.foreign_attributes}
    namespaces.update(extension.namespace for extension in element.extensions)
    for dialect in _VENDORS:
        if dialect is not own and not namespaces.isdisjoint(dialect.namespaces):
            yield dialect


def _parts(definitions: Definitions, element: BaseElement) -> Iterator[tuple[BaseElement, frozenset[str]]]:
    """The elements whose details are the element's too, each with the names of those."""
    if isinstance(element, Event):
        wanted = _OF_THROWN_EVENTS if isinstance(element, ThrowEvent) else _OF_EVENTS
        named = (definitions.resolve(ref) for ref in element.event_definition_refs)
        yield from ((part, wanted) for part in element.event_definitions)
        yield from ((part, wanted) for part in named if isinstance(part, EventDefinition))
    elif isinstance(element, Activity) and element.loop_characteristics is not None:
        yield element.loop_characteristics, _OF_LOOPS
    for reference in _REFERENCES:
        written = getattr(element, reference, None)
        root = definitions.resolve(written) if written else None
        if isinstance(root, (Message, Signal, Error, Escalation)):
            yield root, _OF_EVENTS


def _fill(details: dict[str, Any], more: dict[str, Any]) -> None:
    """Adds what is absent; who does a task, who may not, and what is called are completed part by part."""
    for name, value in more.items():
        if name not in details:
            details[name] = value
        elif name == "properties":
            details[name] = {**value, **details[name]}
        elif isinstance(value, (Apart, Assignment, CalledElement)):
            details[name] = _completed(details[name], value)


def _completed(first: Any, second: Any) -> Any:
    absent = {
        field.name: getattr(second, field.name)
        for field in fields(first)
        if field.default is not MISSING and getattr(first, field.name) == field.default
    }
    return replace(first, **absent)
