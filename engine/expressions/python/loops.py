"""Comprehensions: `[line.price for line in lines if line.open]`. Each round is paid for by what it evaluates."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.expressions.errors import ExpressionError, kind_first
from engine.expressions.evaluation import LISTS, Evaluation
from engine.expressions.language import Node
from engine.expressions.python.parsing import refuse

if TYPE_CHECKING:
    from engine.expressions.python.compiler import Compiler

Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
Round = Callable[[Evaluation, list[Any]], None]


def compile_loop(compiler: Compiler, node: Comprehension, depth: int) -> Node:
    """A comprehension; a generator is a list here."""
    outside = dict(compiler.bound)
    rounds: list[tuple[Node, Callable[[Evaluation, Any], None], list[Node]]] = []
    for loop in node.generators:
        if loop.is_async:
            raise refuse(compiler.text, node, "async is not possible in an expression.", "")
        source = compiler.node(loop.iter, depth)
        bind = _target(compiler, loop.target)
        rounds.append((source, bind, compiler.several(loop.ifs, depth)))
    element = _element(compiler, node, depth)
    compiler.bound = outside
    run_all = _nest(rounds, element, sum(1 for _ in ast.walk(node)))
    build: Callable[[list[Any]], Any] = {ast.SetComp: set, ast.DictComp: dict}.get(type(node), list)

    def run(evaluation: Evaluation) -> Any:
        items: list[Any] = []
        run_all(evaluation, items)
        return build(evaluation.weighed(items))

    return compiler.guarded(node, run)


def _element(compiler: Compiler, node: Comprehension, depth: int) -> Node:
    if not isinstance(node, ast.DictComp):
        return compiler.node(node.elt, depth)
    key, value = compiler.node(node.key, depth), compiler.node(node.value, depth)
    return lambda evaluation: (key(evaluation), value(evaluation))


def _nest(rounds: list[Any], element: Node, cost: int) -> Round:
    def innermost(evaluation: Evaluation, items: list[Any]) -> None:
        items.append(element(evaluation))

    step: Round = innermost
    for source, bind, tests in reversed(rounds):
        step = _round(source, bind, tests, step, cost)
    return step


def _round(source: Node, bind: Callable[[Evaluation, Any], None], tests: list[Node], inner: Round, cost: int) -> Round:
    def run(evaluation: Evaluation, items: list[Any]) -> None:
        for item in iterated(source(evaluation)):
            evaluation.spend(cost)
            bind(evaluation, item)
            if all(test(evaluation) for test in tests):
                inner(evaluation, items)

    return run


def iterated(value: Any) -> Any:
    """The value, if it can be gone through."""
    if type(value) in LISTS or type(value) in (dict, str):
        return value
    raise ExpressionError(f"{kind_first(value)} cannot be gone through.", fix="Use a list.")


def _target(compiler: Compiler, target: ast.expr) -> Callable[[Evaluation, Any], None]:
    if isinstance(target, ast.Name):
        slot = compiler.slots
        compiler.slots += 1
        compiler.bound[target.id] = slot

        def bind_one(evaluation: Evaluation, item: Any) -> None:
            evaluation.slots[slot] = item

        return bind_one
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = [_target(compiler, part) for part in target.elts]

        def bind_each(evaluation: Evaluation, item: Any) -> None:
            for part, value in zip(parts, iterated(item), strict=True):
                part(evaluation, value)

        return bind_each
    raise refuse(compiler.text, target, "A loop in an expression binds plain names only.", "")
