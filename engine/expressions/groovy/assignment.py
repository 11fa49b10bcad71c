"""Assignments in Groovy: to a name, an entry of a map, an item of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.expressions.groovy import calls
from engine.expressions.groovy.frame import Frame, Node
from engine.expressions.operators import Word

if TYPE_CHECKING:
    from engine.expressions.groovy.parser import Parser

_COMPOUND = {"+=": "+", "-=": "-", "*=": "*", "/=": "/"}


def assignment(parser: Parser) -> Node:
    """An expression, or what it names set to another."""
    start = parser.at
    node = parser.expression()
    sign = parser.word
    if sign.kind not in ("=", "++", "--", *_COMPOUND):
        return node
    last = parser.words[parser.at - 1]
    parser.at += 1
    if sign.kind in ("++", "--"):
        value = parser.applied(Word(sign.kind[0], sign.kind, sign.position), node, lambda frame: 1)
    else:
        parser.lines()
        value = parser.expression()
        if sign.kind in _COMPOUND:
            value = parser.applied(Word(_COMPOUND[sign.kind], sign.kind, sign.position), node, value)
    end = parser.at
    target = _target(parser, start, last)
    parser.at = end
    return parser.guarded(sign, lambda frame: target(frame, value(frame)))


def _target(parser: Parser, start: int, last: Word) -> Callable[[Frame, Any], Any]:
    """How what stands left of an assignment is set: a name, an entry, an item."""
    words = parser.words[start:]
    length = next(index for index, word in enumerate(words) if word is last) + 1
    if length == 1 and last.kind == "name":
        name = str(last.value)

        def set_name(frame: Frame, value: Any) -> Any:
            frame.assign(name, value)
            return value

        return set_name
    split = _last_step(words[:length])
    if not split:
        parser.unexpected(last, "Only a name, an entry or an item can be set.")
    holder = _again(parser, words[:split])
    key_words = words[split + 1 : length - 1] if words[split].kind == "[" else []
    key = _again(parser, key_words) if key_words else None
    name = str(last.value)

    def set_part(frame: Frame, value: Any) -> Any:
        calls.assign(frame, holder(frame), key(frame) if key else name, value)
        return value

    return set_part


def _last_step(words: list[Word]) -> int:
    """Where the last `.name` or `[key]` begins; 0 where there is none."""
    if len(words) > 2 and words[-2].kind == "." and words[-1].kind == "name":
        return len(words) - 2
    depth = 0
    for index in range(len(words) - 1, 0, -1):
        depth += {"]": 1, "[": -1}.get(words[index].kind, 0)
        if depth == 0:
            return index if words[-1].kind == "]" else 0
    return 0


def _again(parser: Parser, words: list[Word]) -> Node:
    """An expression of these words alone."""
    inner = type(parser)(parser.text, [*words, Word("end", "the end", words[-1].position)])
    inner.depth = parser.depth
    node = inner.expression()
    inner.take("end")
    return node
