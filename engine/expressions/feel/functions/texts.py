"""FEEL's functions on texts. Characters are counted as Unicode code points, from 1."""

from __future__ import annotations

from typing import Any

from engine.expressions.evaluation import MAX_TEXT, too_big
from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.scope import Scope
from engine.expressions.patterns import PatternError, compile_pattern


def _substring(scope: Scope, text: str, start: Any, length: Any = None) -> str | None:
    begin = int(start)
    if begin == 0 or abs(begin) > len(text) or (length is not None and length < 1):
        return None
    first = begin - 1 if begin > 0 else len(text) + begin
    return text[first:] if length is None else text[first : first + int(length)]


def _before(scope: Scope, text: str, match: str) -> str:
    found = text.find(match)
    return text[:found] if found >= 0 else ""


def _after(scope: Scope, text: str, match: str) -> str:
    found = text.find(match)
    return text[found + len(match) :] if found >= 0 else ""


def _replace(scope: Scope, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    try:
        return compile_pattern(pattern, flags or "").replace(text, replacement, scope.evaluation.spend)
    except PatternError:
        return None


def _matches(scope: Scope, text: str, pattern: str, flags: str | None = None) -> bool | None:
    try:
        return compile_pattern(pattern, flags or "").search(text, scope.evaluation.spend) is not None
    except PatternError:
        return None


def _split(scope: Scope, text: str, delimiter: str) -> list[str] | None:
    try:
        return compile_pattern(delimiter, "").split(text, scope.evaluation.spend)
    except PatternError:
        return None


def _extract(scope: Scope, text: str, pattern: str) -> list[str] | None:
    try:
        return compile_pattern(pattern, "").find_all(text, scope.evaluation.spend)
    except PatternError:
        return None


def _join(scope: Scope, items: list[Any], delimiter: str | None = None, *around: str) -> str | None:
    if any(item is not None and type(item) is not str for item in items):
        return None
    parts = [item for item in items if item is not None]
    if sum(map(len, parts)) + len(parts) * len(delimiter or "") > MAX_TEXT:
        raise too_big()
    return (delimiter or "").join(parts)


def _upper(scope: Scope, text: str) -> str:
    return text.upper()


TEXT_FUNCTIONS: dict[str, Builtin] = {
    "substring": builtin(_substring, "string: string, start position: number, length?: number"),
    "string length": builtin(lambda scope, text: len(text), "string: string"),
    "upper case": builtin(_upper, "string: string"),
    "lower case": builtin(lambda scope, text: text.lower(), "string: string"),
    "substring before": builtin(_before, "string: string, match: string"),
    "substring after": builtin(_after, "string: string, match: string"),
    "replace": builtin(_replace, "input: string, pattern: string, replacement: string, flags?: string"),
    "contains": builtin(lambda scope, text, match: match in text, "string: string, match: string"),
    "starts with": builtin(lambda scope, text, match: text.startswith(match), "string: string, match: string"),
    "ends with": builtin(lambda scope, text, match: text.endswith(match), "string: string, match: string"),
    "matches": builtin(_matches, "input: string, pattern: string, flags?: string"),
    "split": builtin(_split, "string: string, delimiter: string"),
    "string join": builtin(_join, "list: list, delimiter?: string"),
    "trim": builtin(lambda scope, text: text.strip(), "string: string"),
    "is blank": builtin(lambda scope, text: not text.strip(), "string: string"),
    "extract": builtin(_extract, "string: string, pattern: string"),
}
