"""The methods of Java's values that expressions use: String, List, Map, numbers, and moments in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import LISTS, Evaluation, bounded_int, too_big
from engine.expressions.juel.coercion import to_decimal, to_number, to_text
from engine.expressions.juel.textmethods import TEXT
from engine.values import YearsMonths

Method = Callable[..., Any]


def _pure(run: Callable[..., Any]) -> Method:
    return lambda evaluation, value, *given: run(value, *given)


def _same(evaluation: Evaluation, value: Any, other: Any) -> bool:
    """Object.equals: no conversion, but a whole number equals itself whatever its Java type."""
    kinds = {type(value), type(other)}
    if len(kinds) > 1 and not kinds <= {int, float} and not (type(value) in LISTS and type(other) in LISTS):
        return False
    return bool(evaluation.weighed(value) == evaluation.weighed(other))


def _compare(evaluation: Evaluation, value: Any, other: Any) -> int:
    evaluation.weighed(value), evaluation.weighed(other)
    return int(value > other) - int(value < other)


def _contains(evaluation: Evaluation, value: Any, item: Any) -> bool:
    evaluation.weighed(value)
    return any(_same(evaluation, item, each) for each in value)


def _index(evaluation: Evaluation, value: Any, item: Any) -> int:
    evaluation.weighed(value)
    return next((index for index, each in enumerate(value) if _same(evaluation, item, each)), -1)


def _get(value: Any, index: int) -> Any:
    if type(index) is not int or not 0 <= index < len(value):
        raise ExpressionError(f"There is no item {index} among {len(value)}.", fix="Items count from 0.")
    return value[index]


OBJECT: dict[str, Method] = {
    "equals": _same,
    "toString": lambda evaluation, value: to_text(value, evaluation),
    "compareTo": _compare,
}
COLLECTION: dict[str, Method] = OBJECT | {
    "size": _pure(len),
    "isEmpty": _pure(lambda value: not value),
    "contains": _contains,
    "containsAll": lambda evaluation, value, items: all(_contains(evaluation, value, item) for item in items),
}
LIST: dict[str, Method] = COLLECTION | {
    "get": _pure(_get),
    "indexOf": _index,
    "subList": _pure(lambda value, start, end: list(value[start:end])),
}
MAP: dict[str, Method] = OBJECT | {
    "size": _pure(len),
    "isEmpty": _pure(lambda value: not value),
    "get": _pure(lambda value, key: value.get(key)),
    "getOrDefault": _pure(lambda value, key, default: value.get(key, default)),
    "containsKey": _pure(lambda value, key: key in value),
    "containsValue": lambda evaluation, value, item: _contains(evaluation, list(value.values()), item),
    "keySet": _pure(list),
    "values": _pure(lambda value: list(value.values())),
}


def _whole(value: Any) -> int:
    if type(value) is Decimal and value.adjusted() > 4000:
        raise too_big()
    return bounded_int(int(value))


def _scaled(value: Decimal, scale: int, *mode: Any) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-min(max(scale, -1000), 1000)), rounding=ROUND_HALF_UP)


NUMBER: dict[str, Method] = OBJECT | {
    "intValue": _pure(_whole),
    "longValue": _pure(_whole),
    "doubleValue": _pure(float),
    "floatValue": _pure(float),
    "abs": _pure(abs),
    "negate": _pure(lambda value: -value),
    "signum": _pure(lambda value: (value > 0) - (value < 0)),
    "add": _pure(lambda value, other: to_decimal(value) + to_decimal(other)),
    "subtract": _pure(lambda value, other: to_decimal(value) - to_decimal(other)),
    "multiply": _pure(lambda value, other: to_decimal(value) * to_decimal(other)),
    "divide": _pure(lambda value, other, *mode: to_decimal(value) / to_decimal(other)),
    "max": _pure(lambda value, other: max(value, to_number(other))),
    "min": _pure(lambda value, other: min(value, to_number(other))),
    "setScale": _pure(lambda value, scale, *mode: _scaled(to_decimal(value), scale)),
}
BOOLEAN: dict[str, Method] = OBJECT | {"booleanValue": _pure(bool)}


def _later(unit: str, sign: int) -> Method:
    return _pure(lambda value, amount: value + timedelta(**{unit: sign * amount}))


def _months_later(factor: int) -> Method:
    def run(value: Any, amount: int) -> Any:
        year, month = divmod(value.year * 12 + value.month - 1 + factor * amount, 12)
        day = min(value.day, _days(year, month + 1))
        return value.replace(year=year, month=month + 1, day=day)

    return _pure(run)


def _days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date(9999, 12, 31)
    return (following - timedelta(days=1)).day if following.day == 1 else 31


def _millis(value: Any) -> int:
    moment = value if type(value) is datetime else datetime(value.year, value.month, value.day)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _relates(sign: int) -> Method:
    return lambda evaluation, value, other: _compare(evaluation, value, other) == sign


_GETTERS: dict[str, Callable[[Any], Any]] = {
    "year": lambda value: value.year,
    "month": lambda value: value.month,
    "monthValue": lambda value: value.month,
    "monthOfYear": lambda value: value.month,
    "dayOfMonth": lambda value: value.day,
    "dayOfWeek": lambda value: value.isoweekday(),
    "dayOfYear": lambda value: value.timetuple().tm_yday,
    "time": _millis,
    "millis": _millis,
}
_CLOCK: dict[str, Callable[[Any], Any]] = {
    "hour": lambda value: value.hour,
    "minute": lambda value: value.minute,
    "second": lambda value: value.second,
}
DAY: dict[str, Method] = (
    OBJECT
    | {f"get{name[:1].upper()}{name[1:]}": _pure(read) for name, read in _GETTERS.items()}
    | {f"plus{unit.capitalize()}": _later(unit, 1) for unit in ("days", "weeks")}
    | {f"minus{unit.capitalize()}": _later(unit, -1) for unit in ("days", "weeks")}
    | {"plusMonths": _months_later(1), "minusMonths": _months_later(-1)}
    | {"plusYears": _months_later(12), "minusYears": _months_later(-12)}
    | {"isBefore": _relates(-1), "before": _relates(-1), "isAfter": _relates(1), "after": _relates(1)}
    | {"isEqual": _relates(0), "toDate": _pure(lambda value: value)}
)
MOMENT: dict[str, Method] = (
    DAY
    | {f"get{name[:1].upper()}{name[1:]}": _pure(read) for name, read in _CLOCK.items()}
    | {f"plus{unit.capitalize()}": _later(unit, 1) for unit in ("hours", "minutes", "seconds")}
    | {f"minus{unit.capitalize()}": _later(unit, -1) for unit in ("hours", "minutes", "seconds")}
    | {"toLocalDate": _pure(lambda value: value.date()), "toLocalTime": _pure(lambda value: value.time())}
    | {"withTimeAtStartOfDay": _pure(lambda value: value.replace(hour=0, minute=0, second=0, microsecond=0))}
)
METHODS: dict[type, dict[str, Method]] = {
    str: OBJECT | TEXT,
    list: LIST,
    tuple: LIST,
    set: COLLECTION,
    frozenset: COLLECTION,
    dict: MAP,
    int: NUMBER,
    float: NUMBER,
    Decimal: NUMBER,
    bool: BOOLEAN,
    date: DAY,
    datetime: MOMENT,
    time: OBJECT | {f"get{name[:1].upper()}{name[1:]}": _pure(read) for name, read in _CLOCK.items()},
    timedelta: OBJECT,
    YearsMonths: OBJECT,
    bytes: {"length": _pure(len), "equals": _same},
}
PROPERTIES: dict[type, dict[str, Callable[[Any], Any]]] = {
    date: _GETTERS,
    datetime: _GETTERS | _CLOCK,
    time: _CLOCK,
    bytes: {"length": len},
    str: {"empty": lambda value: not value},
}


def find_method(value: Any, name: str) -> Method | None:
    """The method of a plain value by its Java name."""
    return METHODS.get(type(value), {}).get(name)


def _set(items: list[Any], index: int, value: Any) -> Any:
    old = _get(items, index)
    items[index] = value
    return old


def _add(items: list[Any], *given: Any) -> Any:
    items.insert(*given) if len(given) == 2 else items.append(*given)
    return None if len(given) == 2 else True


def _remove(items: list[Any], item: Any) -> Any:
    if type(item) is int:
        _get(items, item)
        return items.pop(item)
    if item in items:
        items.remove(item)
        return True
    return False


_CHANGES: dict[type, dict[str, Callable[..., Any]]] = {
    list: {
        "add": _add,
        "addAll": lambda items, more: items.extend(more) or True,
        "remove": _remove,
        "set": _set,
        "clear": lambda items: items.clear(),
    },
    dict: {
        "put": lambda entries, key, value: (entries.get(key), entries.__setitem__(key, value))[0],
        "putAll": lambda entries, more: entries.update(more),
        "remove": lambda entries, key: entries.pop(key, None),
        "clear": lambda entries: entries.clear(),
    },
}


def changing(value: Any, name: str) -> Callable[..., Any] | None:
    """The method that would change the value: it is applied to a copy, which is then set as the variable."""
    return _CHANGES.get(type(value), {}).get(name)
