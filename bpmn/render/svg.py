"""Writing SVG: tags and escaped text. What a file says ends up in text or in attribute values, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable

Value = str | float | None
Point = tuple[float, float]

# XML 1.0 has no way to write these, not even escaped.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Svg:
    """SVG as it is written, piece by piece."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def open(self, tag: str, **attributes: Value) -> None:
        self._parts.append(f"<{tag}{_attributes(attributes)}>")

    def close(self, tag: str) -> None:
        self._parts.append(f"</{tag}>")

    def add(self, tag: str, content: str | None = None, **attributes: Value) -> None:
        """A whole element, empty or with text inside."""
        end = "/>" if content is None else f">{escaped(content)}</{tag}>"
        self._parts.append(f"<{tag}{_attributes(attributes)}{end}")

    def line(self, *points: Point, **attributes: Value) -> None:
        self.add("polyline", None, points=_points(points), fill="none", **attributes)

    def polygon(self, *points: Point, **attributes: Value) -> None:
        self.add("polygon", None, points=_points(points), **attributes)

    def text(self) -> str:
        return "".join(self._parts)


def escaped(text: str) -> str:
    return _UNWRITABLE.sub(" ", text).translate(_ESCAPES)


def number(value: float) -> str:
    """With two decimals at most, and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _attributes(attributes: dict[str, Value]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
