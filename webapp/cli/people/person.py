"""The port: what a run asks, of whoever answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.queries.user_task import TaskView
from webapp.forms.field import Field


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task is completed with; `outcome` are the flows chosen where it is a question."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    outcome: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceJob:
    """Work for a program that the run does not call: what it is called in the model, and what would be called."""

    name: str
    target: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A process that is to be started, and what its start form asks."""

    name: str
    key: str
    fields: tuple[Field, ...]


class Person(Protocol):
    """Everybody who has something to do in a process, as one."""

    def begin(self, process: Beginning) -> Mapping[str, Any]:
        """The variables that the start form asks for."""
        ...

    def choose(self, tasks: Sequence[TaskView]) -> TaskView:
        """Which of the open tasks is done next."""
        ...

    def answer(self, task: TaskView) -> Answer:
        """How it is done."""
        ...

    def stand_in(self, job: ServiceJob) -> Mapping[str, Any]:
        """The variables that a program would give back."""
        ...
