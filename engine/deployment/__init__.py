"""From uploaded bytes to processes that can be started."""

from __future__ import annotations

from engine.deployment.files import ReadFile, read_files, refusals_of
from engine.deployment.triggers import Triggers, triggers_of

__all__ = ["ReadFile", "Triggers", "read_files", "refusals_of", "triggers_of"]
