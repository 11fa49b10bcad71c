"""The engine's sentences that people meet, as keys of the catalogue; a test finds each in the engine."""

from __future__ import annotations

from webapp.language import later

SENTENCES = (later("There is no such user."),)
