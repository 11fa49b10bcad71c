"""From the text of a regular expression to its tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.expressions.patterns.classes import ESCAPES, category, char_class, one

MAX_REPEAT = 1000
MAX_DEPTH = 60
Test = Callable[[str], bool]


class PatternError(ValueError):
    """The regular expression is not valid."""


@dataclass(frozen=True, slots=True)
class Node:
    """`kind`: char (test), start, end, word, group (number, inner), back (number), any of (parts), all of (parts),

    repeat (inner, least, most, greedy), look (inner, wanted: least 1 or 0).
    """

    kind: str
    test: Test | None = None
    parts: tuple[Node, ...] = ()
    number: int = 0
    least: int = 0
    most: int | None = None
    greedy: bool = True


def parse_pattern(pattern: str, flags: str) -> tuple[Node, int, bool, bool]:
    """The tree, the number of groups, whether case counts not, whether ^ and $ are at lines."""
    if set(flags) - set("smixq"):
        raise PatternError(f"unknown flag in {flags!r}")
    if len(pattern) > 2000:
        raise PatternError("the pattern is too long")
    parser = _Parser(pattern, flags)
    if "q" in flags:
        node = Node("all of", parts=tuple(Node("char", parser.literal(char)) for char in pattern))
    else:
        node = parser.alternatives()
        if parser.at < len(parser.text):
            raise PatternError(f"{parser.text[parser.at]!r} is not possible here")
    return node, parser.groups, "i" in flags, "m" in flags


class _Parser:
    def __init__(self, text: str, flags: str) -> None:
        self.text = _spaceless(text) if "x" in flags else text
        self.dot_all = "s" in flags
        self.ignore_case = "i" in flags
        self.at = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.depth = 0

    def literal(self, char: str) -> Test:
        return one(char, self.ignore_case)

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def alternatives(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PatternError("the pattern is nested too deeply")
        found = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence())
        self.depth -= 1
        return found[0] if len(found) == 1 else Node("any of", parts=tuple(found))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom()))
        return Node("all of", parts=tuple(parts))

    def repeated(self, inner: Node) -> Node:
        sign = self.peek()
        if sign not in ("*", "+", "?", "{") or not sign:
            return inner
        if inner.kind in ("start", "end", "word"):
            raise PatternError(f"nothing to repeat before {sign!r}")
        least, most = self.quantity(sign)
        greedy = True
        if self.peek() == "?":
            self.at += 1
            greedy = False
        if self.peek() in ("*", "+", "?", "{") and self.peek():
            raise PatternError("a repetition cannot be repeated")
        return Node("repeat", parts=(inner,), least=least, most=most, greedy=greedy)

    def quantity(self, sign: str) -> tuple[int, int | None]:
        self.at += 1
        if sign != "{":
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at : end].partition(",") if end >= 0 else ("", "", "")
        if not low.isdecimal() or (high and not high.isdecimal()) or len(low + high) > 12:
            raise PatternError("a quantity is written {n}, {n,} or {n,m}")
        self.at = end + 1
        least = int(low)
        most = int(high) if high else None if comma else least
        if least > MAX_REPEAT or (most is not None and (most > MAX_REPEAT or most < least)):
            raise PatternError("a quantity is too large, or upside down")
        return least, most

    def atom(self) -> Node:
        char = self.peek()
        self.at += 1
        if char == "(":
            return self.group()
        if char == "[":
            test, self.at = char_class(self.text, self.at, self.ignore_case, PatternError)
            return Node("char", test)
        if char == ".":
            return Node("char", _anything if self.dot_all else _no_line_end)
        if char == "^":
            return Node("start")
        if char == "$":
            return Node("end")
        if char == "\\":
            return self.escape()
        if char in "*+?{}])":
            raise PatternError(f"{char!r} is not possible here")
        return Node("char", self.literal(char))

    def group(self) -> Node:
        if self.text.startswith("?:", self.at):
            self.at += 2
            inner = self.alternatives()
        elif self.text.startswith(("?=", "?!"), self.at):
            wanted = self.text[self.at + 1] == "="
            self.at += 2
            inner = Node("look", parts=(self.alternatives(),), least=int(wanted))
        elif self.peek() == "?":
            raise PatternError("this kind of group is not possible")
        else:
            self.groups += 1
            number = self.groups
            inner = Node("group", parts=(self.alternatives(),), number=number)
            self.closed.add(number)
        if self.peek() != ")":
            raise PatternError("a bracket is not closed")
        self.at += 1
        return inner

    def escape(self) -> Node:
        char = self.peek()
        self.at += 1
        if char in ("p", "P"):
            test, self.at = category(self.text, self.at, char == "P", PatternError)
            return Node("char", test)
        if char.isdecimal() and char != "0":
            number = int(char)
            if number not in self.closed:
                raise PatternError(f"there is no group {number} before")
            return Node("back", number=number)
        if char in ("b", "B"):
            return Node("word", least=int(char == "b"))
        if char in ESCAPES:
            return Node("char", ESCAPES[char])
        if not char or char.isalnum():
            raise PatternError(f"\\{char} is not known")
        return Node("char", self.literal(char))


def _anything(char: str) -> bool:
    return True


def _no_line_end(char: str) -> bool:
    return char not in "\n\r"


def _spaceless(text: str) -> str:
    """With flag x, white space means nothing but within a class."""
    parts: list[str] = []
    inside = False
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            following = text[at + 1 :].lstrip()[:1]
            parts.append(char + following)
            at = text.find(following, at + 1) + 1 if following else len(text)
            continue
        inside = (inside or char == "[") and char != "]"
        if inside or not char.isspace():
            parts.append(char)
        at += 1
    return "".join(parts)
