"""The words of one `${...}`: where each starts, and where the closing brace is."""

from __future__ import annotations

import re
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.operators import Word

_WORD = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+)"
    r"|(?P<name>[^\W\d][\w$]*|\$[\w$]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])"
)
_WORD_SIGNS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "empty": "empty",
}
_CONSTANTS: dict[str, Any] = {"null": None, "true": True, "false": False}


def scan(text: str, start: int) -> tuple[list[Word], int]:
    """The words from `start` (after the opening brace) and the offset after the closing one. Raises ExpressionError."""
    words: list[Word] = []
    at = start
    while at < len(text):
        if text[at] == "}":
            words.append(Word("end", "}", at))
            return words, at + 1
        if text[at] in "'\"":
            value, end = _quoted(text, at)
            words.append(Word("value", value, at))
            at = end
            continue
        found = _WORD.match(text, at)
        if found is None:
            raise ExpressionError(f"{text[at]!r} is not possible here.", text, "juel", at)
        if found.lastgroup == "number" and found.end() - at > 400:
            raise ExpressionError("The number is too long.", text, "juel", at)
        if found.lastgroup != "space":
            words.append(_word(found.lastgroup or "", found.group(), at))
        at = found.end()
    raise ExpressionError("The expression is not closed.", text, "juel", start, "End it with }.")


def _word(group: str, found: str, at: int) -> Word:
    if group == "number":
        return Word("value", int(found) if found.isdigit() else float(found), at)
    if group == "sign":
        return Word(found, found, at)
    if found in _CONSTANTS:
        return Word("value", _CONSTANTS[found], at)
    return Word(_WORD_SIGNS.get(found, "name"), found, at)


def _quoted(text: str, at: int) -> tuple[str, int]:
    """A text in quotes; a backslash takes the next character as it is."""
    quote = text[at]
    parts: list[str] = []
    end = at + 1
    while end < len(text) and text[end] != quote:
        if text[end] == "\\" and end + 1 < len(text):
            end += 1
        parts.append(text[end])
        end += 1
    if end >= len(text):
        raise ExpressionError("A text is not closed.", text, "juel", at, f"End it with {quote}.")
    return "".join(parts), end + 1
