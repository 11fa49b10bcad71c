"""Who does jobs and when: the port, the runner inside the server, and the pauses between tries."""

from __future__ import annotations

from engine.jobs.embedded import EmbeddedRunner
from engine.jobs.heartbeat import Heartbeat
from engine.jobs.port import JobRunner, Work
from engine.jobs.retry import next_try

__all__ = ["EmbeddedRunner", "Heartbeat", "JobRunner", "Work", "next_try"]
