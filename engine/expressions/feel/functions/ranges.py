"""FEEL's relations between points and ranges (DMN 1.5, 10.3.4.9), and ranges read from text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.comparison import both, compare, in_range, order
from engine.expressions.feel.numbers import number_of
from engine.expressions.feel.scanner import scan
from engine.expressions.feel.scope import Range, Scope
from engine.expressions.feel.temporal import read_literal

_SHAPE = re.compile(r"\s*([\[(\]])(.*?)\.\.(.*)([\])\[])\s*", re.DOTALL)


def _range(scope: Scope, text: str) -> Range | None:
    """A range of literals, as `range("[1..5)")`."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    ends = [_literal(part.strip()) for part in found.group(2, 3)]
    if any(end is _NOTHING for end in ends) or ends == [None, None]:
        return None
    low, high = ends
    if low is not None and high is not None and order(low, high) not in (-1, 0):
        return None
    start_included, end_included = found.group(1) == "[", found.group(4) == "]"
    if (low is None and start_included) or (high is None and end_included):
        return None
    return Range(low, high, start_included, end_included)


_NOTHING = object()
_AT = re.compile(r'(?:@|date|time|date and time|duration)\s*\(?\s*("(?:[^"\\]|\\.)*")\s*\)?')


def _literal(text: str) -> Any:
    if text in ("", "null"):
        return None
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return _quoted(text)
    at = _AT.fullmatch(text)
    if at:
        value = read_literal(_quoted(at.group(1)))
        return _NOTHING if value is None else value
    number = number_of(text) if re.fullmatch(r"-?[\d.]+", text) else None
    return _NOTHING if number is None else number


def _quoted(text: str) -> Any:
    try:
        return scan(text)[0].value
    except ExpressionError:
        return _NOTHING


def _is(value: Any) -> bool:
    return type(value) is Range


def _point_or_ranges(
    points: Callable[[Any, Any], bool | None],
    point_range: Callable[[Any, Range], bool | None],
    range_point: Callable[[Range, Any], bool | None],
    ranges: Callable[[Range, Range], bool | None],
) -> Builtin:
    def run(scope: Scope, left: Any, right: Any) -> bool | None:
        if _is(left):
            return ranges(left, right) if _is(right) else range_point(left, right)
        return point_range(left, right) if _is(right) else points(left, right)

    return builtin(run, "value1: any, value2: any")


def _before(left: Range, right: Range) -> bool | None:
    if left.end is None or right.start is None:
        return None
    ordered = order(left.end, right.start)
    if ordered == 0:
        return not (left.end_included and right.start_included)
    return None if ordered is None else ordered < 0


def _point_before(point: Any, wanted: Range) -> bool | None:
    ordered = order(point, wanted.start)
    return None if ordered is None else ordered < 0 or (ordered == 0 and not wanted.start_included)


def _point_after(point: Any, wanted: Range) -> bool | None:
    ordered = order(point, wanted.end)
    return None if ordered is None else ordered > 0 or (ordered == 0 and not wanted.end_included)


def _meets(left: Range, right: Range) -> bool | None:
    return both(left.end_included and right.start_included, compare("=", left.end, right.start))


def _ordered_start(left: Range, right: Range) -> int | None:
    """Which range begins first; an included end begins before an open one at the same place."""
    ordered = order(left.start, right.start)
    return int(right.start_included) - int(left.start_included) if ordered == 0 else ordered


def _ordered_end(left: Range, right: Range) -> int | None:
    ordered = order(left.end, right.end)
    return int(left.end_included) - int(right.end_included) if ordered == 0 else ordered


def _overlaps(left: Range, right: Range) -> bool | None:
    first, second = _before(left, right), _before(right, left)
    return None if first is None or second is None else not first and not second


def _overlaps_before(left: Range, right: Range) -> bool | None:
    starts, ends, apart = _ordered_start(left, right), _ordered_end(left, right), _before(left, right)
    if starts is None or ends is None or apart is None:
        return None
    return starts < 0 and ends <= 0 and not apart


def _includes(outer: Range, inner: Range) -> bool | None:
    starts, ends = _ordered_start(outer, inner), _ordered_end(outer, inner)
    return None if starts is None or ends is None else starts <= 0 and ends >= 0


def _starts(left: Range, right: Range) -> bool | None:
    starts, ends = _ordered_start(left, right), _ordered_end(left, right)
    return None if starts is None or ends is None else starts == 0 and ends <= 0


def _finishes(left: Range, right: Range) -> bool | None:
    starts, ends = _ordered_start(left, right), _ordered_end(left, right)
    return None if starts is None or ends is None else ends == 0 and starts >= 0


def _coincides(left: Range, right: Range) -> bool | None:
    starts, ends = _ordered_start(left, right), _ordered_end(left, right)
    return None if starts is None or ends is None else starts == 0 and ends == 0


def _starts_point(point: Any, wanted: Range) -> bool | None:
    return both(wanted.start_included, compare("=", point, wanted.start))


def _finishes_point(point: Any, wanted: Range) -> bool | None:
    return both(wanted.end_included, compare("=", point, wanted.end))


def _none(left: Any, right: Any) -> None:
    return None


def _of_ranges(run: Callable[[Range, Range], bool | None]) -> Builtin:
    return builtin(lambda scope, left, right: run(left, right), "range1: range, range2: range")


RANGE_FUNCTIONS: dict[str, Builtin] = {
    "range": builtin(_range, "from: string"),
    "before": _point_or_ranges(
        lambda left, right: compare("<", left, right),
        _point_before,
        lambda left, right: _point_after(right, left),
        _before,
    ),
    "after": _point_or_ranges(
        lambda left, right: compare(">", left, right),
        _point_after,
        lambda left, right: _point_before(right, left),
        lambda left, right: _before(right, left),
    ),
    "meets": _of_ranges(_meets),
    "met by": _of_ranges(lambda left, right: _meets(right, left)),
    "overlaps": _of_ranges(_overlaps),
    "overlaps before": _of_ranges(_overlaps_before),
    "overlaps after": _of_ranges(lambda left, right: _overlaps_before(right, left)),
    "finishes": _point_or_ranges(_none, _finishes_point, _none, _finishes),
    "finished by": _point_or_ranges(
        _none, _none, lambda left, right: _finishes_point(right, left), lambda left, right: _finishes(right, left)
    ),
    "includes": _point_or_ranges(_none, _none, lambda left, right: in_range(right, left), _includes),
    "during": _point_or_ranges(_none, in_range, _none, lambda left, right: _includes(right, left)),
    "starts": _point_or_ranges(_none, _starts_point, _none, _starts),
    "started by": _point_or_ranges(
        _none, _none, lambda left, right: _starts_point(right, left), lambda left, right: _starts(right, left)
    ),
    "coincides": _point_or_ranges(lambda left, right: compare("=", left, right), _none, _none, _coincides),
}
