"""Regular expressions of XPath and Java, matched by backtracking of our own that pays for each step.

Python's `re` cannot be stopped: one pattern of ten characters may run for years.
"""

from __future__ import annotations

from functools import lru_cache

from engine.expressions.patterns.parser import PatternError, parse_pattern
from engine.expressions.patterns.pattern import Pattern

__all__ = ["Pattern", "PatternError", "compile_pattern"]


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str) -> Pattern:
    """The compiled pattern. `flags`: s (dot takes a new line), m (^ and $ at lines), i (case), x (spaces are free).

    Raises PatternError.
    """
    return Pattern(*parse_pattern(pattern, flags))
