"""Separation of duties: a task is for somebody else than who did certain others, or started it; or not for some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.person import names_of
from engine.judgement import Judgement
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token

DONE_BY = (m.Task, m.StartEvent)


class Apart:
    """Compiled for one task. What it names, names it too: whichever is done first, the other is for somebody else.

    A start event that it names stands for who started the case.
    """

    def __init__(self, node: m.Activity, c: Compilation) -> None:
        said = c.execution(node).apart
        named = {id: c.nodes[id] for id in c.apart_from(node.id)}
        self.tasks = {id: other.name or id for id, other in named.items() if isinstance(other, m.Task)}
        self.start = next((other.name or id for id, other in named.items() if isinstance(other, m.StartEvent)), None)
        self.unknown = [id for id in said.tasks if not isinstance(named.get(id), DONE_BY)] if said else []
        self.users = [each for code in said.users if (each := c.evaluator(code)) is not None] if said else []

    def check(self) -> None:
        """Raises ElementFailure where it cannot be kept: nobody is asked what the model wants kept from them."""
        if (said := self.judge()) is not None:
            raise ElementFailure(said.code, said.reason, said.fix)

    def of(self, token: Token) -> dict[str, Any] | None:
        """For the task's row: the other tasks, id to name, the start's name, the users. None: everybody may do it."""
        users = list(names_of(self.users, token))
        found: dict[str, Any] = {"tasks": self.tasks, "start": self.start, "users": users}
        return found if any(found.values()) else None

    def judge(self) -> Judgement | None:
        if not self.unknown:
            return None
        return Judgement(
            "will_not_run",
            f"It is for somebody else than who did “{self.unknown[0]}”, which is no task and no start of this process.",
            "Name ids of tasks in otherPersonThan, or that of the start event.",
            "other-person",
        )
