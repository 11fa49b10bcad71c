"""What the engine says to programs and logs in English, said to people in their own language."""

from __future__ import annotations

import re
from functools import cache

from webapp.engine_sentences import SENTENCES
from webapp.language import ENGLISH, _, language

HOLE = re.compile(r"%\((\w+)\)s")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A sentence with holes as what finds it; the most said of letters first, so that none hides a nearer one."""
    holed = sorted((each for each in SENTENCES if HOLE.search(each)), key=lambda each: -len(HOLE.sub("", each)))
    return tuple((re.compile(_pattern(each), re.DOTALL), each) for each in holed)


def _pattern(sentence: str) -> str:
    parts = HOLE.split(sentence)
    return "".join(re.escape(part) if not index % 2 else f"(?P<{part}>.+?)" for index, part in enumerate(parts))


def told(text: str) -> str:
    """The sentence in the reader's language; one that no catalogue knows stays as it is."""
    if language() == ENGLISH or not text:
        return text
    if text in SENTENCES:
        return _(text)
    for pattern, sentence in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return _(sentence, **found.groupdict())
    return text


def told_with_fix(message: str, fix: str) -> str:
    return f"{told(message)} {told(fix)}".strip()


def told_verdict(sentence: str) -> str:
    """A verdict's sentence, whose parts are put together of what a file has: “Runs. 12 steps run by themselves.”"""
    head, stop, rest = sentence.partition(". ")
    if not stop:
        return told(sentence)
    return f"{told(head)}. {', '.join(told(part) for part in rest.removesuffix('.').split(', '))}."
