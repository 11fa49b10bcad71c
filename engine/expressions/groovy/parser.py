"""Groovy's expressions compiled to closures over a frame."""

from __future__ import annotations

from typing import Any, NoReturn

from engine.expressions.errors import near
from engine.expressions.groovy import nodes
from engine.expressions.groovy.frame import Frame, Node
from engine.expressions.groovy.made import made
from engine.expressions.groovy.operators import BINARY, shown
from engine.expressions.groovy.scanner import scan
from engine.expressions.groovy.statements import closure
from engine.expressions.operators import OperatorParser, Word


class Parser(OperatorParser[Frame]):
    """Reads expressions; what makes up a statement or a block is in `statements`."""

    language = "groovy"
    unit = "script"
    operators = BINARY

    def __init__(self, text: str, words: list[Word]) -> None:
        super().__init__(text, words, set())

    def lines(self) -> None:
        """Pass over the ends of lines."""
        while self.skip(";"):
            pass

    right_side = lines

    def unexpected(self, word: Word, fix: str = "") -> NoReturn:
        what = "A text" if word.kind == "text" else f"{word.value}".capitalize()
        raise self.error(f"{what} is not possible here.", word, fix)

    def expression(self) -> Node:
        self.enter()
        test = self.binary(1)
        if self.skip("?:"):
            other = self.expression()
            test = nodes.elvis(test, other)
        elif self.skip("?"):
            yes = self.expression()
            self.lines()
            self.take(":")
            test = nodes.chosen(test, yes, self.expression())
        self.depth -= 1
        return test

    def applied(self, word: Word, left: Node, right: Node) -> Node:
        if word.kind in ("||", "&&"):
            return nodes.logical(word.kind, left, right)
        apply = BINARY[word.kind][1]
        return self.guarded(
            word, lambda frame: frame.evaluation.weighed(apply(frame.evaluation, left(frame), right(frame)))
        )

    def unary(self) -> Node:
        signs = self.signs("!", "-", "+")
        node = self.postfix()
        for sign in reversed(signs):
            if sign.kind == "!":
                node = nodes.negated(node)
            elif sign.kind == "-":
                node = self.applied(Word("-", "-", sign.position), lambda frame: 0, node)
        return node

    def postfix(self) -> Node:
        node = self.primary()
        length = 0
        while self.word.kind in (".", "?.", "["):
            length = self.links(length)
            opening = self.word
            self.at += 1
            if opening.kind == "[":
                key = self.expression()
                self.take("]")
                node = self.guarded(opening, nodes.read(node, key))
                continue
            name = self.identifier()
            arguments = self.arguments() if self.word.kind in ("(", "{") else None
            node = self.guarded(opening, nodes.member(node, name, arguments, safe=opening.kind == "?."))
        return node

    def identifier(self) -> str:
        word = self.word
        if word.kind == "text" and len(word.value) == 1:
            self.at += 1
            return str(word.value[0])
        if not str(word.value).isidentifier():
            self.unexpected(word)
        self.at += 1
        return str(word.value)

    def arguments(self) -> list[Node]:
        """`(a, b)`, with a block after it as a last one, or the block alone."""
        found: list[Node] = []
        if self.skip("("):
            while not self.skip(")"):
                if found:
                    self.take(",")
                found.append(self.expression())
        if self.word.kind == "{":
            found.append(closure(self))
        return found

    def primary(self) -> Node:
        word = self.word
        self.at += 1
        if word.kind in ("value", "true", "false", "null"):
            value = {"true": True, "false": False, "null": None}.get(word.kind, word.value)
            return lambda frame: value
        if word.kind == "text":
            return self.quoted(word)
        if word.kind == "(":
            self.lines()
            node = self.expression()
            self.take(")")
            return node
        if word.kind == "[":
            return self.collection(word)
        if word.kind == "{":
            self.at -= 1
            return closure(self)
        if word.kind == "new":
            return self.created()
        if word.kind != "name":
            self.unexpected(word)
        if self.word.kind == "(":
            return self.guarded(word, nodes.named_call(str(word.value), self.arguments()))
        return self.variable(word)

    def quoted(self, word: Word) -> Node:
        parts: list[Node] = []
        for part in word.value:
            if isinstance(part, str):
                parts.append(nodes.constant(part))
            else:
                inner = Parser(self.text, scan(part[0]))
                inner.depth = self.depth
                inner.enter()
                parts.append(inner.expression())
                inner.take("end")
                self.names |= inner.names
        if len(parts) == 1:
            return parts[0]
        return lambda frame: frame.evaluation.weighed("".join(shown(frame.evaluation, part(frame)) for part in parts))

    def collection(self, word: Word) -> Node:
        """`[a, b]`, `[a: 1, "b": 2]`, `[]` and `[:]`."""
        if self.skip(":"):
            self.take("]")
            return lambda frame: {}
        items: list[Node] = []
        keys: list[Node] = []
        while not self.skip("]"):
            if items:
                self.take(",")
            if self.word.kind == "name" and self.words[self.at + 1].kind == ":":
                keys.append(nodes.constant(self.take("name").value))
                self.at += 1
                items.append(self.expression())
                continue
            items.append(self.expression())
            if self.skip(":"):
                keys.append(items.pop())
                items.append(self.expression())
        if keys and len(keys) != len(items):
            self.unexpected(word)
        return self.guarded(word, nodes.collected(keys, items))

    def created(self) -> Node:
        """`new Type(...)`: an error or exception to throw, or a list, map or date of Java's."""
        word = self.word
        names = [self.identifier()]
        while self.skip("."):
            names.append(self.identifier())
        arguments = self.arguments()
        return self.guarded(word, made(names[-1], arguments))

    def variable(self, word: Word) -> Node:
        name = str(word.value)
        self.names.add(name)

        def run(frame: Frame) -> Any:
            holder = frame.holder(name)
            if holder is not None:
                return holder.names[name]
            try:
                return frame.variable(name)
            except KeyError:
                fix = near(name, frame.evaluation.variables)
                raise self.error(f"There is no variable {name!r} here.", word, fix) from None

        return run
