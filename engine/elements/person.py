"""Work for a person: a task, a gateway's question, an event that a person says has happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from bpmn.model.execution import Execution, Form, FormField
from engine.expressions import ExpressionError
from engine.runtime.records import UserTaskRecord
from engine.spiff.evaluation import Evaluator
from engine.spiff.waits import open_wait
from engine.timers import TimerError, due_date, due_duration

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class Assignee:
    """Who does a task and until when, compiled. Where the model says nothing, the lane's people may do it."""

    def __init__(self, details: Execution, c: Compilation) -> None:
        assignment = details.assignment
        evaluators = c.evaluator
        self.guided = c.guided
        self.by_lane = assignment is None and (c.guided or c.is_plain)
        self.assignee = evaluators(assignment.assignee) if assignment else None
        self.owner = evaluators(assignment.owner) if assignment else None
        users, groups = (assignment.candidate_users, assignment.candidate_groups) if assignment else ((), ())
        self.users = [evaluator for code in users if (evaluator := evaluators(code)) is not None]
        self.groups = [evaluator for code in groups if (evaluator := evaluators(code)) is not None]
        self.due = evaluators(assignment.due_date) if assignment else None
        self.follow_up = evaluators(assignment.follow_up_date) if assignment else None
        self.priority = evaluators(assignment.priority) if assignment else None

    def fill(self, record: UserTaskRecord, token: Token, lane_groups: tuple[str, ...]) -> None:
        """Evaluate it. Guided, nobody set the variables that a suite would have: then the lane's people may."""
        if not self.by_lane:
            try:
                self._evaluate(record, token)
                return
            except (ExpressionError, TimerError):
                if not self.guided:
                    raise
        record.candidate_groups = lane_groups

    def _evaluate(self, record: UserTaskRecord, token: Token) -> None:
        now = token.workflow.now
        record.assignee = self.assignee.text(token) or None if self.assignee else None
        record.owner = self.owner.text(token) or None if self.owner else None
        record.candidate_users = names_of(self.users, token)
        record.candidate_groups = names_of(self.groups, token)
        record.due_at = as_time(self.due.value(token), now) if self.due else None
        record.follow_up_at = as_time(self.follow_up.value(token), now) if self.follow_up else None
        if self.priority is not None:
            record.priority = int(self.priority.value(token) or 50)


def ask(
    token: Token,
    spec: ElementSpec,
    kind: Literal["task", "question", "happened"],
    assignee: Assignee | None = None,
    form: dict[str, Any] | None = None,
    apart: dict[str, Any] | None = None,
) -> UserTaskRecord:
    """Put the work into the task list."""
    workflow = token.workflow
    counter = (
        token.scope.get("loopCounter") if token.scope.token == token.id and token.scope.has("loopCounter") else None
    )
    record = UserTaskRecord(
        number=workflow.next_number(),
        token=token.id,
        instance_id=token.instance.id,
        element_id=spec.element_id,
        created_at=workflow.now,
        name=spec.bpmn_name,
        kind=kind,
        lane=spec.lane,
        form=form,
        loop_counter=counter,
        apart=apart,
    )
    if assignee is not None:
        assignee.fill(record, token, spec.lane_groups)
    else:
        record.candidate_groups = spec.lane_groups
    open_wait(token, record, spec.element_id, kind)
    data: dict[str, Any] = {"number": record.number, "kind": kind}
    if record.assignee:
        data["assignee"] = record.assignee
    # Whom it was offered to is known by nothing else once it is done.
    if record.candidate_users:
        data["candidate_users"] = list(record.candidate_users)
    if record.candidate_groups:
        data["candidate_groups"] = list(record.candidate_groups)
    workflow.record(
        "task-opened", token.instance.id, element_id=spec.element_id, token=token.id, name=spec.bpmn_name, data=data
    )
    return record


def ask_whether_it_happened(token: Token, event: ElementSpec) -> None:
    """An event that nothing may trigger: a person of its lane says that it happened."""
    ask(token, event, "happened")


def form_of(form: Form | None, token: Token) -> dict[str, Any] | None:
    """The form as the task list shows it: keys and defaults evaluated, fields as the model declares them."""
    if form is None:
        return None
    shown: dict[str, Any] = {}
    if form.key is not None:
        shown["key"] = Evaluator(form.key).text(token)
    if form.ref is not None:
        shown["ref"] = Evaluator(form.ref).text(token)
        shown["binding"] = form.binding
        shown["version"] = Evaluator(form.version).text(token) if form.version is not None else None
    if form.document is not None:
        shown["document"] = form.document
    if form.fields:
        shown["fields"] = [_field(field, token) for field in form.fields]
    return shown


def _field(field: FormField, token: Token) -> dict[str, Any]:
    name = field.variable or field.id
    default = Evaluator(field.default).value(token) if field.default is not None else None
    shown = {
        "id": field.id,
        "label": field.label or field.id,
        "type": field.type,
        "value": token.data.get(name, default),
        "required": field.required,
        "readable": field.readable,
        "writable": field.writable,
        "options": [list(option) for option in field.options],
        "constraints": dict(field.constraints),
        "variable": name,
    }
    if isinstance(shown["value"], (date, datetime)):
        shown["value"] = shown["value"].isoformat()
    return {name: value for name, value in shown.items() if value not in (None, [], {})}


def names_of(evaluators: list[Evaluator], token: Token) -> tuple[str, ...]:
    """Users or groups: lists, or texts separated by commas."""
    names: list[str] = []
    for evaluator in evaluators:
        value = evaluator.value(token)
        parts = value if isinstance(value, (list, tuple, set)) else str(value or "").split(",")
        names.extend(str(part).strip() for part in parts if str(part).strip())
    return tuple(dict.fromkeys(names))


def as_time(value: Any, now: datetime) -> datetime | None:
    """A due or follow-up date as models write it: a date, or a duration from now."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.strip().startswith("P"):
        return due_duration(value, now)
    return due_date(value, now)
