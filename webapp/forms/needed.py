"""What the process asks for next: variables that conditions right after a task read and that nobody has given yet.

A model often declares no form and yet decides by `approved == True` at the next gateway: who does the task is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bpmn.dialects import code
from bpmn.model import Definitions, FlowNode, Gateway, SequenceFlow
from bpmn.model.execution import Code
from engine.expressions import ExpressionError, compile_expression
from webapp.forms.declared import spoken
from webapp.forms.field import Field

MOST = 12
COMPARED = r"\s*(?:[=!<>]=?|eq|ne|gt|lt|ge|le)\s*('[^']*'|\"[^\"]*\"|-?\d+(?:\.\d+)?|\w+)"


def needed_fields(definitions: Definitions, element_id: str, known: Mapping[str, Any]) -> list[Field]:
    """A field for each such variable, of the kind that the conditions compare it with."""
    conditions = list(_conditions(definitions, element_id))
    names = dict.fromkeys(name for each in conditions for name in sorted(_names(each)) if name not in known)
    return [_field(name, conditions) for name in list(names)[:MOST]]


def _conditions(definitions: Definitions, element_id: str) -> Iterator[Code]:
    """The conditions of the flows that leave the task, and of the gateways that follow with no step between."""
    node = definitions.resolve(element_id)
    waiting = [node] if isinstance(node, FlowNode) else []
    seen: set[str | None] = set()
    while waiting:
        node = waiting.pop()
        if node.id in seen:
            continue
        seen.add(node.id)
        around = definitions.parent(node)
        for flow in getattr(around, "flow_elements", ()):
            if isinstance(flow, SequenceFlow) and flow.source_ref == node.id:
                condition = code(definitions, flow.condition_expression) if flow.condition_expression else None
                if condition is not None:
                    yield condition
                target = definitions.resolve(flow.target_ref)
                if isinstance(target, Gateway):
                    waiting.append(target)


def _names(condition: Code) -> frozenset[str]:
    try:
        return compile_expression(condition.text, condition.language).names
    except ExpressionError:
        # The verdict has said so; the form has nothing to add.
        return frozenset()


def _field(name: str, conditions: list[Code]) -> Field:
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}{COMPARED}")
    found = [match for condition in conditions for match in pattern.findall(condition.text)]
    texts = list(dict.fromkeys(match[1:-1] for match in found if match[0] in "'\""))
    label = spoken(name)
    if texts:
        return Field(
            name, label, "choice" if len(texts) > 1 else "text", options=tuple((text, spoken(text)) for text in texts)
        )
    if any(re.fullmatch(r"-?\d+(?:\.\d+)?", match) for match in found):
        return Field(name, label, "number")
    if found and not any(match.lower() in {"true", "false"} for match in found):
        return Field(name, label)
    return Field(name, label, "boolean")
