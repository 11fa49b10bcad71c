"""What is done with a task: taken, given, changed, done."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from pydantic import Field, model_validator

from engine.commands import (
    AddCandidate,
    AssignUserTask,
    ClaimUserTask,
    CompleteUserTask,
    DelegateUserTask,
    RemoveCandidate,
    ResolveUserTask,
    SetOwner,
    SetUserTaskDates,
    SetUserTaskPriority,
    ThrowErrorFromTask,
    ThrowEscalationFromTask,
    UnclaimUserTask,
)
from engine.commands.requested import Sent
from engine.queries import TaskDetail
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Body, Id, Moment, Name, Text, Variables, example
from webapp.api.subject import Subject

subject = Subject("task-verbs", "What is done with a task. Each takes If-Match with the ETag of the task.")


class CompleteTask(Body):
    model_config = example(variables={"supplier": "ACME", "amount": 1200})

    variables: Variables = Field(default_factory=dict)
    outcome: list[Name] = Field(
        default_factory=list, max_length=100, description="The choices, where the task is a gateway's question."
    )


class ResolveTask(Body):
    model_config = example(variables={"amount": 1250})

    variables: Variables = Field(default_factory=dict)


class Assign(Body):
    model_config = example(assignee="clara")

    assignee: Name | None = Field(description="null: nobody")


class Delegate(Body):
    model_config = example(to="carl")

    to: Name


class Own(Body):
    model_config = example(owner="max")

    owner: Name | None


class Dates(Body):
    """Both are set; null: no date."""

    model_config = example(due_at="2030-01-05T09:30:00Z", follow_up_at=None)

    due_at: Moment | None
    follow_up_at: Moment | None


class Priority(Body):
    model_config = example(priority=80)

    priority: int = Field(ge=0, le=100)


class Candidate(Body):
    """A user or a group."""

    model_config = example(group="Clerk")

    user: Name | None = None
    group: Name | None = None

    @model_validator(mode="after")
    def _one(self) -> Candidate:
        if (self.user is None) == (self.group is None):
            raise ValueError("a candidate is a user or a group")
        return self


class ThrownFromTask(Body):
    model_config = example(code="NOT_OURS", message="It is not addressed to us.")

    code: Name
    message: Text = ""
    variables: Variables = Field(default_factory=dict)


class EscalatedFromTask(Body):
    model_config = example(code="TOO_LATE")

    code: Name
    variables: Variables = Field(default_factory=dict)


def _do(task: str, command: Sent) -> Response:
    return done(command, question=TaskDetail(task), root=task)


@subject.post("/tasks/<id>/claim", DONE, needs="work", versioned=True)
def claim(path: Id) -> Response:
    """Take it"""
    return _do(path.id, ClaimUserTask(path.id))


@subject.post("/tasks/<id>/unclaim", DONE, needs="work", versioned=True)
def unclaim(path: Id) -> Response:
    """Give it back"""
    return _do(path.id, UnclaimUserTask(path.id))


@subject.post("/tasks/<id>/complete", DONE, needs="work", versioned=True)
def complete(path: Id, body: CompleteTask) -> Response:
    """Say that it is done, with what was found out"""
    return _do(path.id, CompleteUserTask(path.id, body.variables, tuple(body.outcome)))


@subject.put("/tasks/<id>/assignee", DONE, needs="work", versioned=True)
def assign(path: Id, body: Assign) -> Response:
    """Give it to somebody, or to nobody"""
    return _do(path.id, AssignUserTask(path.id, body.assignee))


@subject.post("/tasks/<id>/delegate", DONE, needs="work", versioned=True)
def delegate(path: Id, body: Delegate) -> Response:
    """Let somebody else do it and report back"""
    return _do(path.id, DelegateUserTask(path.id, body.to))


@subject.post("/tasks/<id>/resolve", DONE, needs="work", versioned=True)
def resolve(path: Id, body: ResolveTask) -> Response:
    """Report back to whoever delegated it"""
    return _do(path.id, ResolveUserTask(path.id, body.variables))


@subject.put("/tasks/<id>/owner", DONE, needs="work", versioned=True)
def own(path: Id, body: Own) -> Response:
    """Say who answers for it"""
    return _do(path.id, SetOwner(path.id, body.owner))


@subject.put("/tasks/<id>/dates", DONE, needs="work", versioned=True)
def date(path: Id, body: Dates) -> Response:
    """Say when it is due, and when it is to be looked at again"""
    due_at: datetime | None = body.due_at
    return _do(path.id, SetUserTaskDates(path.id, due_at, body.follow_up_at))


@subject.put("/tasks/<id>/priority", DONE, needs="work", versioned=True)
def prioritise(path: Id, body: Priority) -> Response:
    """Say how urgent it is; 50 is usual"""
    return _do(path.id, SetUserTaskPriority(path.id, body.priority))


@subject.post("/tasks/<id>/candidates", DONE, needs="work", versioned=True)
def offer(path: Id, body: Candidate) -> Response:
    """Offer it to a user or a group as well"""
    return _do(path.id, AddCandidate(path.id, body.user, body.group))


@subject.post("/tasks/<id>/candidates/remove", DONE, needs="work", versioned=True)
def withdraw(path: Id, body: Candidate) -> Response:
    """Offer it to a user or a group no longer"""
    return _do(path.id, RemoveCandidate(path.id, body.user, body.group))


@subject.post("/tasks/<id>/error", DONE, needs="work", versioned=True)
def throw_error(path: Id, body: ThrownFromTask) -> Response:
    """End it with a BPMN error, which the model catches"""
    return _do(path.id, ThrowErrorFromTask(path.id, body.code, body.message, body.variables))


@subject.post("/tasks/<id>/escalation", DONE, needs="work", versioned=True)
def escalate(path: Id, body: EscalatedFromTask) -> Response:
    """Throw an escalation out of it"""
    return _do(path.id, ThrowEscalationFromTask(path.id, body.code, body.variables))
