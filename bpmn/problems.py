"""What reading, judging and deploying have to say about a file: one `Problem` for each thing found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in a file. `code` is stable and greppable; `fix` says what to do; `line` counts from 1."""

    severity: Severity
    code: str
    message: str
    element_id: str | None = None
    line: int | None = None
    fix: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        subject = f" [{self.element_id}]" if self.element_id else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{where}{self.message}{subject}{fix}"
