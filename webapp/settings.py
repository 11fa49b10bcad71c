"""What an operator may set about the web side, with defaults that suit one server on one machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Sizes in bytes, times as durations."""

    upload_limit: int = 32 * MB
    """The largest request that is read; a larger one is refused before it is."""
    session_life: timedelta = timedelta(hours=12)
    """How long a sign-in lasts."""
    hosts: tuple[str, ...] = ()
    """The names this server is reached by (`portal.example.org`, `.example.org` for all below); empty: any."""
    page_size: int = 50
    """Rows of a list on one page."""
    proxies: int = 0
    """How many proxies of ours stand before this server; their word on scheme and address of the reader is believed."""
    url: str = ""
    """The address by which people reach the portal: letters lead there."""

    @staticmethod
    def from_environment(environment: Mapping[str, str] = os.environ) -> WebSettings:
        """What environment variables say, the defaults for the rest."""
        plain = WebSettings()
        hosts = (part.strip() for part in environment.get("PROCESSION_HOSTS", "").split(","))
        return WebSettings(
            upload_limit=_number(environment, "PROCESSION_UPLOAD_MB", plain.upload_limit // MB) * MB,
            session_life=timedelta(
                hours=_number(environment, "PROCESSION_SESSION_HOURS", int(plain.session_life.total_seconds()) // 3600)
            ),
            hosts=tuple(host for host in hosts if host),
            proxies=_number(environment, "PROCESSION_PROXIES", plain.proxies),
            url=environment.get("PROCESSION_URL", "").strip(),
        )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise ValueError(f"{name} must be a whole number, not {text!r}.")
    return int(text)
