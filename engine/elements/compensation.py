"""Compensation (BPMN 2.0, 10.7 and 13.5.5): what was completed is remembered in its scope and undone, the latest first.

Remembered is, by the token of the process or sub-process around it, each completed activity that has a handler, and
each completed sub-process that has something to undo inside, with its variables as they were (a snapshot, 13.5.5).
The items of a loop are remembered by the loop until all of it is completed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.values import decode, encode

if TYPE_CHECKING:
    from engine.spiff.token import Token

MEMORY = "compensations"


def remember_completed(token: Token, record: dict[str, Any]) -> None:
    """The token's activity is done: the scope around it remembers by which handler it is undone, and what it saw."""
    if token.scope.token == token.id:
        record["variables"] = {name: encode(token.scope.get(name)) for name in token.scope.names()}
    _remember(_scope_around(token, loops=True), [record])


def hand_on(loop: Token) -> None:
    """The loop is completed: the scope around it remembers what its items remember."""
    records = loop.memory.get(MEMORY, [])
    if records:
        _remember(_scope_around(loop, loops=True), records)


def _remember(around: Token, records: list[dict[str, Any]]) -> None:
    around.remember(**{MEMORY: [*around.memory.get(MEMORY, []), *records]})


def compensate(thrower: Token, only: str | None = None, within: Token | None = None) -> None:
    """Undo what is remembered (`only` that activity) in the scope of the thrower; the handlers go on inside its token.

    An event sub-process undoes what was done in the scope that it belongs to.
    """
    scope = within or _scope_around(thrower)
    while scope.task_spec.extends_scope and not scope.memory.get(MEMORY) and scope.parent is not None:
        scope = scope.parent
    remembered = scope.memory.get(MEMORY, [])
    chosen = [record for record in remembered if only in (None, record["of"])]
    if not chosen:
        return
    scope.remember(**{MEMORY: [record for record in remembered if record not in chosen]})
    # Tokens that were put last move first.
    for record in chosen:
        _begin(record, thrower, scope)


def _begin(record: dict[str, Any], thrower: Token, scope: Token) -> None:
    workflow = thrower.workflow
    handler = thrower.task_spec.process.task_specs[record["handler"]]
    memory = {"compensating": True, MEMORY: record["inner"]} if "inner" in record else {}
    token = workflow.add_token(handler, thrower, scope.scope, memory=memory)
    if "variables" in record:
        token.scope = workflow.add_scope(token.instance.id, scope.scope, token.id)
        for name, text in record["variables"].items():
            token.scope.set(name, decode(text))


def _scope_around(token: Token, *, loops: bool = False) -> Token:
    """The token of the process or sub-process that the token is in; or of the loop, where that is nearer."""
    around: Token | None = token.parent
    while around is not None and not (around.task_spec.is_scope or (loops and around.task_spec.is_loop)):
        around = around.parent
    assert around is not None
    return around
