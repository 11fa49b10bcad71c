"""A Python expression compiled to closures over a whitelist of its syntax; nothing of it ever reaches `eval`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from engine.expressions.errors import ExpressionError, kind_first, kind_of, near
from engine.expressions.evaluation import ATOMS, LISTS, MAX_BITS, MAX_NESTING, Evaluation
from engine.expressions.language import Compiled, Node
from engine.expressions.python.calls import FAILURES, compile_call
from engine.expressions.python.formatting import compile_fstring
from engine.expressions.python.loops import compile_loop
from engine.expressions.python.operators import ARITHMETIC, COMPARISONS, SYMBOLS, Operator
from engine.expressions.python.parsing import parse, position_of, refuse
from engine.expressions.python.reading import read_item, read_member

_HINTS = {"true": "True", "false": "False", "null": "None", "nil": "None", "none": "None", "undefined": "None"}


def compile_python(text: str) -> Compiled:
    """The compiled expression. Raises ExpressionError with the position of what is wrong or not allowed."""
    compiler = Compiler(text)
    run = compiler.node(parse(text), 0)
    return Compiled(text, "python", frozenset(compiler.names), run, compiler.slots)


class Compiler:
    """Turns each node of the syntax tree into a function of the evaluation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.slots = 0
        self.bound: dict[str, int] = {}

    def node(self, node: ast.expr, depth: int) -> Node:
        if depth > MAX_NESTING:
            raise refuse(self.text, node, "The expression is nested too deeply.", "Split it into several steps.")
        compile_node = _NODES.get(type(node).__name__)
        if compile_node is None:
            raise refuse(
                self.text,
                node,
                f"{_SYNTAX.get(type(node).__name__, type(node).__name__)} is not possible in an expression.",
                "Use a script task for more than a condition or a value.",
            )
        return compile_node(self, node, depth + 1)

    def several(self, nodes: Iterable[ast.expr], depth: int) -> list[Node]:
        return [self.node(node, depth) for node in nodes]

    def failure(self, node: ast.AST, message: str, fix: str = "") -> ExpressionError:
        return ExpressionError(message, self.text, "python", position_of(self.text, node), fix)

    def constant(self, node: ast.Constant, depth: int) -> Node:
        value = node.value
        if type(value) is int and value.bit_length() > MAX_BITS:
            raise refuse(self.text, node, "The number is too long.", "Use a smaller number.")
        if type(value) not in ATOMS and type(value) not in (int, str, bytes):
            raise refuse(self.text, node, f"{kind_first(value)} is not possible in an expression.", "")
        return lambda evaluation: value

    def name(self, node: ast.Name, depth: int) -> Node:
        name = node.id
        slot = self.bound.get(name)
        if slot is not None:
            return lambda evaluation: evaluation.slots[slot]
        self.names.add(name)

        def run(evaluation: Evaluation) -> Any:
            try:
                return evaluation.variables[name]
            except KeyError:
                hint = f"Python writes {_HINTS[name]}." if name in _HINTS else near(name, evaluation.variables)
                raise self.failure(node, f"There is no variable {name!r} here.", hint) from None

        return run

    def boolean(self, node: ast.BoolOp, depth: int) -> Node:
        parts = self.several(node.values, depth)
        stop = isinstance(node.op, ast.Or)

        def run(evaluation: Evaluation) -> Any:
            value: Any = None
            for part in parts:
                value = part(evaluation)
                if bool(value) is stop:
                    return value
            return value

        return run

    def operation(self, node: ast.BinOp, depth: int) -> Node:
        left, right = self.node(node.left, depth), self.node(node.right, depth)
        name = type(node.op).__name__
        if name not in ARITHMETIC:
            raise refuse(self.text, node, "This operator is not possible in an expression.", "")
        return self.applied(node, name, ARITHMETIC[name], left, right)

    def applied(self, node: ast.expr, name: str, apply: Operator, left: Node, right: Node) -> Node:
        def run(evaluation: Evaluation) -> Any:
            first, second = left(evaluation), right(evaluation)
            try:
                return apply(evaluation, first, second)
            except ExpressionError as error:
                raise self.placed(node, error) from None
            except ZeroDivisionError:
                raise self.failure(node, "Division by zero.", "Check the divisor before dividing.") from None
            except TypeError:
                raise self.failure(
                    node,
                    f"{kind_first(first)} and {kind_of(second)} do not go together in {SYMBOLS[name]!r}.",
                    "Convert one of them, for example with int(...), float(...) or str(...).",
                ) from None
            except FAILURES as error:
                raise self.failure(node, f"{SYMBOLS[name]!r} fails: {error}.") from None

        return run

    def unary(self, node: ast.UnaryOp, depth: int) -> Node:
        operand = self.node(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda evaluation: not operand(evaluation)
        apply = _UNARY[type(node.op)]

        def run(evaluation: Evaluation) -> Any:
            value = operand(evaluation)
            try:
                return apply(value)
            except FAILURES:
                raise self.failure(node, f"The sign does not go with {kind_of(value)}.") from None

        return run

    def comparison(self, node: ast.Compare, depth: int) -> Node:
        operands = self.several([node.left, *node.comparators], depth)
        names = [type(item).__name__ for item in node.ops]
        if len(names) == 1:
            return self.applied(node, names[0], COMPARISONS[names[0]], operands[0], operands[1])
        # a < b < c: each middle operand is evaluated once.
        kept = self.slots
        self.slots += 2
        links = [
            self.applied(node, name, COMPARISONS[name], _slot(kept + index % 2), _slot(kept + (index + 1) % 2))
            for index, name in enumerate(names)
        ]

        def run(evaluation: Evaluation) -> Any:
            evaluation.slots[kept] = operands[0](evaluation)
            value: Any = True
            for index, link in enumerate(links):
                evaluation.slots[kept + (index + 1) % 2] = operands[index + 1](evaluation)
                value = link(evaluation)
                if not value:
                    break
            return value

        return run

    def choice(self, node: ast.IfExp, depth: int) -> Node:
        test, yes, no = self.node(node.test, depth), self.node(node.body, depth), self.node(node.orelse, depth)
        return lambda evaluation: yes(evaluation) if test(evaluation) else no(evaluation)

    def attribute(self, node: ast.Attribute, depth: int) -> Node:
        if node.attr.startswith("__"):
            raise refuse(self.text, node, f"{node.attr!r} cannot be read in an expression.", "")
        target = self.node(node.value, depth)
        return self.read(node, target, read_member, lambda evaluation: node.attr)

    def subscript(self, node: ast.Subscript, depth: int) -> Node:
        target = self.node(node.value, depth)
        return self.read(node, target, read_item, self.node(node.slice, depth))

    def read(self, node: ast.expr, target: Node, how: Callable[[Evaluation, Any, Any], Any], key: Node) -> Node:
        def run(evaluation: Evaluation) -> Any:
            value, wanted = target(evaluation), key(evaluation)
            try:
                return how(evaluation, value, wanted)
            except ExpressionError as error:
                raise self.placed(node, error) from None
            except FAILURES:
                raise self.failure(node, f"{kind_first(value)} has no {wanted!r}.") from None

        return run

    def slice(self, node: ast.Slice, depth: int) -> Node:
        ends = [self.node(end, depth) if end else None for end in (node.lower, node.upper, node.step)]
        return lambda evaluation: slice(*(end(evaluation) if end else None for end in ends))

    def display(self, node: ast.List | ast.Tuple | ast.Set, depth: int) -> Node:
        items = self.several(node.elts, depth)
        build = _DISPLAYS[type(node)]
        return self.guarded(node, lambda evaluation: evaluation.weighed(build(item(evaluation) for item in items)))

    def dictionary(self, node: ast.Dict, depth: int) -> Node:
        keys = [key for key in node.keys if key is not None]
        if len(keys) < len(node.values):
            raise refuse(self.text, node, "** is not possible in an expression.", "Name the keys.")
        pairs = list(zip(self.several(keys, depth), self.several(node.values, depth), strict=True))
        return self.guarded(
            node,
            lambda evaluation: evaluation.weighed(
                {hashable(evaluation, k(evaluation)): v(evaluation) for k, v in pairs}
            ),
        )

    def guarded(self, node: ast.AST, run: Node) -> Node:
        def guarded_run(evaluation: Evaluation) -> Any:
            try:
                return run(evaluation)
            except ExpressionError as error:
                raise self.placed(node, error) from None
            except FAILURES as error:
                raise self.failure(node, f"This cannot be built: {error}.") from None

        return guarded_run

    def placed(self, node: ast.AST, error: ExpressionError) -> ExpressionError:
        """The error of a value, told where in the expression it came up."""
        if error.position is None and not error.text:
            error.text, error.language, error.position = self.text, "python", position_of(self.text, node)
        return error


def hashable(evaluation: Evaluation, value: Any) -> Any:
    """The value, where it may be a key; hashing costs what the value holds."""
    return evaluation.weighed(value) if type(value) in LISTS else value


def _slot(number: int) -> Node:
    return lambda evaluation: evaluation.slots[number]


_UNARY: dict[type, Callable[[Any], Any]] = {
    ast.USub: lambda value: -value,
    ast.UAdd: lambda value: +value,
    ast.Invert: lambda value: ~value,
}
_DISPLAYS: dict[type, Callable[[Iterable[Any]], Any]] = {ast.List: list, ast.Tuple: tuple, ast.Set: set}

_NODES: dict[str, Callable[[Compiler, Any, int], Node]] = {
    "Constant": Compiler.constant,
    "Name": Compiler.name,
    "BoolOp": Compiler.boolean,
    "BinOp": Compiler.operation,
    "UnaryOp": Compiler.unary,
    "Compare": Compiler.comparison,
    "IfExp": Compiler.choice,
    "Attribute": Compiler.attribute,
    "Subscript": Compiler.subscript,
    "Slice": Compiler.slice,
    "List": Compiler.display,
    "Tuple": Compiler.display,
    "Set": Compiler.display,
    "Dict": Compiler.dictionary,
    "Call": compile_call,
    "ListComp": compile_loop,
    "SetComp": compile_loop,
    "GeneratorExp": compile_loop,
    "DictComp": compile_loop,
    "JoinedStr": compile_fstring,
}
_SYNTAX = {
    "Lambda": "A function (lambda)",
    "NamedExpr": "An assignment (:=)",
    "Await": "await",
    "Yield": "yield",
    "YieldFrom": "yield",
    "Starred": "Unpacking (*)",
}
