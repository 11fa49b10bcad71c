"""Where a running instance finds process definitions."""

from __future__ import annotations

from typing import Protocol

from engine.spiff.process_spec import ProcessSpec


class Library(Protocol):
    """Where a workflow finds process definitions."""

    def spec(self, definition_id: str) -> ProcessSpec:
        """The compiled process of a definition."""

    def called(self, key: str, binding: str, version: str | None, caller_id: str) -> str:
        """The definition that a call activity of `caller_id` means. Raises NotFound."""

    def resource(self, definition_id: str, name: str) -> str | None:
        """The text of a file that was deployed with the definition; None if there is none of that name."""
