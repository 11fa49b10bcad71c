"""A binding: which program, address, topic or person does what a file names and this installation cannot know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from engine.errors import Invalid

BindingKind = Literal["python", "http", "external", "person"]
PREFIXES = ("topic:", "class:", "lane:")


@dataclass(frozen=True, slots=True)
class Binding:
    """`target` is `module:function`, an address, a topic, or a group (`person`); `options` depend on the kind.

    python: `retries`, `retry_cycle`, `inline` (called within the step, as suites call their classes).
    http: `method`, `headers`, `body`, `result`, `timeout`, `retries`, `retry_cycle`.
    external: `retries`, `priority`. person: `assignee`, `candidate_groups`.
    """

    kind: BindingKind
    target: str
    options: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "target": self.target, "options": dict(self.options)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Binding:
        """Read what a form, an API or a row says; refuse what is no binding, in words."""
        given, target, options = data.get("kind"), data.get("target"), data.get("options") or {}
        kinds: tuple[BindingKind, ...] = get_args(BindingKind)
        kind = next((each for each in kinds if each == given), None)
        if kind is None:
            raise Invalid(f"A binding's kind is one of {', '.join(kinds)}, not {given!r}.")
        if not isinstance(target, str) or not target.strip():
            raise Invalid("A binding needs a target.", fix=TARGET_IS[kind])
        if not isinstance(options, Mapping) or not all(isinstance(name, str) for name in options):
            raise Invalid("A binding's options are names with values.")
        if kind == "python" and not is_callable_name(target):
            raise Invalid(f"{target!r} names no Python function.", fix=TARGET_IS[kind])
        if kind == "http" and not target.startswith(("http://", "https://")):
            raise Invalid(f"{target!r} is no http or https address.", fix=TARGET_IS[kind])
        return cls(kind, target.strip(), dict(options))


TARGET_IS = {
    "python": "Write module:function, of a module that the operator lists.",
    "http": "Write an address that starts with https:// or http://.",
    "external": "Write the topic that workers fetch.",
    "person": "Write the group, or the user, that does it.",
}


def is_callable_name(text: str) -> bool:
    """Is it `package.module:function`?"""
    module, separator, function = text.partition(":")
    return bool(separator) and function.isidentifier() and all(part.isidentifier() for part in module.split("."))


def check_key(key: str) -> str:
    """A binding belongs to an element id, to every element that names this `topic:` or `class:`, or to a `lane:`."""
    if not key.strip() or key in PREFIXES:
        raise Invalid("A binding belongs to an element, or to topic:<name>, class:<name> or lane:<name>.")
    return key.strip()
