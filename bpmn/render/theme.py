"""Colours by meaning, as the portal has them, and those that a file brings (`bioc:` and the OMG's `color:`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from bpmn.model.foundation import Element

ThemeName = Literal["page", "light", "dark"]

_LIGHT = {
    "ground": "#ffffff",
    "shape": "#ffffff",
    "stroke": "#303643",
    "text": "#191c24",
    "muted": "#596071",
    "accent": "#3a4bcb",
    "accent-soft": "#eceffd",
    "accent-ink": "#ffffff",
    "green": "#14733a",
    "green-soft": "#e5f4ea",
    "blue": "#0b6496",
    "blue-soft": "#e2f1fa",
    "violet": "#6d33c9",
    "violet-soft": "#f1eafd",
    "grey": "#596071",
    "grey-soft": "#eef0f4",
    "red": "#b3261e",
    "red-soft": "#fdebe9",
    "amber": "#8a5200",
}
_DARK = {
    "ground": "#101218",
    "shape": "#1a1d26",
    "stroke": "#c3c9d6",
    "text": "#e9ebf1",
    "muted": "#a0a7b6",
    "accent": "#9aa6ff",
    "accent-soft": "#222846",
    "accent-ink": "#10132b",
    "green": "#6fd195",
    "green-soft": "#16301f",
    "blue": "#74c0ea",
    "blue-soft": "#122b3b",
    "violet": "#c0a1f7",
    "violet-soft": "#2a2040",
    "grey": "#a0a7b6",
    "grey-soft": "#242833",
    "red": "#ff9c92",
    "red-soft": "#3d1b19",
    "amber": "#f0b860",
}
# On a page the page's own colours are taken, and with them its light or dark theme.
THEMES: Mapping[str, Mapping[str, str]] = {
    "light": _LIGHT,
    "dark": _DARK,
    "page": {name: f"var(--{name}, {colour})" for name, colour in _LIGHT.items()},
}

_BIOC = "{http://bpmn.io/schema/bpmn/biocolor/1.0}"
_COLOR = "{http://www.omg.org/spec/BPMN/non-normative/color/1.0}"
_SAFE = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-zA-Z]{3,20}")
BORDER = "#191c24"
_INK_ON_LIGHT, _INK_ON_DARK = "#191c24", "#ffffff"


def fill_of(element: Element) -> str | None:
    """The fill that a file asks for."""
    return _colour(element, f"{_COLOR}background-color", f"{_BIOC}fill")


def stroke_of(element: Element) -> str | None:
    """The border that a file asks for."""
    return _colour(element, f"{_COLOR}border-color", f"{_BIOC}stroke")


def text_of(element: Element | None) -> str | None:
    """The colour that a file asks for in a label."""
    return _colour(element, f"{_COLOR}color") if element is not None else None


def ink_on(fill: str) -> str:
    """What can be read on a fill; of a colour's name, what can be read on a light one."""
    if not fill.startswith("#"):
        return _INK_ON_LIGHT
    digits = fill[1:] if len(fill) == 7 else "".join(each * 2 for each in fill[1:])
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return _INK_ON_LIGHT if 0.299 * red + 0.587 * green + 0.114 * blue > 110 else _INK_ON_DARK


def _colour(element: Element, *names: str) -> str | None:
    for name in names:
        found = element.foreign_attributes.get(name, "").strip()
        if _SAFE.fullmatch(found):
            return found
    return None
