"""A compiled regular expression: a program of small steps, run by backtracking with an explicit stack.

A choice that has failed at a place of the text is not tried there again: the work is linear in text times pattern;
where a pattern refers back to its groups that does not hold, and the price of each step is what ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.expressions.evaluation import MAX_TEXT, too_big
from engine.expressions.patterns.parser import Node, PatternError

Spend = Callable[[int], None]
Groups = tuple[int, ...]
MAX_PROGRAM = 5_000
# Steps come cheap compared to those of an expression; they are paid for in packs.
_PACK = 64

Step = tuple[str, Any, Any]


class Pattern:
    """Search, replace and split, by backtracking without recursion."""

    def __init__(self, node: Node, groups: int, ignore_case: bool, lines: bool) -> None:
        self.groups = groups
        self.ignore_case = ignore_case
        self.lines = lines
        self.program: list[Step] = []
        self._emit(node)
        self._add("match")
        self.refers_back = any(kind == "back" for kind, _, _ in self.program)

    def _add(self, kind: str, one: Any = None, two: Any = None) -> int:
        if len(self.program) >= MAX_PROGRAM:
            raise PatternError("the pattern is too large")
        self.program.append((kind, one, two))
        return len(self.program) - 1

    def _emit(self, node: Node) -> None:
        kind = node.kind
        if kind == "char":
            self._add("char", node.test)
        elif kind == "all of":
            for part in node.parts:
                self._emit(part)
        elif kind == "any of":
            self._emit_choice(node.parts)
        elif kind == "group":
            self._add("save", 2 * node.number)
            self._emit(node.parts[0])
            self._add("save", 2 * node.number + 1)
        elif kind == "repeat":
            self._emit_repeat(node)
        elif kind == "look":
            at = self._add("look")
            self._emit(node.parts[0])
            self._add("match")
            self.program[at] = ("look", len(self.program), bool(node.least))
        else:
            self._add(kind, node.number or bool(node.least))

    def _emit_choice(self, parts: tuple[Node, ...]) -> None:
        jumps: list[int] = []
        for part in parts[:-1]:
            split = self._add("split")
            self._emit(part)
            jumps.append(self._add("jump"))
            self.program[split] = ("split", split + 1, len(self.program))
        self._emit(parts[-1])
        for jump in jumps:
            self.program[jump] = ("jump", len(self.program), None)

    def _emit_repeat(self, node: Node) -> None:
        inner = node.parts[0]
        for _ in range(node.least):
            self._emit(inner)
        if node.most is None:
            split = self._add("split")
            self._emit(inner)
            self._add("jump", split)
            self._close(split, node.greedy)
            return
        splits: list[int] = []
        for _ in range(node.most - node.least):
            splits.append(self._add("split"))
            self._emit(inner)
        for split in splits:
            self._close(split, node.greedy)

    def _close(self, split: int, greedy: bool) -> None:
        end = len(self.program)
        self.program[split] = ("split", split + 1, end) if greedy else ("split", end, split + 1)

    def search(self, text: str, spend: Spend, start: int = 0) -> Groups | None:
        """The first match from `start` on, as start and end of the whole and of each group (-1 where none)."""
        tried: set[Any] = set()
        for at in range(start, len(text) + 1):
            found = self._run(text, at, 0, spend, tried)
            if found is not None:
                return found
        return None

    def fullmatch(self, text: str, spend: Spend) -> bool:
        """Whether the whole text matches."""
        return self._run(text, 0, 0, spend, set(), whole=True) is not None

    def _run(
        self, text: str, start: int, first: int, spend: Spend, tried: set[Any], *, whole: bool = False
    ) -> Groups | None:
        stack: list[tuple[int, int, Groups]] = [(first, start, (-1,) * (2 * self.groups + 2))]
        program = self.program
        size = len(text)
        steps = 0
        while stack:
            step, at, groups = stack.pop()
            while True:
                steps += 1
                if steps >= _PACK:
                    spend(steps)
                    steps = 0
                kind, one, two = program[step]
                step += 1
                if kind == "char":
                    if at < size and one(text[at]):
                        at += 1
                        continue
                    break
                if kind == "split":
                    choice = (step, at, groups) if self.refers_back else (step, at)
                    if choice in tried:
                        break
                    tried.add(choice)
                    stack.append((two, at, groups))
                    step = one
                elif kind == "jump":
                    step = one
                elif kind == "save":
                    groups = (*groups[:one], at, *groups[one + 1 :])
                elif kind == "match":
                    if whole and at != size:
                        break
                    spend(steps)
                    return (start, at, *groups[2:])
                elif kind == "look":
                    if (self._run(text, at, step, spend, set()) is not None) is not two:
                        break
                    step = one
                elif kind == "back":
                    part = text[groups[2 * one] : groups[2 * one + 1]] if groups[2 * one] >= 0 else ""
                    other = text[at : at + len(part)]
                    if other != part and not (self.ignore_case and other.casefold() == part.casefold()):
                        break
                    at += len(part)
                elif not self._holds(kind, text, at, bool(one)):
                    break
        spend(steps)
        return None

    def _holds(self, kind: str, text: str, at: int, wanted: bool) -> bool:
        if kind == "start":
            return at == 0 or (self.lines and text[at - 1] == "\n")
        if kind == "end":
            return at == len(text) or (self.lines and text[at] == "\n")
        before = at > 0 and (text[at - 1] == "_" or text[at - 1].isalnum())
        after = at < len(text) and (text[at] == "_" or text[at].isalnum())
        return (before is not after) is wanted

    def _all(self, text: str, spend: Spend) -> list[Groups]:
        found: list[Groups] = []
        at = 0
        while at <= len(text):
            match = self.search(text, spend, at)
            if match is None:
                break
            found.append(match)
            at = match[1] if match[1] > match[0] else match[1] + 1
        return found

    def find_all(self, text: str, spend: Spend) -> list[str]:
        """The text of each match."""
        return [text[match[0] : match[1]] for match in self._all(text, spend)]

    def split(self, text: str, spend: Spend) -> list[str]:
        """The parts between the matches."""
        parts: list[str] = []
        at = 0
        for match in self._all(text, spend):
            if match[1] > match[0]:
                parts.append(text[at : match[0]])
                at = match[1]
        return [*parts, text[at:]]

    def replace(self, text: str, replacement: str, spend: Spend) -> str:
        """Each match replaced; $1 is what the first group took. Raises PatternError for a replacement that is none."""
        pieces = _replacement(replacement, self.groups)
        parts: list[str] = []
        at = size = 0
        for match in self._all(text, spend):
            parts.append(text[at : match[0]])
            for piece in pieces:
                new = piece if isinstance(piece, str) else text[match[2 * piece] : match[2 * piece + 1]]
                if not isinstance(piece, str) and match[2 * piece] < 0:
                    new = ""
                parts.append(new)
                size += len(new)
            if size > MAX_TEXT:
                raise too_big()
            at = match[1]
        return "".join([*parts, text[at:]])


def _replacement(text: str, groups: int) -> list[str | int]:
    """The parts of a replacement: texts and numbers of groups."""
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        char, following = text[at], text[at + 1 : at + 2]
        if char == "$" and following.isdecimal():
            number = int(following)
            at += 2
            while text[at : at + 1].isdecimal() and number * 10 + int(text[at]) <= groups:
                number = number * 10 + int(text[at])
                at += 1
            parts.append(number if number <= groups else "")
        elif char == "\\" and following and following in "\\$":
            parts.append(following)
            at += 2
        elif char in "$\\":
            raise PatternError("a $ in a replacement names a group")
        else:
            parts.append(char)
            at += 1
    return parts
