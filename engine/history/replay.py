"""The state of a root at any past moment, from its events alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy

from engine.runtime.records import EventRecord, InstanceRecord, RootState, ScopeRecord, TokenRecord


def replay(root_id: str, events: Iterable[EventRecord], upto: int | None = None) -> RootState:
    """The state after event number `upto`, or after the last. Events come in the order of their numbers.

    Exact where a step ends; within one, a new token is told of as it is at the step's end.
    """
    past = Replay(root_id)
    for event in events:
        if upto is not None and event.number > upto:
            break
        past.apply(event)
    return past.state()


class Replay:
    """Follows the events of one root; `state` may be asked after each."""

    def __init__(self, root_id: str) -> None:
        self._root_id = root_id
        self._counter = 0
        self._event_count = 0
        self._instances: dict[str, InstanceRecord] = {}
        self._scopes: dict[int, ScopeRecord] = {}
        self._tokens: dict[int, TokenRecord] = {}
        self._variables: dict[tuple[int, str], str] = {}

    def apply(self, event: EventRecord) -> None:
        """Take the next event. Kinds that change no state (what people and programs did) are passed over."""
        self._event_count = event.number
        self._counter = max(self._counter, event.token or 0, event.scope or 0)
        change = _changes.get(event.kind)
        if change is not None:
            change(self, event)

    def state(self) -> RootState:
        """A copy of the state as it is now. `counter` is the highest number that a token or scope had."""
        return RootState(
            root_id=self._root_id,
            revision=0,
            counter=self._counter,
            event_count=self._event_count,
            instances=deepcopy(list(self._instances.values())),
            scopes=deepcopy([self._scopes[number] for number in sorted(self._scopes)]),
            tokens=deepcopy([self._tokens[number] for number in sorted(self._tokens)]),
            variables=[(scope, name, text) for (scope, name), text in sorted(self._variables.items())],
        )

    def _instance_started(self, event: EventRecord) -> None:
        data = event.data or {}
        self._instances[event.instance_id] = InstanceRecord(
            id=event.instance_id,
            root_id=self._root_id,
            definition_id=data["definition_id"],
            key=data["key"],
            started_at=event.at,
            parent_id=data.get("parent_id"),
            parent_token=data.get("parent_token"),
            business_key=data.get("business_key"),
            conversation=data.get("conversation"),
            started_by=event.actor,
        )

    def _error_uncaught(self, event: EventRecord) -> None:
        """The way of the error has ended; why is kept until the instance has."""
        self._instances[event.instance_id].end_reason = (event.data or {}).get("reason")

    def _instance_ended(self, event: EventRecord) -> None:
        data = event.data or {}
        instance = self._instances[event.instance_id]
        instance.state = data["state"]
        instance.ended_at = event.at
        instance.end_reason = data.get("reason")
        if event.instance_id == self._root_id:
            # As in storage: of a root that has ended nothing remains but its instances.
            self._scopes.clear()
            self._tokens.clear()
            self._variables.clear()

    def _token_new(self, event: EventRecord) -> None:
        data = event.data or {}
        number = _given(event.token)
        self._tokens[number] = TokenRecord(
            number=number,
            instance_id=event.instance_id,
            element_id=event.element_id or "",
            scope=_given(event.scope),
            parent=data.get("parent"),
            state=data["state"],
            data=deepcopy(data.get("data") or {}),
        )
        scope = self._scopes.get(_given(event.scope))
        if scope is not None and scope.parent is None and scope.token is None:
            # An instance's scope is there before the token that stands for the instance.
            scope.token = number

    def _token_changed(self, event: EventRecord) -> None:
        data = event.data or {}
        token = self._tokens.get(_given(event.token))
        if token is None:
            raise ValueError(f"The history is damaged: event {event.number} changes a token that is gone.")
        token.element_id = event.element_id or token.element_id
        token.scope = token.scope if event.scope is None else event.scope
        token.parent = data.get("parent")
        token.state = data["state"]
        token.data = deepcopy(data.get("data") or {})

    def _token_gone(self, event: EventRecord) -> None:
        self._tokens.pop(_given(event.token), None)

    def _scope_new(self, event: EventRecord) -> None:
        number = _given(event.scope)
        parent = (event.data or {}).get("parent")
        self._scopes[number] = ScopeRecord(number, event.instance_id, parent, event.token)

    def _scope_gone(self, event: EventRecord) -> None:
        number = _given(event.scope)
        self._scopes.pop(number, None)
        for key in [key for key in self._variables if key[0] == number]:
            del self._variables[key]

    def _variable_set(self, event: EventRecord) -> None:
        self._variables[_given(event.scope), event.name or ""] = event.value or ""

    def _variable_gone(self, event: EventRecord) -> None:
        self._variables.pop((_given(event.scope), event.name or ""), None)


def _given(number: int | None) -> int:
    if number is None:
        raise ValueError("The history is damaged: an event does not say which token or scope it is about.")
    return number


_changes: dict[str, Callable[[Replay, EventRecord], None]] = {
    "instance-started": Replay._instance_started,
    "instance-ended": Replay._instance_ended,
    "error-uncaught": Replay._error_uncaught,
    "token-new": Replay._token_new,
    "token-changed": Replay._token_changed,
    "token-gone": Replay._token_gone,
    "scope-new": Replay._scope_new,
    "scope-gone": Replay._scope_gone,
    "variable-set": Replay._variable_set,
    "variable-gone": Replay._variable_gone,
}
