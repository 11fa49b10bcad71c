"""The methods of Java's String."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import MAX_TEXT, Evaluation, too_big
from engine.expressions.juel.coercion import to_text
from engine.expressions.patterns import compile_pattern

Method = Callable[..., Any]


def _pure(run: Callable[..., Any]) -> Method:
    def call(evaluation: Evaluation, value: str, *given: Any) -> Any:
        evaluation.spend(len(value) >> 6)
        return run(value, *given)

    return call


def _substring(value: str, start: int, end: int | None = None) -> str:
    last = len(value) if end is None else end
    if not (type(start) is int and type(last) is int and 0 <= start <= last <= len(value)):
        raise ExpressionError(f"There is no part {start} to {last} in a text of {len(value)} characters.")
    return value[start:last]


def _char(value: str, index: int) -> str:
    return _substring(value, index, index + 1)


def _repeat(value: str, times: int) -> str:
    if type(times) is not int or times < 0:
        raise ExpressionError("A text is repeated a whole number of times.")
    if len(value) * times > MAX_TEXT:
        raise too_big()
    return value * times


def _replace(value: str, old: Any, new: Any) -> str:
    old, new = to_text(old), to_text(new)
    if len(value) + value.count(old) * (len(new) - len(old)) > MAX_TEXT:
        raise too_big()
    return value.replace(old, new)


def _hash(value: str) -> int:
    number = 0
    for unit in memoryview(value.encode("utf-16-le", "surrogatepass")).cast("H"):
        number = (31 * number + unit) & 0xFFFFFFFF
    return number - (1 << 32) if number >> 31 else number


def _compare(value: str, other: str) -> int:
    for one, two in zip(value, other, strict=False):
        if one != two:
            return ord(one) - ord(two)
    return len(value) - len(other)


def _matches(evaluation: Evaluation, value: str, pattern: str) -> bool:
    return compile_pattern(pattern, "").fullmatch(value, evaluation.spend)


def _replace_all(evaluation: Evaluation, value: str, pattern: str, replacement: str) -> str:
    return compile_pattern(pattern, "").replace(value, replacement, evaluation.spend)


def _split(evaluation: Evaluation, value: str, pattern: str) -> list[str]:
    parts = compile_pattern(pattern, "").split(value, evaluation.spend)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


TEXT: dict[str, Method] = {
    "length": _pure(len),
    "isEmpty": _pure(lambda value: not value),
    "isBlank": _pure(lambda value: not value.strip()),
    "charAt": _pure(_char),
    "substring": _pure(_substring),
    "indexOf": _pure(lambda value, part, *start: value.find(to_text(part), *start)),
    "lastIndexOf": _pure(lambda value, part: value.rfind(to_text(part))),
    "contains": _pure(lambda value, part: to_text(part) in value),
    "startsWith": _pure(lambda value, part, *start: value.startswith(to_text(part), *start)),
    "endsWith": _pure(lambda value, part: value.endswith(to_text(part))),
    "equalsIgnoreCase": _pure(lambda value, other: type(other) is str and value.lower() == other.lower()),
    "compareTo": _pure(_compare),
    "compareToIgnoreCase": _pure(lambda value, other: _compare(value.lower(), other.lower())),
    "toUpperCase": _pure(lambda value: value.upper()),
    "toLowerCase": _pure(lambda value: value.lower()),
    "trim": _pure(lambda value: value.strip()),
    "strip": _pure(lambda value: value.strip()),
    "concat": _pure(lambda value, other: value + to_text(other)),
    "replace": _pure(_replace),
    "matches": _matches,
    "replaceAll": _replace_all,
    "split": _split,
    "repeat": _pure(_repeat),
    "hashCode": _pure(_hash),
}
