"""JUEL compiled to closures: texts with `${...}` in them, operators, properties, method and function calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from engine.expressions.evaluation import Evaluation
from engine.expressions.juel.calls import call_function, call_method, read_property
from engine.expressions.juel.coercion import to_boolean, to_text
from engine.expressions.juel.operators import BINARY, is_empty, negative
from engine.expressions.juel.scanner import scan
from engine.expressions.juel.variablefunctions import PREFIXES, find_variable_function
from engine.expressions.language import Compiled, Node
from engine.expressions.operators import OperatorParser, Word


def compile_juel(text: str) -> Compiled:
    """The compiled text. One `${...}` alone keeps the kind of its value; otherwise all is joined to a text."""
    parts: list[Node] = []
    names: set[str] = set()
    constant: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 3] in ("${", "#{"):
            constant.append(text[at + 1 : at + 3])
            at += 3
        elif text[at : at + 2] in ("${", "#{"):
            if constant:
                parts.append(_constant("".join(constant)))
                constant = []
            words, at = scan(text, at + 2)
            parts.append(_Parser(text, words, names).whole())
        else:
            constant.append(text[at])
            at += 1
    if not parts:
        return Compiled(text, "juel", frozenset(), _constant("".join(constant)))
    if constant:
        parts.append(_constant("".join(constant)))
    return Compiled(text, "juel", frozenset(names), parts[0] if len(parts) == 1 else _joined(parts))


def _constant(value: Any) -> Node:
    return lambda evaluation: value


def _joined(parts: list[Node]) -> Node:
    return lambda evaluation: evaluation.weighed("".join(to_text(part(evaluation), evaluation) for part in parts))


class _Parser(OperatorParser[Evaluation]):
    """One expression between braces. After `&&` bind `==`, `<`, `+`, `*`, then the signs before a value."""

    language = "juel"
    operators = BINARY

    def __init__(self, text: str, words: list[Word], names: set[str]) -> None:
        super().__init__(text, words, names)
        self.choices = 0

    def unexpected(self, word: Word, fix: str = "") -> NoReturn:
        what = "The expression ends too early" if word.kind == "end" else f"{word.value!r} is not possible here"
        raise self.error(f"{what}.", word, fix)

    def whole(self) -> Node:
        node = self.choice()
        if self.word.kind != "end":
            self.unexpected(self.word)
        return node

    def choice(self) -> Node:
        self.enter()
        test = self.binary(1)
        if self.skip("?"):
            self.choices += 1
            yes = self.choice()
            self.choices -= 1
            self.take(":")
            no = self.choice()
            test = _chosen(test, yes, no)
        self.depth -= 1
        return test

    def applied(self, word: Word, left: Node, right: Node) -> Node:
        if word.kind in ("||", "&&"):
            return self.guarded(word, _logical(word.kind, left, right))
        return self.guarded(word, _applied(BINARY[word.kind][1], left, right))

    def unary(self) -> Node:
        signs = self.signs("!", "-", "empty")
        node = self.postfix()
        for sign in reversed(signs):
            node = self.guarded(sign, _signed(_SIGNS[sign.kind], node))
        return node

    def postfix(self) -> Node:
        start = self.word
        node = self.primary()
        name = start.value if start.kind == "name" else None
        length = 0
        while self.word.kind in (".", "["):
            length = self.links(length)
            opening = self.word
            self.at += 1
            if opening.kind == ".":
                key = _constant(self.identifier())
            else:
                key = self.choice()
                self.take("]")
            if self.word.kind == "(":
                node = self.guarded(opening, call_method(node, key, self.arguments(), name))
            else:
                node = self.guarded(opening, read_property(node, key))
            name = None
        return node

    def primary(self) -> Node:
        word = self.word
        self.at += 1
        if word.kind == "value":
            return _constant(word.value)
        if word.kind == "(":
            node = self.choice()
            self.take(")")
            return node
        if word.kind != "name":
            self.unexpected(word)
        if self.word.kind == "(":
            return self.guarded(word, call_function(str(word.value), self.arguments()))
        if self.is_prefixed(word):
            self.at += 1
            function = self.word
            name = self.identifier()
            if word.value in PREFIXES:
                return self.guarded(word, self.variable_function(function, name))
            return self.guarded(word, call_function(f"{word.value}:{name}", self.arguments()))
        return self.variable(word)

    def is_prefixed(self, word: Word) -> bool:
        """`prefix:name(...)`; after a `?`, where the colon may be the choice's own, only for the known prefixes."""
        following = self.words[self.at : self.at + 3]
        if [item.kind for item in following[::2]] != [":", "("] or not _is_identifier(following[1]):
            return False
        return not self.choices or word.value in PREFIXES

    def identifier(self) -> str:
        """A name after a dot or a prefix, where `gt`, `empty` or `true` are names as well."""
        word = self.word
        if not _is_identifier(word):
            self.unexpected(word)
        self.at += 1
        return _spelled(word.value)

    def variable_function(self, function: Word, named: str) -> Node:
        """`var:gt(amount, 5)`: the first argument names a variable, quoted or not, that need not exist."""
        run = find_variable_function(named)
        if run is None:
            self.unexpected(function)
        self.take("(")
        first = self.word
        self.at += 1
        if first.kind not in ("name", "value"):
            self.unexpected(first, "Name a variable.")
        self.names.add(str(first.value))
        rest: list[Node] = []
        while self.word.kind == ",":
            self.at += 1
            rest.append(self.choice())
        self.take(")")
        name = str(first.value)
        return lambda evaluation: run(evaluation, name, [item(evaluation) for item in rest])

    def arguments(self) -> list[Node]:
        self.take("(")
        found: list[Node] = []
        while self.word.kind != ")":
            if found:
                self.take(",")
            found.append(self.choice())
        self.at += 1
        return found

    def variable(self, word: Word) -> Node:
        name = str(word.value)
        self.names.add(name)

        def run(evaluation: Evaluation) -> Any:
            try:
                return evaluation.variables[name]
            except KeyError:
                raise self.error(
                    f"Unknown property used in expression: {self.text}. Cannot resolve identifier {name!r}",
                    word,
                    "Set the variable before this is reached.",
                ) from None

        return run


def _applied(apply: Callable[[Evaluation, Any, Any], Any], left: Node, right: Node) -> Node:
    return lambda evaluation: apply(evaluation, left(evaluation), right(evaluation))


def _signed(apply: Callable[[Any], Any], node: Node) -> Node:
    return lambda evaluation: apply(node(evaluation))


def _chosen(test: Node, yes: Node, no: Node) -> Node:
    return lambda evaluation: yes(evaluation) if to_boolean(test(evaluation)) else no(evaluation)


def _logical(sign: str, left: Node, right: Node) -> Node:
    if sign == "||":
        return lambda evaluation: to_boolean(left(evaluation)) or to_boolean(right(evaluation))
    return lambda evaluation: to_boolean(left(evaluation)) and to_boolean(right(evaluation))


def _is_identifier(word: Word) -> bool:
    return word.kind == "name" or (word.kind in _NAMEABLE and _spelled(word.value).isidentifier())


def _spelled(value: Any) -> str:
    return "null" if value is None else str(value).lower() if type(value) is bool else str(value)


# Signs that may be written as a word, and literals that are a word.
_NAMEABLE = frozenset({"&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", "/", "%", "empty", "value"})
_SIGNS: dict[str, Callable[[Any], Any]] = {
    "!": lambda value: not to_boolean(value),
    "-": negative,
    "empty": is_empty,
}
