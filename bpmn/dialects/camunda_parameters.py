"""Input and output parameters of Camunda 7: text, expressions, scripts, lists and maps of these, nested."""

from __future__ import annotations

from bpmn.dialects.language import juel_value, script
from bpmn.dialects.source import attribute, children
from bpmn.model import Foreign
from bpmn.model.execution import Code, Mapping

# How deep lists and maps in a parameter may nest; what is deeper is left out.
_DEEPEST = 40


def parameters(groups: list[Foreign]) -> tuple[tuple[Mapping, ...], tuple[Mapping, ...]]:
    """The input and the output parameters of `inputOutput` elements."""
    inputs = [parameter(item) for group in groups for item in children(group, "inputParameter")]
    outputs = [parameter(item) for group in groups for item in children(group, "outputParameter")]
    return tuple(inputs), tuple(outputs)


def parameter(item: Foreign) -> Mapping:
    """An input or output parameter: text or expression, a script, a list, a map."""
    found = _value(item)
    name = attribute(item, "name")
    if isinstance(found, Code):
        return Mapping(found, name)
    return Mapping(None, name, items=found.items, shape=found.shape)


def _value(holder: Foreign, depth: int = 0) -> Code | Mapping:
    """What a parameter or map entry holds: a script, a list or a map, else its text."""
    for definition in holder.children:
        return _definition(definition, depth)
    return juel_value(holder.text, holder.line) or Code("", "text", holder.line)


def _definition(item: Foreign, depth: int) -> Code | Mapping:
    if depth > _DEEPEST:
        return Code("", "text", item.line)
    if item.name == "script":
        format_, resource = attribute(item, "scriptFormat"), attribute(item, "resource")
        return script(item.text, "camunda7", format_, item.line, resource) or Code("", "text", item.line)
    if item.name == "list":
        items = tuple((None, _definition(inner, depth + 1)) for inner in item.children)
        return Mapping(None, None, items=items, shape="list")
    if item.name == "map":
        entries = tuple((attribute(entry, "key"), _value(entry, depth + 1)) for entry in children(item, "entry"))
        return Mapping(None, None, items=entries, shape="map")
    return juel_value(item.text, item.line) or Code("", "text", item.line)
