"""Reading properties and calling methods and functions in JUEL."""

from __future__ import annotations

from typing import Any

from engine.expressions.errors import ExpressionError, kind_of, near
from engine.expressions.evaluation import Evaluation, is_exposed
from engine.expressions.juel.coercion import to_text
from engine.expressions.juel.methods import PROPERTIES, changing, find_method
from engine.expressions.language import Node


def read_property(target: Node, key: Node) -> Node:
    """`a.b` and `a[b]`: null of null, an entry, an item, or a listed member of an exposed object."""

    return lambda evaluation: property_of(target(evaluation), key(evaluation))


def property_of(value: Any, wanted: Any) -> Any:
    """The property of a value by its name or index."""
    if value is None or wanted is None:
        return None
    kind = type(value)
    if kind is dict:
        return value[wanted] if type(wanted) is str and wanted in value else _other_key(value, wanted)
    if kind in (list, tuple):
        return _item(value, wanted)
    name = to_text(wanted)
    if is_exposed(value):
        return _member(value, name)
    read = PROPERTIES.get(kind, {}).get(name)
    if read is None:
        raise ExpressionError(
            f"Unknown property used in expression: {kind_of(value)} has no property {name!r}.",
            fix=f"Write {name}() to call a method." if find_method(value, name) else "",
        )
    return read(value)


def _other_key(value: dict[Any, Any], wanted: Any) -> Any:
    if type(wanted) not in (str, int, float, bool):
        return None
    # JSON keys are texts, whatever the expression looks them up with.
    return value.get(wanted) if wanted in value else value.get(to_text(wanted))


def _item(value: list[Any] | tuple[Any, ...], wanted: Any) -> Any:
    try:
        index = int(wanted)
    except (TypeError, ValueError):
        raise ExpressionError(
            f"Unknown property used in expression: a list has no property {to_text(wanted)!r}.",
            fix="Write size() for how many there are.",
        ) from None
    return value[index] if 0 <= index < len(value) else None


def _member(value: Any, name: str) -> Any:
    """A listed member, called by its property's name or by its getter."""
    members: frozenset[str] = type(value).expression_members
    for spelled in (name, f"get{name[:1].upper()}{name[1:]}", f"is{name[:1].upper()}{name[1:]}"):
        if spelled in members:
            found = getattr(value, spelled)
            return found() if callable(found) else found
    raise ExpressionError(f"Unknown property used in expression: there is no {name!r} here.", fix=near(name, members))


def call_method(target: Node, key: Node, arguments: list[Node], variable: str | None) -> Node:
    """`a.b(...)`. `variable` names what is called on, where that is a plain variable: it can then be changed."""

    def run(evaluation: Evaluation) -> Any:
        value, name = target(evaluation), to_text(key(evaluation))
        given = [argument(evaluation) for argument in arguments]
        if value is None:
            raise ExpressionError(
                f"Target unreachable: {name}() is called on null.", fix="Check for null before calling."
            )
        if is_exposed(value):
            return call_member(value, name, given)
        method = find_method(value, name)
        if method is not None:
            return evaluation.weighed(method(evaluation, value, *given))
        change = changing(value, name)
        if change is None:
            raise ExpressionError(f"Method not found: {kind_of(value)} has no method {name!r}.")
        holder: Any = evaluation.variables.get("execution")
        if variable is None or not is_exposed(holder) or "setVariable" not in type(holder).expression_members:
            raise ExpressionError(
                f"{name}() would change the variable, which is not possible here.",
                fix="Use execution.setVariable(name, value).",
            )
        copy = evaluation.weighed(dict(value) if type(value) is dict else list(value))
        result = change(copy, *given)
        holder.setVariable(variable, evaluation.weighed(copy))
        return result

    return run


def call_member(value: Any, name: str, given: list[Any]) -> Any:
    """The method of an object that the engine shows, or the property its getter is for."""
    members: frozenset[str] = type(value).expression_members
    if name in members:
        found = getattr(value, name)
        return found(*given) if callable(found) else found
    for prefix in ("get", "is"):
        inner = name.removeprefix(prefix)
        spelled = inner[:1].lower() + inner[1:]
        if name.startswith(prefix) and not given and spelled in members:
            return getattr(value, spelled)
    raise ExpressionError(f"Method not found: there is no {name}() here.", fix=near(name, members))


def call_function(name: str, arguments: list[Node]) -> Node:
    """`name(...)` or `prefix:name(...)`, of what the engine gives."""

    def run(evaluation: Evaluation) -> Any:
        function = evaluation.functions.get(name)
        if function is None:
            raise ExpressionError(f"Could not resolve function {name!r}.", fix=near(name, evaluation.functions))
        return evaluation.weighed(function(*(argument(evaluation) for argument in arguments)))

    return run
