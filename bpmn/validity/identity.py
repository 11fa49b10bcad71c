"""Ids: there where something has to be named, names by the schema's rule, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bpmn.model import BaseElement, FlowNode, Process, SubProcess
from bpmn.problems import Problem, Severity
from bpmn.validity.document import Document

# Tools write ids that start with a digit, or in any script, and the id of a lane set may have a space: harmless. The
# characters of paths, markup, quotations and expressions, and those that nobody sees, have no business in a name.
DANGEROUS = re.compile(r"""[<>"'`&/\\|*?\[\]{}$#%;\x00-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2069\ufeff]|\.\.""")
ODD = re.compile(r"[\s,()+=@!~^]")
LONGEST = 1_000


def check(document: Document) -> Iterator[Problem]:
    if not document.definitions.processes:
        yield Problem(
            "error",
            "no_process",
            "The file holds no process, so there is nothing that could run.",
            line=document.definitions.line,
            fix="Draw the flow of work inside a pool or on an empty canvas, and export it again.",
        )
    first: dict[str, BaseElement] = {}
    for element in document.elements:
        identity = element.id
        if not identity:
            # Nothing leads to an event sub-process, so that it needs no id.
            triggered = isinstance(element, SubProcess) and element.triggered_by_event
            if isinstance(element, FlowNode | Process) and not triggered:
                yield _without_id(document, element)
            continue
        if DANGEROUS.search(identity) or len(identity) > LONGEST:
            yield _no_name("error", element, identity)
        elif ODD.search(identity):
            yield _no_name("warning", element, identity)
        earlier = first.setdefault(identity, element)
        if earlier is not element:
            yield _duplicate(element, earlier)


def _without_id(document: Document, element: BaseElement) -> Problem:
    kind = type(element).__name__
    name = getattr(element, "name", None)
    shown = f"{kind} {name[:60]!r}" if name else kind
    if isinstance(element, Process):
        return Problem("error", "no_id", f"The {shown} has no id.", None, element.line, "Give it an id.")
    message = f"The {shown} has no id, so that no sequence flow can lead to it."
    return Problem(document.severity(element), "no_id", message, None, element.line, "Give it an id.")


def _no_name(severity: Severity, element: BaseElement, identity: str) -> Problem:
    message = f"The id {identity[:80]!r} is no name: it holds characters that no id may hold, or is too long."
    fix = "Use letters, digits, '_', '-' and '.' only."
    return Problem(severity, "invalid_id", message, identity[:80], element.line, fix)


def _duplicate(element: BaseElement, earlier: BaseElement) -> Problem:
    grave = isinstance(element, FlowNode | Process) and isinstance(earlier, FlowNode | Process)
    where = f" (line {earlier.line})" if earlier.line else ""
    message = f"The id {element.id!r} is used twice, first by a {type(earlier).__name__}{where}."
    fix = "Give one of the two another id."
    return Problem("error" if grave else "warning", "duplicate_id", message, element.id, element.line, fix)
