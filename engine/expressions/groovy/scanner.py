"""The words of a Groovy script. A new line ends a statement where the line could end one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.operators import Word

KEYWORDS = frozenset({
    "def", "if", "else", "for", "in", "while", "return", "throw", "new", "import", "true", "false", "null",
})  # fmt: skip
_WORD = re.compile(
    r"(?P<space>(?:[ \t\r\f]|//[^\n]*|\\\n)+)"
    r"|(?P<line>\n)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?[lLgGiIdDfF]?)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<sign>\?\.|\?:|->|\+\+|--|\+=|-=|\*=|/=|&&|\|\||===|!==|==|!=|<=|>=|\.\.|[-+*/%<>!?:;.,=(){}\[\]])",
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def scan(text: str) -> list[Word]:
    """All words, with "end"; new lines are of the kind ";". Raises ExpressionError.

    A "text" has parts: texts, and the sources of what is put in.
    """
    words: list[Word] = []
    at = 0
    open_brackets: list[str] = []
    while at < len(text):
        if text.startswith("/*", at):
            end = text.find("*/", at + 2)
            if end < 0:
                raise ExpressionError("A comment is not closed.", text, "groovy", at)
            at = end + 2
            continue
        if text[at] in "'\"":
            parts, end = _quoted(text, at)
            words.append(Word("text", parts, at))
            at = end
            continue
        found = _WORD.match(text, at)
        if found is None:
            raise ExpressionError(f"{text[at]!r} is not possible here.", text, "groovy", at)
        group, shown = found.lastgroup, found.group()
        if group == "line":
            # Within ( and [ a line may break anywhere.
            if not open_brackets or open_brackets[-1] == "{":
                words.append(Word(";", "the end of the line", at))
        elif group == "number":
            words.append(Word("value", _number(text, shown, at), at))
        elif group == "name":
            words.append(Word(shown if shown in KEYWORDS else "name", shown, at))
        elif group == "sign":
            if shown in "([{":
                open_brackets.append(shown)
            elif shown in ")]}" and open_brackets:
                open_brackets.pop()
            words.append(Word(shown, shown, at))
        at = found.end()
    words.append(Word("end", "the end", len(text)))
    return words


def _number(text: str, shown: str, at: int) -> Any:
    if len(shown) > 400:
        raise ExpressionError("The number is too long.", text, "groovy", at)
    digits, suffix = (shown[:-1], shown[-1].lower()) if shown[-1].isalpha() else (shown, "")
    if suffix in ("d", "f"):
        return float(digits)
    return int(digits) if digits.isdecimal() else Decimal(digits)


def _quoted(text: str, at: int) -> tuple[list[Any], int]:
    """A text as parts: plain ones, and (source, position) of each ${...} or $name in double quotes."""
    quote = text[at] * 3 if text.startswith(text[at] * 3, at) else text[at]
    parts: list[Any] = []
    plain: list[str] = []
    at += len(quote)
    while not text.startswith(quote, at):
        if at >= len(text) or (len(quote) == 1 and text[at] == "\n"):
            raise ExpressionError("A text is not closed.", text, "groovy", min(at, len(text)))
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            plain.append(_ESCAPES.get(text[at + 1], text[at + 1]))
            at += 2
        elif char == "$" and quote[0] == '"' and (source := _inserted(text, at)):
            parts += ["".join(plain), source]
            plain = []
            at = source[1] + len(source[0]) + (1 if text[at + 1] == "{" else 0)
        else:
            plain.append(char)
            at += 1
    return [*parts, "".join(plain)], at + len(quote)


def _inserted(text: str, at: int) -> tuple[str, int] | None:
    if text.startswith("${", at):
        end = text.find("}", at)
        if end < 0:
            raise ExpressionError("What is put in is not closed.", text, "groovy", at)
        return text[at + 2 : end], at + 2
    found = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*").match(text, at + 1)
    return (found.group(), at + 1) if found else None
