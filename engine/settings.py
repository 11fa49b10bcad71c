"""What an operator may set, with defaults that suit one server on one machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """The engine's settings. Times are durations, sizes are counts of what the name says."""

    connections: int = 16
    """Connections to PostgreSQL that one server keeps open at most."""
    live_roots: int = 1000
    """Instances kept in memory between two commands; others are read again from their rows."""
    live_specs: int = 500
    """Compiled process definitions kept in memory."""
    tries: int = 20
    """How often a command that lost a race is repeated before its sender hears of it."""
    runner_threads: int = 4
    """Threads in the server that run jobs; 0 leaves jobs to another server."""
    lease: timedelta = timedelta(seconds=60)
    """How long a runner keeps a job to itself; after a crash another takes it over."""
    poll: timedelta = timedelta(seconds=5)
    """How long a runner sleeps at most before it looks for jobs that others have written."""
    message_life: timedelta = timedelta(hours=1)
    """How long a message that nobody waits for yet is kept."""
    failures: Literal["incident", "raise"] = "incident"
    """What an element meets while a command runs: an incident that waits for repair, or a refusal that undoes all."""
    python_modules: tuple[str, ...] = ()
    """Modules whose functions service tasks may call."""
    private_addresses: tuple[str, ...] = ()
    """Hosts or networks (host, 10.0.0.0/8) that service tasks may call although they are not public."""
    smtp_url: str = field(default="", repr=False)
    """The mail server that takes letters to people (smtp://user:password@host:587, smtps://...); empty: none."""
    mail_from: str = ""
    """Whom these letters are from."""

    @staticmethod
    def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that environment variables give, the defaults for the rest."""
        plain = Settings()
        return Settings(
            connections=_count(environment, "PROCESSION_CONNECTIONS", plain.connections),
            live_roots=_count(environment, "PROCESSION_LIVE_INSTANCES", plain.live_roots),
            runner_threads=_count(environment, "PROCESSION_RUNNER_THREADS", plain.runner_threads),
            lease=timedelta(seconds=_count(environment, "PROCESSION_LEASE_SECONDS", int(plain.lease.total_seconds()))),
            python_modules=_list(environment, "PROCESSION_PYTHON_MODULES"),
            private_addresses=_list(environment, "PROCESSION_PRIVATE_ADDRESSES"),
            smtp_url=environment.get("PROCESSION_SMTP_URL", "").strip(),
            mail_from=environment.get("PROCESSION_MAIL_FROM", "").strip(),
        )


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise ValueError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _list(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in environment.get(name, "").split(",") if part.strip())
