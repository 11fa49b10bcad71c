"""What the command line prints: tables and sentences for people, JSON for programs, failures in plain words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

UNBOUNDED = 1000


class PlainFailure(Exception):
    """Something a person can act on: said in a sentence, with what to do, never with a traceback."""

    def __init__(self, message: str, *, fix: str = "", exit_code: int = 1) -> None:
        self.message = message
        self.fix = fix
        self.exit_code = exit_code
        super().__init__(f"{message} {fix}".strip())


class Output:
    """Results go to standard output, progress and failures to standard error."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        # Into a file or a pipe there is no width to fit into, and what reads it wants each row on its line.
        self.console = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else UNBOUNDED)
        self.errors = Console(stderr=True, soft_wrap=True, highlight=False)

    def say(self, sentence: str, *, style: str = "") -> None:
        """A sentence for people; programs that asked for JSON do not see it."""
        if not self.as_json:
            self.console.print(escape(sentence), style=style)

    def result(self, value: Any, sentence: str) -> None:
        """One outcome: the value for programs, the sentence for people."""
        if self.as_json:
            self.document(value)
        else:
            self.say(sentence)

    def table(
        self, rows: Sequence[Any], columns: dict[str, str], *, empty: str, styles: dict[str, str] | None = None
    ) -> None:
        """Rows (dicts) under titled columns; `styles` colours a cell by its text."""
        if self.as_json:
            self.document(rows)
        elif not rows:
            self.say(empty)
        else:
            table = Table(box=None, pad_edge=False, header_style="bold")
            for title in columns.values():
                table.add_column(title, overflow="fold")
            for row in rows:
                cells = [shown(row.get(name)) for name in columns]
                table.add_row(*(_styled(cell, styles) for cell in cells))
            self.console.print(table, soft_wrap=False)

    def document(self, value: Any) -> None:
        """One JSON document on standard output."""
        sys.stdout.write(json.dumps(value, default=plain, indent=2, ensure_ascii=False) + "\n")

    def progress(self, what: str, items: Sequence[Any]) -> Iterable[Any]:
        """The items, with a bar on a terminal while they are worked through."""
        if len(items) < 2 or not self.errors.is_terminal:
            yield from items
            return
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.errors, transient=True) as progress:
            yield from progress.track(items)

    def failure(self, failure: PlainFailure) -> None:
        """What went wrong and what to do."""
        if self.as_json:
            self.document({"error": failure.message, "fix": failure.fix})
        else:
            self.errors.print(escape(str(failure)), style="red")


def shown(value: Any) -> str:
    """A value as a person reads it in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(shown(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, default=plain, ensure_ascii=False)
    return str(value)


def plain(value: Any) -> Any:
    """What JSON has no word for, as text or as lists and objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if isinstance(value, Decimal) else repr(value)


def _styled(cell: str, styles: dict[str, str] | None) -> str:
    style = (styles or {}).get(cell)
    return f"[{style}]{escape(cell)}[/]" if style else escape(cell)
