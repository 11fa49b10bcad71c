"""The words of a FEEL expression. Names may have spaces; those with signs or keywords in them have to be known."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.feel.numbers import literal

KEYWORDS = frozenset({
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "function",
    "true", "false", "null", "instance", "external",
})  # fmt: skip
# Names of the language itself that hold a keyword.
OWN_NAMES = (
    "years and months duration",
    "days and time duration",
    "date and time",
    "get or else",
)
_NAME_START = "[?_A-Za-z\u00b7-\ufffd\U00010000-\U000effff]"
_WORD = re.compile(
    r"(?P<space>(?:[\s\u200b\ufeff]|//[^\n]*)+)"
    r"|(?P<number>\d+(?:\.(?!\.)\d+)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)"
    rf"|(?P<name>{_NAME_START}(?:{_NAME_START}|\d)*)"
    r"|(?P<sign>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>()\[\]{},:.@])",
    re.DOTALL,
)
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Word:
    """`kind`: "number", "text", "name", a keyword, a sign, or "end"."""

    kind: str
    value: Any
    position: int


def scan(text: str, known: Collection[str] = (), shown: str = "") -> list[Word]:
    """All words, with an "end". Raises ExpressionError about `shown`, or else the text."""
    names = _known_names((*OWN_NAMES, *known))
    words: list[Word] = []
    at = 0
    while at < len(text):
        if text.startswith("/*", at):
            at = _after_comment(text, at, shown or text)
            continue
        if text[at] == '"':
            words.append(_text(text, at, shown or text))
            at = _TEXT.match(text, at).end()  # type: ignore[union-attr]
            continue
        known_name = names.match(text, at)
        found = _WORD.match(text, at)
        if found is None:
            raise ExpressionError(f"{text[at]!r} is not possible here.", shown or text, "feel", at)
        group = found.lastgroup or ""
        if group == "name" and known_name is not None and known_name.end() >= found.end():
            words.append(Word("name", " ".join(known_name.group().split()), at))
            at = known_name.end()
            continue
        if group == "number":
            words.append(Word("number", literal(found.group()), at))
        elif group == "name":
            kind = found.group() if found.group() in KEYWORDS else "name"
            words.append(Word(kind, found.group(), at))
        elif group == "sign":
            words.append(Word(found.group(), found.group(), at))
        at = found.end()
    words.append(Word("end", "", len(text)))
    return words


def _after_comment(text: str, at: int, shown: str) -> int:
    end = text.find("*/", at + 2)
    if end < 0:
        raise ExpressionError("A comment is not closed.", shown, "feel", at, "End it with */.")
    return end + 2


def _known_names(names: Collection[str]) -> re.Pattern[str]:
    """A pattern of the names that plain scanning would take apart, longest first."""
    odd = {name.strip() for name in names if re.search(r"[^\w]|\b(?:" + "|".join(KEYWORDS) + r")\b", name)}
    ordered = sorted((name for name in odd if name), key=len, reverse=True)
    spelled = (r"\s+".join(re.escape(part) for part in name.split()) for name in ordered)
    return re.compile(r"(?:" + "|".join(spelled) + r")(?![\w])")


def _text(text: str, at: int, shown: str) -> Word:
    found = _TEXT.match(text, at)
    if found is None:
        raise ExpressionError("A text is not closed.", shown, "feel", at, 'End it with ".')
    inner = found.group()[1:-1]
    if "\\" not in inner:
        return Word("text", inner, at)
    value = _ESCAPE.sub(_unescaped, inner)
    # Two escaped halves of a pair are one character.
    return Word("text", value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), at)


def _unescaped(found: re.Match[str]) -> str:
    body = found.group(1)
    if body[0] in "uU" and len(body) > 1:
        number = int(body[1:], 16)
        return chr(number) if number < 0x110000 else found.group()
    return _PLAIN_ESCAPES.get(body, found.group())
