"""How big a file may be. Crossing one of these is a problem that names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest honest files seen have 8 MB, 60,000 elements and a depth of 40."""

    bytes: int = 64 * 1024 * 1024
    elements: int = 1_000_000
    depth: int = 256
    attributes: int = 1_000
    problems: int = 500


DEFAULT = Limits()
