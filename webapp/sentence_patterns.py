"""Finds which sentence with values in it a text is: `%(name)s is gone.` is said by “The file is gone.”, too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge

HOLE = re.compile(r"%\((\w+)\)s")
SPACE = re.compile(r"\s")

Ranked = tuple[int, re.Pattern[str], str]


class SentencePatterns:
    """`kinds` are the only values of a hole whose name ends in `_kind`."""

    def __init__(self, sentences: Iterable[str], kinds: Iterable[str] = ()) -> None:
        self._kinds = "|".join(re.escape(each) for each in sorted(kinds, key=len, reverse=True))
        self._by_first = defaultdict[str, list[Ranked]](list)
        self._by_last = defaultdict[str, list[Ranked]](list)
        self._others: list[Ranked] = []
        # The most said of letters first, so that none hides a nearer one.
        ordered = sorted(filter(HOLE.search, sentences), key=lambda each: -len(HOLE.sub("", each)))
        for rank, each in enumerate(ordered):
            self._bucket(HOLE.split(each)).append((rank, self._pattern(each), each))

    def found(self, text: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Each sentence that the text may be, with its values; the nearest first."""
        words = text.split()
        if not words:
            return
        for _rank, pattern, sentence in merge(
            self._by_first.get(words[0], ()), self._by_last.get(words[-1], ()), self._others, key=lambda each: each[0]
        ):
            match = pattern.fullmatch(text)
            if match:
                yield sentence, match.groupdict()

    def _bucket(self, parts: list[str]) -> list[Ranked]:
        head, tail = parts[0], parts[-1]
        if SPACE.search(head):
            return self._by_first[head.split()[0]]
        if SPACE.search(tail):
            return self._by_last[tail.split()[-1]]
        return self._others

    def _pattern(self, sentence: str) -> re.Pattern[str]:
        """A value ends where what follows it begins first; as no other end is tried, a text is read once."""
        *middle, (name, tail) = _pairs(parts := HOLE.split(sentence))
        found = _literal(parts[0])
        for each, after in middle:
            found += f"(?>(?P<{each}>{self._value(each, lazy=True)}){_literal(after)})"
        return re.compile(f"{found}(?P<{name}>{self._value(name, lazy=False)}){_literal(tail)}", re.DOTALL)

    def _value(self, name: str, *, lazy: bool) -> str:
        if name.endswith("_kind") and self._kinds:
            return rf"(?i:{self._kinds}|an? \w+)"
        return ".*?" if lazy else ".*"


def _pairs(parts: list[str]) -> list[tuple[str, str]]:
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _literal(text: str) -> str:
    return re.escape(text.replace("%%", "%"))
