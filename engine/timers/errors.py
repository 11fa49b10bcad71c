"""What cannot be read as a date, duration or cycle."""

from __future__ import annotations

from ..errors import Invalid


class TimerError(Invalid):
    """The timer's date, duration or cycle cannot be read."""

    def __init__(self, message: str, text: str, fix: str = "") -> None:
        self.text = text
        super().__init__(message, fix=fix)
