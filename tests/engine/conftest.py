"""An imaginary root: it moves at random and says so in Steps, as the runtime does, for tests of what stores them."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from engine import values
from engine.persistence import Database, tables
from engine.runtime.records import (
    EventRecord,
    IncidentRecord,
    InstanceRecord,
    JobRecord,
    RootState,
    ScopeRecord,
    Step,
    SubscriptionRecord,
    TokenRecord,
    UserTaskRecord,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOSED = {
    UserTaskRecord: "closed_user_tasks",
    JobRecord: "closed_jobs",
    SubscriptionRecord: "closed_subscriptions",
    IncidentRecord: "closed_incidents",
}


class ImaginaryRoot:
    """Has the face of engine.runtime.root.Root as far as the unit of work uses it."""

    def __init__(self, state: RootState, now: datetime, actor: str | None) -> None:
        self.root_id = state.root_id
        self.counter = state.counter
        self.event_count = state.event_count
        self.instances = {each.id: each for each in state.instances}
        self.scopes = {each.number: each for each in state.scopes}
        self.tokens = {each.number: each for each in state.tokens}
        self.variables = {(scope, name): text for scope, name, text in state.variables}
        self.waits: dict[int, Any] = {}
        self._new = not state.instances
        self.at(now, actor)
        self._begin()

    @classmethod
    def new(cls, root_id: str, library: object, now: datetime, actor: str | None) -> ImaginaryRoot:
        return cls(RootState(root_id, 0, 0, 0, [], [], [], []), now, actor)

    @classmethod
    def load(cls, state: RootState, library: object, now: datetime, actor: str | None) -> ImaginaryRoot:
        return cls(state, now, actor)

    def at(self, now: datetime, actor: str | None, failures: str = "incident", chain: object = None) -> None:
        self.now, self.actor = now, actor

    def state(self) -> dict[str, Any]:
        """All that a load must give back, in an order that does not depend on how it came about."""
        return {
            "counter": self.counter,
            "event_count": self.event_count,
            "instances": sorted((asdict(each) for each in self.instances.values()), key=lambda each: each["id"]),
            "scopes": [asdict(self.scopes[number]) for number in sorted(self.scopes)],
            "tokens": [asdict(self.tokens[number]) for number in sorted(self.tokens)],
            "variables": sorted((scope, name, text) for (scope, name), text in self.variables.items()),
        }

    def record(self, kind: str, instance_id: str, **values: Any) -> None:
        self.event_count += 1
        self._step.events.append(
            EventRecord(self.event_count, instance_id, self.now, kind, actor=self.actor, **deepcopy(values))
        )

    def start(self, definition_id: str, **options: Any) -> str:
        self._instance(self.root_id, definition_id, None, options)
        return self.root_id

    def step(self) -> Step:
        step, self._new = self._step, False
        step.counter, step.event_count = self.counter, self.event_count
        step.new_tokens = [deepcopy(self.tokens[each]) for each in self._new_tokens if each in self.tokens]
        step.changed_tokens = [deepcopy(self.tokens[each]) for each in sorted(self._changed) if each in self.tokens]
        step.new_scopes = [deepcopy(self.scopes[each]) for each in self._new_scopes if each in self.scopes]
        before, after = self._variables, self.variables
        step.new_variables = [(*key, text) for key, text in after.items() if key not in before]
        step.changed_variables = [(*key, text) for key, text in after.items() if before.get(key, text) != text]
        # Variables of a scope that is gone go with it, unsaid.
        step.gone_variables = [key for key in before if key not in after and key[0] in self.scopes]
        step.opened = [wait for wait in step.opened if wait.number in self.waits or wait.token is None]
        self._begin()
        return step

    def move(self, chance: random.Random) -> None:
        """Do one thing at random, and tell it in the history."""
        often = [self._token, self._variable, self._wait]
        act = chance.choice(
            [*often, *often, self._change, self._gone, self._scope, self._scope_gone, self._close, self._call]
        )
        act(chance)

    def end(self) -> None:
        instance = self.instances[self.root_id]
        instance.state, instance.ended_at, instance.end_reason = "cancelled", self.now, "enough"
        self._step.changed_instances.append(instance)
        for number in list(self.tokens):
            self._remove(number)
        self.record("instance-ended", self.root_id, data={"state": "cancelled", "reason": "enough"})
        self.scopes.clear()
        self.variables.clear()
        self.waits.clear()

    def _begin(self) -> None:
        self._step = Step(self.root_id, None if self._new else 0, self.counter, self.event_count)
        self._new_tokens: list[int] = []
        self._new_scopes: list[int] = []
        self._changed: set[int] = set()
        self._variables = dict(self.variables)

    def _number(self) -> int:
        self.counter += 1
        return self.counter

    def _instance(self, id: str, definition_id: str, parent_token: int | None, options: dict[str, Any]) -> None:
        parent = None if parent_token is None else self.root_id
        record = InstanceRecord(
            id, self.root_id, definition_id, "orders", self.now, parent, parent_token, started_by=self.actor, **options
        )
        self.instances[id] = record
        self._step.new_instances.append(record)
        told = ("definition_id", "key", "parent_id", "parent_token", "business_key", "conversation")
        self.record("instance-started", id, data={name: getattr(record, name) for name in told})
        scope = ScopeRecord(self._number(), id)
        self.scopes[scope.number] = scope
        self._new_scopes.append(scope.number)
        self.record("scope-new", id, scope=scope.number)
        scope.token = self._place(scope, parent_token, {})

    def _token(self, chance: random.Random) -> None:
        scope = self.scopes[chance.choice(list(self.scopes))]
        data = chance.choice([{}, {"loop": 3}, {"since": NOON, "items": [1, "two"]}])
        self._place(scope, chance.choice([None, *self.tokens]), data)

    def _place(self, scope: ScopeRecord, parent: int | None, data: dict[str, Any]) -> int:
        number = self._number()
        token = TokenRecord(number, scope.instance_id, f"Task_{number % 7}", scope.number, parent, "WAITING", data)
        self.tokens[number] = token
        self._new_tokens.append(number)
        self._tell_token("token-new", token)
        return number

    def _tell_token(self, kind: str, token: TokenRecord) -> None:
        data = {"parent": token.parent, "state": token.state} | ({"data": token.data} if token.data else {})
        self.record(
            kind, token.instance_id, element_id=token.element_id, token=token.number, scope=token.scope, data=data
        )

    def _change(self, chance: random.Random) -> None:
        if self.tokens:
            token = self.tokens[chance.choice(list(self.tokens))]
            token.state = chance.choice(["READY", "WAITING", "STARTED"])
            token.data = {**token.data, "tries": chance.randrange(9)}
            if token.number not in self._new_tokens:
                self._changed.add(token.number)
            self._tell_token("token-changed", token)

    def _gone(self, chance: random.Random) -> None:
        if self.tokens:
            self._remove(chance.choice(list(self.tokens)))

    def _remove(self, number: int) -> None:
        token = self.tokens.pop(number)
        for other in self.tokens.values():
            if other.parent == number:
                other.parent = None
                if other.number not in self._new_tokens:
                    self._changed.add(other.number)
                self._tell_token("token-changed", other)
        if number in self._new_tokens:
            self._new_tokens.remove(number)
        else:
            self._step.gone_tokens.append(number)
        self._changed.discard(number)
        self.record(
            "token-gone", token.instance_id, element_id=token.element_id, token=number, data={"how": "completed"}
        )

    def _variable(self, chance: random.Random) -> None:
        scope = self.scopes[chance.choice(list(self.scopes))]
        name = chance.choice(["amount", "Größe", "to", ""])
        if chance.random() < 0.3:
            if self.variables.pop((scope.number, name), None) is not None:
                self.record("variable-gone", scope.instance_id, scope=scope.number, name=name)
            return
        text = values.encode(chance.choice([1, 2.5, "a\0b", None, [1, {"$": 2}], NOON, 10**40]))
        self.variables[scope.number, name] = text
        self.record("variable-set", scope.instance_id, scope=scope.number, name=name, value=text)

    def _scope(self, chance: random.Random) -> None:
        parent = self.scopes[chance.choice(list(self.scopes))]
        token = chance.choice([None, *self.tokens])
        scope = ScopeRecord(self._number(), parent.instance_id, parent.number, token)
        self.scopes[scope.number] = scope
        self._new_scopes.append(scope.number)
        data = {"parent": parent.number}
        self.record("scope-new", parent.instance_id, scope=scope.number, token=token, data=data)

    def _scope_gone(self, chance: random.Random) -> None:
        used = {token.scope for token in self.tokens.values()} | {scope.parent for scope in self.scopes.values()}
        free = [each for each in self.scopes.values() if each.parent is not None and each.number not in used]
        if free:
            scope = chance.choice(free)
            del self.scopes[scope.number]
            for key in [key for key in self.variables if key[0] == scope.number]:
                del self.variables[key]
            if scope.number in self._new_scopes:
                self._new_scopes.remove(scope.number)
            else:
                self._step.gone_scopes.append(scope.number)
            self.record("scope-gone", scope.instance_id, scope=scope.number)

    def _wait(self, chance: random.Random) -> None:
        if self.tokens:
            token = self.tokens[chance.choice(list(self.tokens))]
            number, at, where = self._number(), token.instance_id, token.element_id
            wait = chance.choice(
                [
                    UserTaskRecord(number, token.number, at, where, self.now, candidate_groups=("sales", "sales")),
                    JobRecord(number, at, "timer", self.now, self.now, token.number, where, payload={"cycle": 2}),
                    SubscriptionRecord(number, token.number, at, where, "message", "Paid", self.now, {"order": 7}),
                    IncidentRecord(number, at, where, self.now, "expression", "x is not known", token=token.number),
                ]
            )
            self.waits[number] = wait
            self._step.opened.append(wait)

    def _close(self, chance: random.Random) -> None:
        if self.waits:
            wait = self.waits.pop(chance.choice(list(self.waits)))
            if wait not in self._step.opened:
                getattr(self._step, CLOSED[type(wait)]).append(wait.number)

    def _call(self, chance: random.Random) -> None:
        if self.tokens and len(self.instances) < 4:
            number = self._number()
            definition_id = self.instances[self.root_id].definition_id
            self._instance(f"{self.root_id}-{number}", definition_id, chance.choice(list(self.tokens)), {})


@pytest.fixture(scope="session")
def imaginary_root() -> type[ImaginaryRoot]:
    return ImaginaryRoot


def add_definition(connection: Connection, definition_id: str = "orders-1") -> str:
    connection.execute(
        insert(tables.deployment), {"id": "d", "name": "Orders", "deployed_at": NOON, "deployed_by": "ada"}
    )
    connection.execute(
        insert(tables.process_definition),
        {
            "id": definition_id,
            "key": "orders",
            "version": 1,
            "deployment_id": "d",
            "resource": "orders.bpmn",
            "process_id": "orders",
            "guided": False,
            "dialect": "bpmn",
            "latest": True,
            "state": "active",
        },
    )
    return definition_id


@pytest.fixture
def definition_id(database: Database) -> str:
    """A process definition to have instances of; its file is not stored."""
    with database.writing() as connection:
        made = add_definition(connection)
        connection.commit()
    return made
