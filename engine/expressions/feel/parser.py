"""FEEL compiled to closures over a scope: operators, paths, filters and calls (DMN 1.5, 10.3.1.2)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NoReturn

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import MAX_NESTING, Evaluation
from engine.expressions.feel import nodes
from engine.expressions.feel.arithmetic import BINARY
from engine.expressions.feel.constructs import CONSTRUCTS, bracketed, context, function_type, parenthesised, range_from
from engine.expressions.feel.far import settled
from engine.expressions.feel.invocation import invoked
from engine.expressions.feel.scanner import KEYWORDS, Word, scan
from engine.expressions.feel.scope import FeelNode, Range, Scope
from engine.expressions.feel.temporal import read_literal
from engine.expressions.feel.types import Type
from engine.expressions.language import Compiled

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_AFTER_RANGE = frozenset(
    ("end", ")", "]", "}", ",", ":", "and", "or", "then", "else", "return", "satisfies", "in", "instance", *COMPARISONS)
)
_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = range(1, 7)
_BINDS = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys((*COMPARISONS, "in", "between", "instance"), _COMPARE),
    "+": _ADD,
    "-": _ADD,
    "*": _MULTIPLY,
    "/": _MULTIPLY,
    "**": _POWER,
}


def compile_feel(text: str, known: Collection[str] = (), *, exact: bool = False) -> Compiled:
    """The compiled expression. A leading = (Camunda 8's mark of an expression) is no part of it.

    `known` are the names of variables with signs or keywords in them, which cannot be told apart otherwise.
    With `exact`, a moment keeps its nanoseconds, as FEEL's own value.
    """
    source = text.lstrip()
    source = " " * (len(text) - len(source) + 1) + source[1:] if source.startswith("=") else text
    parser = Parser(text, scan(source, known, text))
    node = parser.expression()
    parser.take("end")
    names = frozenset(parser.names)
    finish = _as_it_is if exact else settled

    def run(evaluation: Evaluation) -> Any:
        return finish(node(Scope(evaluation.variables, None, evaluation)))

    return Compiled(text, "feel", names, run)


def _as_it_is(value: Any) -> Any:
    return value


class Parser:
    """Reads the words from left to right; each method gives the function that evaluates what it read."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text = text
        self.words = words
        self.at = 0
        self.depth = 0
        self.names: set[str] = set()
        self.bound: list[str] = []

    @property
    def word(self) -> Word:
        return self.words[self.at]

    def take(self, kind: str) -> Word:
        word = self.word
        if word.kind != kind:
            self.unexpected(f"Expected {kind!r} here.")
        self.at += 1
        return word

    def skip(self, kind: str) -> bool:
        if self.word.kind == kind:
            self.at += 1
            return True
        return False

    def unexpected(self, fix: str = "") -> NoReturn:
        word = self.word
        what = "The expression ends too early" if word.kind == "end" else f"{word.value!s:.40} is not possible here"
        raise ExpressionError(f"{what}.", self.text, "feel", word.position, fix)

    def expression(self, least: int = _OR) -> FeelNode:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise ExpressionError("The expression is nested too deeply.", self.text, "feel", self.word.position)
        construct = CONSTRUCTS.get(self.word.kind)
        node = construct(self) if construct else self.operators(least)
        self.depth -= 1
        return node

    def operators(self, least: int) -> FeelNode:
        left = self.negated()
        length = 0
        while True:
            sign = self.word.kind
            binds = _BINDS.get(sign, 0)
            if binds < least or (sign == "instance" and self.words[self.at + 1].value != "of"):
                return left
            length += 1
            if length > 2 * MAX_NESTING:
                raise ExpressionError("The expression is too long.", self.text, "feel", self.word.position)
            self.at += 1
            left = self.operation(sign, binds, left)

    def operation(self, sign: str, binds: int, left: FeelNode) -> FeelNode:
        if sign in ("and", "or"):
            return nodes.logical(sign, left, self.expression(binds + 1))
        if sign == "between":
            low = self.expression(_ADD)
            self.take("and")
            return nodes.between(left, low, self.expression(_ADD))
        if sign == "in":
            return nodes.contained(left, self.tests())
        if sign == "instance":
            self.at += 1
            return nodes.instance(left, self.type())
        right = self.expression(binds + 1)
        if sign in COMPARISONS:
            return nodes.compared(sign, left, right)
        return nodes.applied(BINARY[sign], left, right)

    def negated(self) -> FeelNode:
        count = 0
        while self.skip("-"):
            count += 1
        if count > MAX_NESTING:
            raise ExpressionError("The expression is nested too deeply.", self.text, "feel", self.word.position)
        node = self.postfix(self.primary())
        for _ in range(count):
            node = nodes.negated(node)
        return node

    def postfix(self, node: FeelNode) -> FeelNode:
        length = 0
        while self.word.kind in (".", "[", "(") and not self.closes_range():
            length += 1
            if length > MAX_NESTING:
                raise ExpressionError("The expression is too long.", self.text, "feel", self.word.position)
            start = self.at
            if self.skip("."):
                node = nodes.path(node, self.name())
            elif self.skip("["):
                node = nodes.filtered(node, self.inner("item"), self.at - start)
                self.take("]")
            else:
                self.at += 1
                node = invoked(node, None, *self.arguments())
        return node

    def closes_range(self) -> bool:
        """`[1..5[`: a bracket that nothing follows which could be a filter."""
        return self.word.kind == "[" and self.words[self.at + 1].kind in _AFTER_RANGE

    def inner(self, *bound: str) -> FeelNode:
        """An expression in which these names are bound."""
        self.bound.extend(bound)
        node = self.expression()
        del self.bound[len(self.bound) - len(bound) :]
        return node

    def primary(self) -> FeelNode:
        word = self.word
        kind = word.kind
        if kind in ("number", "text", "true", "false", "null"):
            self.at += 1
            return nodes.constant({"true": True, "false": False, "null": None}.get(kind, word.value))
        if kind == "name":
            return self.variable()
        if kind == "@":
            self.at += 1
            return nodes.constant(read_literal(self.take("text").value))
        if kind == "(":
            return parenthesised(self)
        if kind == "[":
            return bracketed(self)
        if kind == "]":
            self.at += 1
            return range_from(self, self.expression(_ADD), included=False)
        if kind == "{":
            return context(self)
        if kind in COMPARISONS:
            return self.comparison_test()
        if kind not in CONSTRUCTS:
            self.unexpected()
        return self.expression()

    def name(self) -> str:
        """A name of one or more words; after a dot also one that is a keyword elsewhere."""
        parts: list[str] = []
        while self.word.kind == "name" or (not parts and self.word.kind in KEYWORDS):
            parts.append(self.word.value)
            self.at += 1
        if not parts:
            self.unexpected("A name belongs here.")
        return " ".join(parts)

    def variable(self) -> FeelNode:
        name = self.name()
        if self.word.kind == "(":
            self.at += 1
            return invoked(nodes.variable(name), name, *self.arguments())
        if name not in self.bound:
            self.names.add(name)
        return nodes.variable(name)

    def arguments(self) -> tuple[list[FeelNode], list[str]]:
        """The arguments of a call, up to its bracket, and their names where they are named."""
        found: list[FeelNode] = []
        named: list[str] = []
        while not self.skip(")"):
            if found:
                self.take(",")
            if self.is_named():
                named.append(str(self.take("text").value) if self.word.kind == "text" else self.name())
                self.take(":")
            found.append(self.expression())
        if named and len(named) != len(found):
            self.unexpected("Name all arguments or none.")
        return found, named

    def is_named(self) -> bool:
        at = self.at
        while self.words[at].kind == "name":
            at += 1
        return at > self.at and self.words[at].kind == ":"

    def tests(self) -> list[FeelNode]:
        """What stands after `in`: one test, or several in brackets."""
        if self.word.kind != "(":
            return [self.test()]
        start = self.at
        self.at += 1
        found = [self.test()]
        if self.word.kind == "..":
            self.at = start
            return [self.test()]
        while self.skip(","):
            found.append(self.test())
        self.take(")")
        return found

    def test(self) -> FeelNode:
        return self.comparison_test() if self.word.kind in COMPARISONS else self.expression(_ADD)

    def comparison_test(self) -> FeelNode:
        """`< 5` alone is the range of what is less than 5."""
        sign = self.take(self.word.kind).kind
        end = self.expression(_ADD)

        def run(scope: Scope) -> Range | None:
            value = end(scope)
            if sign in ("=", "!="):
                return Range(value, value, True, True, sign)
            if sign in ("<", "<="):
                return Range(None, value, False, sign == "<=", sign)
            return Range(value, None, sign == ">=", False, sign)

        return run

    def type(self) -> Type:
        return function_type(self)
