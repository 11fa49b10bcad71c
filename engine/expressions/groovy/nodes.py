"""What the parts of a Groovy expression do when they are evaluated."""

from __future__ import annotations

from typing import Any

from engine.expressions.groovy import calls
from engine.expressions.groovy.frame import Frame, Node
from engine.expressions.groovy.operators import truth


def constant(value: Any) -> Node:
    """A literal."""
    return lambda frame: value


def negated(node: Node) -> Node:
    """`!`"""
    return lambda frame: not truth(node(frame))


def elvis(node: Node, other: Node) -> Node:
    """`a ?: b`: the first where it is true."""

    def run(frame: Frame) -> Any:
        value = node(frame)
        return value if truth(value) else other(frame)

    return run


def chosen(test: Node, yes: Node, no: Node) -> Node:
    """`a ? b : c`"""
    return lambda frame: yes(frame) if truth(test(frame)) else no(frame)


def logical(sign: str, left: Node, right: Node) -> Node:
    """`||` and `&&`."""
    if sign == "||":
        return lambda frame: truth(left(frame)) or truth(right(frame))
    return lambda frame: truth(left(frame)) and truth(right(frame))


def read(node: Node, key: Node) -> Node:
    """`a[b]`"""
    return lambda frame: calls.read(frame, node(frame), key(frame))


def member(node: Node, name: str, arguments: list[Node] | None, *, safe: bool) -> Node:
    """`a.b`, `a?.b` and `a.b(...)`."""

    def run(frame: Frame) -> Any:
        value = node(frame)
        if safe and value is None:
            return None
        if arguments is None:
            return calls.read(frame, value, name)
        return calls.call(frame, value, name, [argument(frame) for argument in arguments])

    return run


def named_call(name: str, arguments: list[Node]) -> Node:
    """`name(...)`"""
    return lambda frame: calls.call_name(frame, name, [argument(frame) for argument in arguments])


def collected(keys: list[Node], items: list[Node]) -> Node:
    """A list or map."""

    def run(frame: Frame) -> Any:
        values = [item(frame) for item in items]
        found: Any = {key(frame): value for key, value in zip(keys, values, strict=True)} if keys else values
        return frame.evaluation.weighed(found)

    return run
