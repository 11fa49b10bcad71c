"""What the engine says to programs and logs in English, said to people in their own language."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from webapp.engine_pieces import OF_PEOPLE, PIECES, VALUE_KINDS, VERDICT
from webapp.language import ENGLISH, catalogue, engine_sentences, language, later
from webapp.sentence_patterns import SentencePatterns

# What is longer is a document that somebody quotes, and what is put together of more is no sentence of the engine.
LONGEST = 4_000
DEEPEST = 4
DEEPEST_PARTS = 1
MOST_PARTS = 8
MOST_NAMES = 3
QUOTE = later("“%(text)s”")
QUOTED = re.compile("“([^“”]*)”")
BETWEEN = re.compile(r"(?<=[.?!]) (?=[A-Z“])")


def told(text: str) -> str:
    """The sentence in the reader's language with the values that it has; one that no catalogue knows stays as it is."""
    code = language()
    if code == ENGLISH or not text or len(text) > LONGEST:
        return text
    return _told(code, text)


def told_with_fix(message: str, fix: str) -> str:
    return f"{told(message)} {told(fix)}".strip()


def told_verdict(sentence: str) -> str:
    """A verdict's sentence, whose parts are put together of what a file has: “Runs. 12 steps run by themselves.”"""
    head, stop, rest = sentence.partition(". ")
    if not stop or head not in VERDICT:
        return told(sentence)
    return f"{told(head)}. {', '.join(told(part) for part in rest.removesuffix('.').split(', '))}."


@lru_cache(maxsize=20_000)
def _told(code: str, text: str) -> str:
    return _known(code, text, 0) or _in_parts(code, text, 0) or text


def _known(code: str, text: str, depth: int) -> str | None:
    """A sentence or a piece of one, its values told as well; of several sentences each one, where all are known."""
    if not text:
        return None
    found = _said(code, text) or _said(code, text[0].lower() + text[1:])
    if found is None and depth <= DEEPEST:
        found = _one_by_one(code, text, depth, all_known=True) or _with_values(code, text, depth)
    # What is the first word now need not have been it in English.
    return found[:1].upper() + found[1:] if found and text[0].isupper() else found


def _with_values(code: str, text: str, depth: int) -> str | None:
    for sentence, values in _patterns(code).found(text):
        said = {name: _value(code, name, value, depth) for name, value in values.items()}
        return (_said(code, sentence) or sentence) % said
    return None


def _in_parts(code: str, text: str, depth: int) -> str | None:
    """Of several sentences each one; of “order.bpmn: …” what stands behind."""
    if depth > DEEPEST_PARTS:
        return None
    return _one_by_one(code, text, depth) or _behind_a_name(code, text, depth)


def _one_by_one(code: str, text: str, depth: int, *, all_known: bool = False) -> str | None:
    parts, found, at = BETWEEN.split(text), list[str](), 0
    if depth > DEEPEST_PARTS or not 1 < len(parts) <= MOST_PARTS:
        return None
    while at < len(parts):
        # The whole is no part of itself.
        for end in range(min(len(parts), at + len(parts) - 1), at, -1):
            known = _known(code, " ".join(parts[at:end]), depth + 1)
            if known is not None:
                break
        else:
            if all_known:
                return None
            end, known = at + 1, parts[at]
        found.append(known)
        at = end
    return " ".join(found) if found != parts else None


def _behind_a_name(code: str, text: str, depth: int) -> str | None:
    parts = text.split(": ", MOST_NAMES)
    for index in range(1, len(parts)):
        rest = ": ".join(parts[index:])
        found = _known(code, rest, depth + 1) or _one_by_one(code, rest, depth + 1)
        if found is not None:
            return f"{': '.join(parts[:index])}: {found}"
    return None


def _value(code: str, name: str, value: str, depth: int) -> str:
    inner = value.strip()
    if inner and name.rstrip("0123456789") not in OF_PEOPLE:
        found = _known(code, inner, depth + 1) or _in_parts(code, inner, depth + 1)
        value = value.replace(inner, found, 1) if found else value
    return QUOTED.sub(lambda quoted: catalogue(code).gettext(QUOTE) % {"text": quoted[1]}, value)


def _said(code: str, text: str) -> str | None:
    """What the catalogue has for this very text."""
    found = engine_sentences(code).get(text)
    if found is None and text in PIECES:
        found = catalogue(code).gettext(text)
    return found


@cache
def _patterns(code: str) -> SentencePatterns:
    return SentencePatterns((*engine_sentences(code), *PIECES), VALUE_KINDS)
