"""The language "text": what is written is the value."""

from __future__ import annotations

from engine.expressions.language import Compiled


def compile_text(text: str) -> Compiled:
    """The text itself."""
    return Compiled(text, "text", frozenset(), lambda evaluation: text)
