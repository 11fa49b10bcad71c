"""What an operator may set about the web side, with defaults that suit one server on one machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Sizes in bytes, times as durations."""

    upload_limit: int = 32 * 1024 * 1024
    """The largest request that is read; a larger one is refused before it is."""
    session_life: timedelta = timedelta(hours=12)
    """How long a sign-in lasts."""
    hosts: tuple[str, ...] = ()
    """The names this server is reached by (`portal.example.org`, `.example.org` for all below); empty: any."""
    page_size: int = 50
    """Rows of a list on one page."""
    uploads: Path | None = None
    """Where a file waits between its upload and its deployment; None: in a folder that goes when the server stops."""
    upload_life: timedelta = timedelta(days=1)
    """How long it waits there."""
