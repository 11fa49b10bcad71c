"""Calls: functions given by the engine, a fixed set of Python's own, and methods of plain values."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from engine.expressions.errors import ExpressionError, kind_first, misfit, near
from engine.expressions.evaluation import Evaluation, is_exposed
from engine.expressions.language import Node
from engine.expressions.python.functions import DOTTED, FUNCTIONS
from engine.expressions.python.members import CHANGING, METHODS, PROPERTIES
from engine.expressions.python.parsing import refuse

if TYPE_CHECKING:
    from engine.expressions.python.compiler import Compiler

FAILURES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


def compile_call(compiler: Compiler, node: ast.Call, depth: int) -> Node:
    """A call by name, by dotted name (`math.floor`), or of a method."""
    if any(keyword.arg is None for keyword in node.keywords):
        raise refuse(compiler.text, node, "** is not possible in an expression.", "Name the arguments.")
    arguments = compiler.several(node.args, depth)
    named = {str(item.arg): compiler.node(item.value, depth) for item in node.keywords}
    function = node.func
    if isinstance(function, ast.Name):
        return _call(compiler, node, function.id, _named(compiler, function), arguments, named)
    if not isinstance(function, ast.Attribute):
        raise refuse(compiler.text, node, "Only a function's name or a value's method can be called.", "")
    if function.attr.startswith("__"):
        raise refuse(compiler.text, node, f"{function.attr!r} cannot be called in an expression.", "")
    dotted = _dotted(function)
    if dotted in DOTTED:
        return _dotted_call(compiler, node, function, dotted, arguments, named, depth)
    target = compiler.node(function.value, depth)
    return _call(compiler, node, function.attr, _method(function.attr, target), arguments, named)


def _call(
    compiler: Compiler, node: ast.Call, name: str, find: Node, arguments: list[Node], named: dict[str, Node]
) -> Node:
    def run(evaluation: Evaluation) -> Any:
        try:
            function = find(evaluation)
            given = [argument(evaluation) for argument in arguments]
            options = {key: option(evaluation) for key, option in named.items()}
            return evaluation.weighed(function(*given, **options))
        except ExpressionError as error:
            raise compiler.placed(node, error) from None
        except FAILURES as error:
            raise compiler.failure(node, f"{name}(...) fails: {misfit(error)}.") from None

    return run


def _named(compiler: Compiler, function: ast.Name) -> Node:
    name = function.id
    slot = compiler.bound.get(name)

    def find(evaluation: Evaluation) -> Any:
        # A variable never takes a function's place: what a form sends in cannot change what a condition means.
        given = evaluation.functions.get(name)
        if given is not None:
            return given
        own = FUNCTIONS.get(name)
        if own is None:
            if slot is not None or name in evaluation.variables:
                raise ExpressionError(f"{name!r} is a variable and cannot be called.")
            raise ExpressionError(
                f"There is no function {name!r} here.", fix=near(name, [*FUNCTIONS, *evaluation.functions])
            )
        return lambda *given, **options: own(evaluation, *given, **options)

    return find


def _method(name: str, target: Node) -> Node:
    def find(evaluation: Evaluation) -> Any:
        value = target(evaluation)
        kind = type(value)
        method = METHODS.get(kind, {}).get(name)
        if method is not None:
            return lambda *given, **options: method(evaluation, value, *given, **options)
        if is_exposed(value) and name in kind.expression_members:
            return getattr(value, name)
        if name in CHANGING:
            raise ExpressionError(
                f"{name}(...) would change the variable, which an expression does not.", fix="Use a script task."
            )
        raise ExpressionError(
            f"{kind_first(value)} has no method {name!r}.",
            fix=near(name, [*METHODS.get(kind, ()), *PROPERTIES.get(kind, ())]),
        )

    return find


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _dotted_call(
    compiler: Compiler,
    node: ast.Call,
    function: ast.Attribute,
    dotted: str,
    arguments: list[Node],
    named: dict[str, Node],
    depth: int,
) -> Node:
    """`date.fromisoformat(x)` is the class's own, unless there is a variable called `date`."""
    root = dotted.split(".", 1)[0]
    known = set(compiler.names)
    method = _method(function.attr, compiler.node(function.value, depth))
    compiler.names = known
    own = DOTTED[dotted]
    bound = root in compiler.bound

    def find(evaluation: Evaluation) -> Any:
        if bound or root in evaluation.variables:
            return method(evaluation)
        return lambda *given, **options: own(evaluation, *given, **options)

    return _call(compiler, node, dotted, find, arguments, named)
