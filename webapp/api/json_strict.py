"""JSON as this server reads it: no key twice, no NaN, depth and size bounded. Nothing is guessed."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider

from engine import values


class StrictJson(DefaultJSONProvider):
    """What it cannot read it refuses with a reason; the default would take it for nothing sent."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return values.read_json(s)
