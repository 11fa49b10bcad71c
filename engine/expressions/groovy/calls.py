"""Reading, calling and setting in Groovy: entries, Java's methods, the script's own methods, what the engine shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.expressions.errors import ExpressionError, kind_first, kind_of, near
from engine.expressions.evaluation import Evaluation, is_exposed
from engine.expressions.groovy.frame import Closure, Frame, copied
from engine.expressions.groovy.operators import shown, truth
from engine.expressions.juel.calls import call_member, property_of
from engine.expressions.juel.methods import changing, find_method


def read(frame: Frame, value: Any, name: Any) -> Any:
    """`a.b` and `a[b]`."""
    if value is None:
        raise ExpressionError(f"{name!r} is read of null.", fix="Write ?. where it may be null.")
    if type(value) is list and type(name) is int and name < 0:
        return value[name] if -name <= len(value) else None
    if type(value) in (list, str) and name == "length":
        return len(value)
    if type(value) is str and type(name) is int:
        return value[name]
    return property_of(value, name)


def call(frame: Frame, value: Any, name: str, given: list[Any]) -> Any:
    """`a.b(...)`."""
    evaluation = frame.evaluation
    if value is None:
        raise ExpressionError(f"{name}() is called on null.", fix="Write ?. where it may be null.")
    if is_exposed(value):
        return copied(evaluation.weighed(call_member(value, name, given)))
    over = _OVER.get(name)
    if over is not None and len(given) == 1 and type(given[0]) is Closure:
        return evaluation.weighed(over(evaluation, _items(value), given[0]))
    method = find_method(value, name)
    if method is not None:
        return evaluation.weighed(method(evaluation, value, *given))
    change = changing(value, name)
    if change is None:
        raise ExpressionError(f"{kind_first(value)} has no method {name!r}.")
    result = change(value, *given)
    evaluation.weighed(value)
    return result


def call_name(frame: Frame, name: str, given: list[Any]) -> Any:
    """`name(...)`: a method of the script, println, or a function the engine gives."""
    holder = frame.holder(name)
    if holder is not None and type(holder.names[name]) is Closure:
        return frame.evaluation.weighed(holder.names[name].call(*given))
    if name in ("println", "print"):
        return write(frame, given)
    function = frame.evaluation.functions.get(name)
    if function is None:
        raise ExpressionError(f"There is no method {name!r} here.", fix=near(name, frame.evaluation.functions))
    return frame.evaluation.weighed(function(*given))


def write(frame: Frame, given: list[Any]) -> None:
    """A line of output."""
    frame.output.write(" ".join(shown(frame.evaluation, item) for item in given) + "\n")


def assign(frame: Frame, value: Any, name: Any, new: Any) -> None:
    """`a.b = c` and `a[b] = c`, of the script's own lists and maps."""
    if type(value) is dict or (type(value) is list and type(name) is int and 0 <= name < len(value)):
        value[name] = new
    else:
        raise ExpressionError(f"{name!r} of {kind_of(value)} cannot be set.", fix="Use execution.setVariable(...).")
    frame.evaluation.weighed(value)


def _items(value: Any) -> list[Any]:
    if type(value) is dict:
        return [{"key": key, "value": item} for key, item in value.items()]
    if type(value) not in (list, tuple, set):
        raise ExpressionError(f"{kind_first(value)} cannot be gone through.")
    return list(value)


def items_of(value: Any) -> list[Any]:
    """What `for (x in value)` goes through; null is nothing."""
    return [] if value is None else list(value) if type(value) is str else _items(value)


def _each(evaluation: Evaluation, items: list[Any], closure: Closure) -> list[Any]:
    for item in items:
        closure.call(item)
    return items


def _chosen(evaluation: Evaluation, items: list[Any], closure: Closure) -> list[Any]:
    return [item for item in items if truth(closure.call(item))]


_OVER: dict[str, Callable[[Evaluation, list[Any], Closure], Any]] = {
    "each": _each,
    "collect": lambda evaluation, items, closure: [closure.call(item) for item in items],
    "find": lambda evaluation, items, closure: next((item for item in items if truth(closure.call(item))), None),
    "findAll": _chosen,
    "any": lambda evaluation, items, closure: any(truth(closure.call(item)) for item in items),
    "every": lambda evaluation, items, closure: all(truth(closure.call(item)) for item in items),
    "count": lambda evaluation, items, closure: len(_chosen(evaluation, items, closure)),
}
