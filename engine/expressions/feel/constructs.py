"""FEEL's constructs: for, if, some and every, function, lists, ranges, contexts, and the names of types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from engine.expressions.evaluation import too_big
from engine.expressions.feel.comparison import kind, order
from engine.expressions.feel.numbers import is_number
from engine.expressions.feel.scope import FeelNode, Function, Range, Scope
from engine.expressions.feel.types import SIMPLE, Type

if TYPE_CHECKING:
    from engine.expressions.feel.parser import Parser

_ADD = 4


def conditional(parser: Parser) -> FeelNode:
    """`if a then b else c`: anything but true is otherwise."""
    parser.take("if")
    test = parser.expression()
    parser.take("then")
    yes = parser.expression()
    parser.take("else")
    no = parser.expression()
    return lambda scope: yes(scope) if test(scope) is True else no(scope)


Source = tuple[str, FeelNode, FeelNode | None]


def _sources(parser: Parser) -> list[Source]:
    """`x in list, y in 1..x`: what the loops go over. The names are bound from there on."""
    found: list[Source] = []
    while not found or parser.skip(","):
        name = parser.name()
        parser.take("in")
        start = parser.expression()
        end = parser.expression(_ADD) if parser.skip("..") else None
        found.append((name, start, end))
        parser.bound.append(name)
    return found


def loop(parser: Parser) -> FeelNode:
    """`for x in list return y`; `partial` is what has been returned so far."""
    begin = parser.at
    parser.take("for")
    sources = _sources(parser)
    parser.take("return")
    body = parser.inner("partial")
    del parser.bound[len(parser.bound) - len(sources) :]
    cost = parser.at - begin

    def run(scope: Scope) -> list[Any] | None:
        results: list[Any] = []
        for names in _rounds(scope, sources, 0):
            if names is None:
                return None
            scope.evaluation.spend(cost)
            names.names["partial"] = results  # type: ignore[index]
            results.append(scope.evaluation.weighed(body(names)))
        return results

    return run


def quantified(parser: Parser) -> FeelNode:
    """`some x in list satisfies test` and `every ...`, in three values."""
    begin = parser.at
    wanted = parser.take(parser.word.kind).kind == "some"
    sources = _sources(parser)
    parser.take("satisfies")
    test = parser.expression()
    del parser.bound[len(parser.bound) - len(sources) :]
    cost = parser.at - begin

    def run(scope: Scope) -> bool | None:
        result: bool | None = not wanted
        for names in _rounds(scope, sources, 0):
            if names is None:
                return None
            scope.evaluation.spend(cost)
            answer = test(names)
            if answer is wanted:
                return bool(answer)
            if type(answer) is not bool:
                result = None
        return result

    return run


def _rounds(scope: Scope, sources: list[Source], level: int) -> Iterator[Scope | None]:
    """One scope for each combination; None where a source cannot be gone through."""
    name, start, end = sources[level]
    items = _steps(start(scope), end(scope)) if end is not None else _items(start(scope))
    if items is None:
        yield None
        return
    for item in items:
        scope.evaluation.spend(1)
        inner = scope.inside({name: item})
        if level + 1 == len(sources):
            yield inner
        else:
            yield from _rounds(inner, sources, level + 1)


def _items(value: Any) -> Any:
    if type(value) in (list, tuple):
        return value
    if type(value) is Range:
        low = value.start if value.start_included or value.start is None else _next(value.start, 1)
        high = value.end if value.end_included or value.end is None else _next(value.end, -1)
        if order(value.start, value.end) == 1:
            return None
        return [] if order(low, high) == 1 else _steps(low, high)
    return None if value is None else [value]


def _next(value: Any, step: int) -> Any:
    return value + (timedelta(days=step) if type(value) is date else step)


def _steps(start: Any, end: Any) -> Any:
    """From one number or date to another, up or down; lazily, since each round is paid for."""
    if type(start) is date and type(end) is date:
        days = (end - start).days
        step = 1 if days >= 0 else -1
        return (start + timedelta(days=step * index) for index in range(abs(days) + 1))
    if not is_number(start) or not is_number(end) or int(start) != start or int(end) != end:
        return None
    first, last = int(start), int(end)
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def function(parser: Parser) -> FeelNode:
    """`function(a, b: number) body`; one with an outside body gives null."""
    begin = parser.at
    parser.take("function")
    parser.take("(")
    names: list[str] = []
    while not parser.skip(")"):
        if names:
            parser.take(",")
        names.append(parser.name())
        if parser.skip(":"):
            function_type(parser)
    outside = parser.skip("external")
    body = parser.inner(*names)
    if outside:
        return lambda scope: None
    parameters = tuple(names)
    cost = parser.at - begin + 10
    return lambda scope: Function(parameters, body, scope, cost)


def parenthesised(parser: Parser) -> FeelNode:
    """`(a)`, or a range that begins after its start."""
    parser.take("(")
    node = parser.expression()
    if parser.word.kind == "..":
        return range_from(parser, node, included=False)
    parser.take(")")
    return node


def bracketed(parser: Parser) -> FeelNode:
    """`[a, b]`, or a range that begins with its start."""
    parser.take("[")
    items: list[FeelNode] = []
    while not parser.skip("]"):
        if items:
            parser.take(",")
        items.append(parser.expression())
        if len(items) == 1 and parser.word.kind == "..":
            return range_from(parser, items[0], included=True)
    return lambda scope: scope.evaluation.weighed([item(scope) for item in items])


def range_from(parser: Parser, start: FeelNode, *, included: bool) -> FeelNode:
    """The rest of a range, from its two dots on."""
    parser.take("..")
    end = parser.expression(_ADD)
    closing = parser.word.kind
    if closing not in ("]", ")", "["):
        parser.unexpected("End the range with ] or ).")
    parser.at += 1
    end_included = closing == "]"

    def run(scope: Scope) -> Range | None:
        low, high = start(scope), end(scope)
        if low is None and high is None:
            return None
        if low is not None and high is not None and (kind(low) != kind(high) or order(low, high) is None):
            return None
        return Range(low, high, included, end_included)

    return run


def context(parser: Parser) -> FeelNode:
    """`{a: 1, "b c": a + 1}`: each entry sees those before it."""
    parser.take("{")
    entries: list[tuple[str, FeelNode]] = []
    before = len(parser.bound)
    while not parser.skip("}"):
        if entries:
            parser.take(",")
        name = _key(parser)
        parser.take(":")
        entries.append((name, parser.expression()))
        parser.bound.append(name)
    del parser.bound[before:]
    twice = len({name for name, _ in entries}) < len(entries)

    def run(scope: Scope) -> dict[str, Any] | None:
        if twice:
            return None
        found: dict[str, Any] = {}
        inner = scope.inside(found)
        for name, node in entries:
            found[name] = node(inner)
        scope.evaluation.weighed(found)
        return found

    return run


def _key(parser: Parser) -> str:
    if parser.word.kind == "text":
        return str(parser.take("text").value)
    start = parser.word.position
    # A key may hold signs; it goes up to the colon.
    while parser.word.kind not in (":", "end", "{", "}", ",", "text"):
        parser.at += 1
    key = " ".join(parser.text[start : parser.word.position].split())
    if not key:
        parser.unexpected("A name belongs here.")
    return key


def function_type(parser: Parser) -> Type:
    """`number`, `list<string>`, `context<a: number>`, `function<date> -> string`, `range<number>`."""
    parser.depth += 1
    if parser.depth > 50:
        raise too_big()
    name = "function" if parser.skip("function") else "null" if parser.skip("null") else parser.name()
    items: list[Type] = []
    entries: dict[str, Type] = {}
    if parser.skip("<"):
        while not parser.skip(">"):
            if items or entries:
                parser.take(",")
            if name == "context":
                key = parser.name()
                parser.take(":")
                entries[key] = function_type(parser)
            else:
                items.append(function_type(parser))
    if name == "function" and parser.skip("->"):
        items.append(function_type(parser))
    parser.depth -= 1
    name = {"null": "Null", "dateTime": "date and time", "any": "Any"}.get(name, name)
    return Type(name if name in SIMPLE else "", tuple(items), entries)


CONSTRUCTS: dict[str, Callable[[Parser], FeelNode]] = {
    "if": conditional,
    "for": loop,
    "some": quantified,
    "every": quantified,
    "function": function,
}
