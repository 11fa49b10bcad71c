"""Scopes hold the variables (BPMN 2.0, 10.4): a write in one branch is seen in the other, each value is kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Literal, NamedTuple

from engine.errors import Invalid
from engine.values import decode, encode


class Touch(NamedTuple):
    """A change of a variable: in the scope of that number."""

    scope: int
    name: str
    kind: Literal["create", "update", "delete"]


# In place of changes: every condition is looked at, because somebody asked.
ASKED: list[Touch] = []


MUTABLE = (list, dict, set)


class Scope:
    """The variables of a process instance, sub-process, multi-instance item or activity.

    `touched` and `used` are the workflow's: what changed, for conditional events; which scopes a step has to look at.
    Values are decoded when first read and encoded when set, so a value that cannot be kept is refused where it arises.
    """

    __slots__ = (
        "_decoded",
        "_stored",
        "_text",
        "_touched",
        "_used",
        "computed",
        "instance_id",
        "number",
        "parent",
        "token",
    )

    def __init__(
        self,
        number: int,
        instance_id: str,
        parent: Scope | None,
        token: int | None,
        touched: list[Touch],
        used: dict[int, Scope],
    ) -> None:
        self.number = number
        self.instance_id = instance_id
        self.parent = parent
        self.token = token
        self._touched = touched
        self._used = used
        self.computed: Callable[[], dict[str, Any]] | None = None
        self._stored: dict[str, str] = {}
        self._text: dict[str, str] = {}
        self._decoded: dict[str, Any] = {}

    def restore(self, name: str, text: str) -> None:
        """Take a value as storage has it."""
        self._stored[name] = self._text[name] = text

    def has(self, name: str) -> bool:
        return name in self._text

    def get(self, name: str) -> Any:
        if name not in self._decoded:
            self._decoded[name] = decode(self._text[name])
        value = self._decoded[name]
        if isinstance(value, MUTABLE):
            self._used[self.number] = self
        return value

    def set(self, name: str, value: Any, text: str | None = None) -> None:
        """Keep the value; `text` is its encoding, where it is known."""
        text = text if text is not None else kept(name, value)
        self._touched.append(Touch(self.number, name, "update" if name in self._text else "create"))
        self._used[self.number] = self
        self._text[name] = text
        self._decoded[name] = value

    def remove(self, name: str) -> None:
        if self._text.pop(name, None) is not None:
            self._touched.append(Touch(self.number, name, "delete"))
            self._used[self.number] = self
        self._decoded.pop(name, None)

    def names(self) -> list[str]:
        return list(self._text)

    def difference(self) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """What is new, changed and gone since the last call. Lists and dicts that were read are looked at again."""
        for name, value in self._decoded.items():
            if isinstance(value, MUTABLE):
                self._text[name] = encode(value)
        if self._text == self._stored:
            return {}, {}, []
        new = {name: text for name, text in self._text.items() if name not in self._stored}
        changed = {n: t for n, t in self._text.items() if n in self._stored and self._stored[n] != t}
        gone = [name for name in self._stored if name not in self._text]
        self._stored = dict(self._text)
        return new, changed, gone


def kept(name: str, value: Any) -> str:
    """The text that the variable is kept as. Raises Invalid, naming it, where it is too large or of no kept kind."""
    try:
        return encode(value)
    except Invalid as error:
        raise type(error)(f"The variable “{name}” cannot be kept: {error.message}", fix=error.fix) from None


def check_kept(variables: Mapping[str, Any]) -> None:
    """Refuse what cannot be kept before anything is changed: it is the sender's fault, and no incident."""
    for name, value in variables.items():
        kept(name, value)


class Variables(MutableMapping[str, Any]):
    """The variables that are seen from a scope: its own, then those of the scopes around it.

    Setting changes a variable where it is; a new one goes to the process instance.
    """

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def scopes(self) -> Iterator[Scope]:
        """The scopes that are seen, the innermost first."""
        scope: Scope | None = self._scope
        while scope is not None:
            yield scope
            scope = scope.parent

    def __getitem__(self, name: str) -> Any:
        for scope in self.scopes():
            if scope.has(name):
                return scope.get(name)
            if scope.computed is not None and name in (computed := scope.computed()):
                return computed[name]
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(s.has(str(name)) or (s.computed is not None and name in s.computed()) for s in self.scopes())

    def __setitem__(self, name: str, value: Any) -> None:
        self._set(name, value, kept(name, value))

    def update(self, values: Mapping[str, Any]) -> None:  # type: ignore[override]
        """Set them all, or none where one of them cannot be kept."""
        texts = {name: kept(name, value) for name, value in values.items()}
        for name, text in texts.items():
            self._set(name, values[name], text)

    def _set(self, name: str, value: Any, text: str) -> None:
        for scope in self.scopes():
            if scope.has(name):
                break
        scope.set(name, value, text)

    def __delitem__(self, name: str) -> None:
        for scope in self.scopes():
            if scope.has(name):
                scope.remove(name)
                return
        raise KeyError(name)

    def stored(self) -> dict[str, Any]:
        """All variables without what is computed, such as the counts of a loop."""
        found: dict[str, Any] = {}
        for scope in self.scopes():
            for name in scope.names():
                if name not in found:
                    found[name] = scope.get(name)
        return found

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for scope in self.scopes():
            names = scope.names() + (list(scope.computed()) if scope.computed is not None else [])
            for name in names:
                if name not in seen:
                    seen.add(name)
                    yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def local(self) -> Scope:
        """The innermost scope itself."""
        return self._scope

    @property
    def instance(self) -> Scope:
        """The process instance's own scope."""
        *_, outermost = self.scopes()
        return outermost
