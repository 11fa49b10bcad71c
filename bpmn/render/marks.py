"""What is shown on top of a drawing, in the words of the portal's overlays: one dict serves viewer and picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class Disc(TypedDict, total=False):
    """A counted disc or a badge. `kind` names its colour: token, trouble, or verdict with the verdict's name."""

    text: str
    sign: str
    kind: list[str]
    title: str


class Mark(TypedDict, total=False):
    """Of one element: `markers` (waiting, walked, trouble, verdict-...), discs, and heat between 0 and 1."""

    markers: list[str]
    discs: list[Disc]
    heat: float


Overlays = Mapping[str, Mark]

# marker → (fill, stroke, width of the stroke), by the names of the theme; a later one wins over an earlier.
LOOKS: dict[str, tuple[str | None, str, float]] = {
    "walked": (None, "accent", 3),
    "waiting": ("accent-soft", "accent", 3),
    "verdict-runs": ("green-soft", "green", 2),
    "verdict-runs_with_binding": ("blue-soft", "blue", 2),
    "verdict-guided": ("violet-soft", "violet", 2),
    "verdict-ignored_safely": ("grey-soft", "grey", 2),
    "verdict-will_not_run": ("red-soft", "red", 3),
    "trouble": ("red-soft", "red", 3),
}

# kind of disc → (fill, ink)
DISCS: dict[str, tuple[str, str]] = {
    "token": ("accent", "accent-ink"),
    "trouble": ("red", "ground"),
    "runs": ("green", "ground"),
    "runs_with_binding": ("blue", "ground"),
    "guided": ("violet", "ground"),
    "ignored_safely": ("grey", "ground"),
    "will_not_run": ("red", "ground"),
}

# sign → its lines in a square of 24, as beside the verdict's words on the portal's pages
SIGNS: dict[str, str] = {
    "tick": "M6 12.5l4 4 8-9",
    "link": "M12.5 12a4.5 4.5 0 1 0-9 0a4.5 4.5 0 1 0 9 0M20.5 12a4.5 4.5 0 1 0-9 0a4.5 4.5 0 1 0 9 0",
    "hand": "M4 9h10.5M4 9v7.5h6.5a3 3 0 0 0 3-3V12h4.5a1.5 1.5 0 0 0 0-3H14",
    "dash": "M6 12h12",
    "cross": "M6.5 6.5l11 11M17.5 6.5l-11 11",
}

# Verdicts as marks, for whoever has findings and wants a picture.
VERDICT_SIGNS = {"runs_with_binding": "link", "guided": "hand", "ignored_safely": "dash", "will_not_run": "cross"}


def verdict_mark(verdict: str, reason: str = "") -> Mark:
    """The mark of one finding. What simply runs has its colour and no badge."""
    sign = VERDICT_SIGNS.get(verdict)
    discs: list[Disc] = [{"sign": sign, "kind": ["verdict", verdict], "title": reason}] if sign else []
    return {"markers": [f"verdict-{verdict}"], "discs": discs}
