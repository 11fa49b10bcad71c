"""The text form of a variable's value: JSON, with a marker for the kinds that JSON does not have.

Plain values are plain JSON. Others are `{"$": [kind, ...]}`; a dict that has the key "$" itself, or a key that is not a
text, is written as a list of pairs under the kind "map", so nothing a person enters can be taken for a marker.
"""

from __future__ import annotations

import base64
import json
import math
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import Invalid, UnsupportedValue, ValueTooLarge

MARK = "$"
MAX_BYTES = 4_000_000
MAX_DEPTH = 100
SHORT = 4_000
_PLAIN = frozenset({str, int, bool, type(None)})
_SMALL = 2**63
# PostgreSQL takes neither NUL in a text nor a lone surrogate; both are kept, in base64.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration in whole months (xsd:yearMonthDuration), which is no number of days."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.months < 0 else ''}P{text}"


def encode(value: Any, max_bytes: int = MAX_BYTES) -> str:
    """The text to store. Raises ValueTooLarge (size, depth, or a value that contains itself) and UnsupportedValue."""
    quickly = _at_once(value) if max_bytes >= SHORT * 4 else None
    if quickly is not None:
        return quickly
    text = _write(_Encoder(max_bytes).plain(value, 0))
    # Four bytes a character at most: only near the limit is the exact length worth counting.
    if len(text) * 4 > max_bytes and len(text.encode()) > max_bytes:
        raise _too_large(max_bytes)
    return text


def _at_once(value: Any) -> str | None:
    """The text of what is plain and short, as nearly all that a step writes is; None where it takes a closer look."""
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or type(item) not in _PLAIN or (type(item) is int and not -_SMALL <= item < _SMALL):
                return None
    elif kind is not str:
        return None
    text = _write(value)
    if len(text) > SHORT or '"$"' in text or "\\u0000" in text or _UNSTORABLE.search(text):
        return None
    return text


def decode(text: str) -> Any:
    """The value of a text that `encode` gave, of the same kind throughout (a tuple comes back as a list)."""
    if '{"$":' not in text:
        return json.loads(text)
    return json.loads(text, object_hook=_unmark)


def read_json(text: str | bytes, max_bytes: int = MAX_BYTES) -> Any:
    """JSON from outside, read strictly: no NaN, no key twice, numbers, size and depth bounded. Raises Invalid."""
    if len(text) > max_bytes:
        raise _too_large(max_bytes)
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_whole, parse_float=_finite
        )
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError:
        raise Invalid("The JSON is not encoded in UTF-8.", fix="Send it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Invalid(
            f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            fix="Write names and texts between double quotes, and a comma between two entries.",
        ) from None
    _Encoder(max_bytes).plain(value, 0)
    return value


class _Encoder:
    """Turns a value into what `json` writes, counting what it costs. Recursion is bounded by MAX_DEPTH."""

    def __init__(self, max_bytes: int) -> None:
        self.limit = max_bytes
        self.left = max_bytes

    def plain(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is str:
            return self.text(value)
        self.left -= 2
        if self.left < 0:
            raise _too_large(self.limit)
        if value is None or kind is bool:
            return value
        if kind is int:
            return value if -_SMALL <= value < _SMALL else self.marked("int", hex(value))
        if kind is float:
            return value if math.isfinite(value) else self.marked("float", repr(value))
        if depth > MAX_DEPTH:
            raise _too_deep()
        if kind is dict:
            return self.mapping(value, depth + 1)
        if kind is list or kind is tuple:
            return [self.plain(item, depth + 1) for item in value]
        return self.other(value, kind, depth + 1)

    def text(self, value: str) -> Any:
        self.left -= len(value) + 2
        if self.left < 0:
            raise _too_large(self.limit)
        if _UNSTORABLE.search(value):
            return self.marked("text", _base64(value.encode("utf-8", "surrogatepass")))
        return value

    def mapping(self, value: Mapping[Any, Any], depth: int) -> Any:
        if all(type(key) is str and not _UNSTORABLE.search(key) for key in value) and MARK not in value:
            self.left -= sum(map(len, value))
            return {key: self.plain(item, depth) for key, item in value.items()}
        return {MARK: ["map", [[self.key(key, depth), self.plain(item, depth)] for key, item in value.items()]]}

    def key(self, value: Any, depth: int) -> Any:
        # Only as a key, or within a set, does a tuple have to stay what it is.
        if type(value) is tuple:
            if depth > MAX_DEPTH:
                raise _too_deep()
            return {MARK: ["tuple", [self.key(item, depth + 1) for item in value]]}
        return self.plain(value, depth)

    def other(self, value: Any, kind: type, depth: int) -> Any:
        if kind is set or kind is frozenset:
            items = [self.key(item, depth) for item in value]
            return {MARK: [kind.__name__, sorted(items, key=_write)]}
        write = _WRITERS.get(kind)
        if write is not None:
            return self.marked(*write(value))
        for base in _BASES:
            if isinstance(value, base):
                return self.plain(base(value), depth)
        raise UnsupportedValue(
            f"A value of kind {kind.__name__} cannot be kept in a variable.",
            fix="Use text, numbers, booleans, dates, times, durations, bytes, lists and dictionaries of these.",
        )

    def marked(self, *parts: Any) -> dict[str, list[Any]]:
        self.left -= sum(len(part) if isinstance(part, str) else 8 for part in parts)
        if self.left < 0:
            raise _too_large(self.limit)
        return {MARK: list(parts)}


# A subclass of these (an ordered dict, a marked-up text, an enumeration) is kept as what it extends.
_BASES: tuple[type, ...] = (dict, list, tuple, str, int, float, set, bytes)


def _write_moment(value: datetime | time) -> tuple[Any, ...]:
    zone = getattr(value.tzinfo, "key", None)
    tail = (zone or "", 1) if value.fold else (zone,) if zone else ()
    return (type(value).__name__, value.isoformat(), *tail)


_WRITERS: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    datetime: _write_moment,
    time: _write_moment,
    date: lambda value: ("date", value.isoformat()),
    timedelta: lambda value: ("duration", value.days, value.seconds, value.microseconds),
    YearsMonths: lambda value: ("months", value.months),
    Decimal: lambda value: ("decimal", str(value)),
    bytes: lambda value: ("bytes", _base64(value)),
    bytearray: lambda value: ("bytes", _base64(value)),
    uuid.UUID: lambda value: ("uuid", str(value)),
}


def _read_datetime(text: str, zone: str = "", fold: int = 0) -> datetime:
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=_zone(zone) or value.tzinfo, fold=fold) if zone or fold else value


def _read_time(text: str, zone: str = "", fold: int = 0) -> time:
    value = time.fromisoformat(text)
    return value.replace(tzinfo=_zone(zone) or value.tzinfo, fold=fold) if zone or fold else value


def _zone(key: str) -> tzinfo | None:
    """The zone by name; None where this machine does not know it, and then the written offset is used."""
    try:
        return ZoneInfo(key) if key else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


_READERS: dict[str, Callable[..., Any]] = {
    "map": dict,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "text": lambda text: base64.b64decode(text).decode("utf-8", "surrogatepass"),
    "int": lambda text: int(text, 16),
    "float": float,
    "decimal": Decimal,
    "bytes": base64.b64decode,
    "date": date.fromisoformat,
    "time": _read_time,
    "datetime": _read_datetime,
    "duration": lambda days, seconds, micros: timedelta(days, seconds, micros),
    "months": YearsMonths,
    "uuid": uuid.UUID,
}


def _unmark(value: dict[str, Any]) -> Any:
    if MARK not in value:
        return value
    kind, *parts = value[MARK]
    return _READERS[kind](*parts)


def _base64(value: bytes | bytearray) -> str:
    return base64.b64encode(value).decode("ascii")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Invalid(f"The JSON has the key {twice!r} twice in one object.", fix="Give each key once.")
    return value


def _no_constant(name: str) -> Any:
    raise Invalid(f"{name} is not a JSON value.", fix="Send a number, or null.")


def _whole(digits: str) -> int:
    if len(digits) > 1000:
        raise Invalid("The JSON has a number of more than 1000 digits.", fix="Send a smaller number, or a text.")
    return int(digits)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Invalid(f"The number {text[:40]} is too large.", fix="Send a smaller number, or a text.")
    return value


def _too_large(limit: int) -> ValueTooLarge:
    return ValueTooLarge(
        f"The value is larger than {limit:,} bytes.", fix="Keep the document elsewhere and its address in the variable."
    )


def _too_deep() -> ValueTooLarge:
    return ValueTooLarge(
        f"The value is nested more than {MAX_DEPTH} deep, or contains itself.", fix="Use a flatter structure."
    )
