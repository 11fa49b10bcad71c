"""How far one command may go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one command; crossing one is an incident, not an endless wait."""

    steps: int = 10_000
    tokens: int = 10_000
    call_depth: int = 50
    starts: int = 16
    """Instances that start one another by messages and signals, with no person and no time between."""
    sent: int = 1_000
    """Messages and signals that lead to one another between running instances, likewise."""
