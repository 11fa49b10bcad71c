"""Groovy's statements: def, if, for, while, return, throw, methods and blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.expressions.errors import ExpressionError
from engine.expressions.groovy import calls
from engine.expressions.groovy.assignment import assignment
from engine.expressions.groovy.frame import Closure, Frame, Node, Returned
from engine.expressions.groovy.made import Throwable
from engine.expressions.groovy.operators import truth

if TYPE_CHECKING:
    from engine.expressions.groovy.parser import Parser

MAX_STATEMENTS = 5_000


def statements(parser: Parser, end: str) -> Node:
    """Statements up to `end`; the value is that of the last."""
    found: list[Node] = []
    parser.lines()
    while not parser.skip(end):
        found.append(statement(parser))
        if len(found) > MAX_STATEMENTS:
            parser.unexpected(parser.word, "Write a shorter script.")
        if parser.word.kind not in (";", end, "end") and parser.words[parser.at - 1].kind != "}":
            parser.unexpected(parser.word)
        parser.lines()

    def run(frame: Frame) -> Any:
        value: Any = None
        for node in found:
            frame.evaluation.spend(1)
            value = node(frame)
        return value

    return run


def statement(parser: Parser) -> Node:
    """One statement."""
    parser.enter()
    node = _statement(parser)
    parser.depth -= 1
    return node


def _statement(parser: Parser) -> Node:
    word = parser.word
    special = _STATEMENTS.get(word.kind)
    if special is not None:
        return special(parser)
    if word.kind == "{":
        return _block(parser)
    if _is_definition(parser):
        return _definition(parser)
    if word.kind == "name" and parser.words[parser.at + 1].kind == ":":
        # A label, as in `out:println "..."`.
        parser.at += 2
        return statement(parser)
    if word.kind == "name" and word.value in ("println", "print") and parser.words[parser.at + 1].kind != "(":
        parser.at += 1
        shown = [] if parser.word.kind in (";", "end", "}") else [parser.expression()]
        return lambda frame: calls.write(frame, [item(frame) for item in shown])
    if _is_system_out(parser):
        return _system_out(parser)
    return assignment(parser)


def _block(parser: Parser) -> Node:
    parser.take("{")
    body = statements(parser, "}")
    return lambda frame: body(frame.inside())


def _branch(parser: Parser) -> Node:
    parser.lines()
    return _block(parser) if parser.word.kind == "{" else statement(parser)


def _if(parser: Parser) -> Node:
    parser.take("if")
    parser.take("(")
    test = parser.expression()
    parser.take(")")
    yes = _branch(parser)
    before = parser.at
    parser.lines()
    no: Node | None = None
    if parser.skip("else"):
        no = _branch(parser)
    else:
        parser.at = before
    return lambda frame: yes(frame) if truth(test(frame)) else no(frame) if no else None


def _while(parser: Parser) -> Node:
    parser.take("while")
    parser.take("(")
    test = parser.expression()
    parser.take(")")
    body = _branch(parser)

    def run(frame: Frame) -> None:
        while truth(test(frame)):
            frame.evaluation.spend(5)
            body(frame)

    return run


def _for(parser: Parser) -> Node:
    """`for (x in list)` and `for (Type x : list)`."""
    parser.take("for")
    opening = parser.take("(")
    names = [parser.word]
    parser.at += 1
    while parser.word.kind == "name":
        names.append(parser.take("name"))
    if not parser.skip("in"):
        parser.take(":")
    source = parser.expression()
    parser.take(")")
    body = _branch(parser)
    name = str(names[-1].value)

    def run(frame: Frame) -> None:
        inner = frame.inside()
        for item in calls.items_of(source(frame)):
            frame.evaluation.spend(5)
            inner.names[name] = item
            body(inner)

    return parser.guarded(opening, run)


def _return(parser: Parser) -> Node:
    parser.take("return")
    value = None if parser.word.kind in (";", "end", "}") else parser.expression()

    def run(frame: Frame) -> Any:
        raise Returned(value(frame) if value else None)

    return run


def _throw(parser: Parser) -> Node:
    word = parser.take("throw")
    value = parser.expression()

    def run(frame: Frame) -> Any:
        thrown = value(frame)
        if type(thrown) is not Throwable:
            raise ExpressionError("Only an error can be thrown.", fix='Write throw new BpmnError("code").')
        raise thrown.raised()

    return parser.guarded(word, run)


def _import(parser: Parser) -> Node:
    """An import names what `new` can make or not; by itself it does nothing."""
    word = parser.take("import")
    if parser.words[parser.at + 1].kind != ".":
        parser.unexpected(word, "Name the package as well.")
    while parser.word.kind in ("name", ".", "*"):
        parser.at += 1
    return lambda frame: None


def _is_definition(parser: Parser) -> bool:
    """`def x`, `int x`, `def int x`, `List<String> x`, `String[] x`."""
    if parser.word.kind == "def":
        return True
    first, second, third = (*parser.words[parser.at : parser.at + 3], parser.word, parser.word)[:3]
    return first.kind == "name" and second.kind == "name" and third.kind in ("=", ";", "end", "(")


def _definition(parser: Parser) -> Node:
    parser.skip("def")
    word = parser.take("name")
    if parser.word.kind == "name":
        word = parser.take("name")
    name = str(word.value)
    if parser.word.kind == "(":
        return _method(parser, name)
    value = parser.expression() if parser.skip("=") else None

    def run(frame: Frame) -> Any:
        frame.names[name] = value(frame) if value else None
        return frame.names[name]

    return run


def _method(parser: Parser, name: str) -> Node:
    parser.take("(")
    parameters: list[str] = []
    while not parser.skip(")"):
        if parameters:
            parser.take(",")
        parser.skip("def")
        word = parser.take("name")
        parameters.append(str(parser.take("name").value if parser.word.kind == "name" else word.value))
    parser.lines()
    parser.take("{")
    body = statements(parser, "}")

    def run(frame: Frame) -> None:
        frame.names[name] = Closure(tuple(parameters), body, frame)

    return run


def closure(parser: Parser) -> Node:
    """`{ x, y -> ... }`, or with `it` as its parameter."""
    parser.take("{")
    names: list[str] = []
    at = parser.at
    while parser.word.kind == "name" and parser.words[at + 1].kind in (",", "->", "name"):
        names.append(str(parser.take("name").value))
        if not parser.skip(","):
            break
        at = parser.at
    if names:
        parser.take("->")
    else:
        parser.skip("->")
    body = statements(parser, "}")
    parameters = tuple(names) or ("it",)
    return lambda frame: Closure(parameters, body, frame)


def _is_system_out(parser: Parser) -> bool:
    found = [item.value for item in parser.words[parser.at : parser.at + 4]]
    return found == ["System", ".", "out", "."]


def _system_out(parser: Parser) -> Node:
    parser.at += 4
    parser.identifier()
    shown = parser.arguments()
    return lambda frame: calls.write(frame, [item(frame) for item in shown])


_STATEMENTS: dict[str, Callable[[Parser], Node]] = {
    "if": _if,
    "while": _while,
    "for": _for,
    "return": _return,
    "throw": _throw,
    "import": _import,
}
