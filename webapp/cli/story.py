"""History as sentences: what one event says to a person, for `show` and for the trace of `run`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.queries.history import EventRow
from webapp.cli.output import shown

# What only repeats what another event says better.
SILENT = ("token-changed", "scope-new", "scope-gone", "task-opened", "task-cancelled")
LONGEST_VALUE = 60


@dataclass
class Story:
    """`names` are those of the flow nodes; a token's own element is remembered for events that name the token only."""

    names: Mapping[str, str]
    tokens: dict[int, str] = field(default_factory=dict)

    def line(self, event: EventRow) -> str | None:
        """The sentence of one event, or None if it says nothing new."""
        if event.token is not None and event.element_id:
            self.tokens[event.token] = event.element_id
        if event.kind in SILENT:
            return None
        sentence = self._sentence(event)
        return sentence if event.actor is None or sentence is None else f"{sentence} (by {event.actor})"

    def _sentence(self, event: EventRow) -> str | None:
        data = event.data or {}
        where = self._name(event)
        match event.kind:
            case "instance-started":
                about = f" about {data['business_key']}" if data.get("business_key") else ""
                return f"started{about}"
            case "instance-ended":
                reason = f": {data['reason']}" if data.get("reason") else ""
                return f"{data.get('state') or 'ended'}{reason}"
            case "token-new":
                return f"→ {where}" if where else None
            case "token-passed" | "token-gone" if data.get("how") == "unbegun":
                return None
            case "token-passed" | "token-gone":
                mark = "✕ cancelled:" if data.get("how") == "cancelled" else "✓"
                return f"{mark} {where}" if where else None
            case "task-completed":
                # The token that goes says the same, except who it was.
                return f"  {where} is done" if event.actor else None
            case "message-sent" | "message-undelivered":
                receivers = ", ".join(self._receiver(name) for name in data.get("names") or [data.get("name", "")])
                said = "sends a message" if event.kind == "message-sent" else "nobody took the message"
                return f"  {where} {said}: {receivers}" if receivers else f"  {where} {said}"
            case "variable-set":
                return f"  {event.name} = {_short(event.value)}"
            case "variable-gone":
                return f"  {event.name} is gone"
            case "incident-opened":
                return f"! {where or event.element_id}: {data.get('reason')}"
        said = ", ".join(_short(value) for name, value in data.items() if name != "number" and value)
        return f"  {event.kind.replace('-', ' ')} {where}{': ' if said else ''}{said}"

    def _receiver(self, message: str) -> str:
        """A message without a name of its own is called after the element that a message flow leads it to."""
        return self.names.get(message.rpartition(" ")[2], message)

    def _name(self, event: EventRow) -> str:
        element = event.element_id or (self.tokens.get(event.token, "") if event.token is not None else "")
        return self.names.get(element, "")


def _short(value: object) -> str:
    text = shown(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
