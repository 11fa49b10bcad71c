"""A root process instance as a SpiffWorkflow workflow: the loop that moves its tokens until all of them wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.errors import Refusal
from engine.expressions import ExpressionError
from engine.runtime.records import IncidentRecord
from engine.spiff.element_spec import ElementSpec
from engine.spiff.failures import BpmnError, ElementFailure, as_failure
from engine.spiff.scope import ASKED
from engine.spiff.throwing import throw_error
from engine.spiff.token import Token
from engine.spiff.tree import TokenTree
from engine.spiff.waits import Entry, entries, open_wait


class ProcessWorkflow(TokenTree):
    """Carries elements out. What fails in one goes to its handler, or becomes an incident."""

    def advance(self) -> None:
        """Move tokens, the latest first, until each of them waits for something outside."""
        while True:
            while self.pending:
                self._move(self.pending.pop())
            if not self._settle():
                return

    def _move(self, token: Token) -> None:
        if token.id not in self.tasks:
            return
        if token._state == TaskState.STARTED:
            if not token._children or token.task_spec.watches_children:
                self.guard(token, lambda: token.task_spec.children_done(token))
        elif token._state == TaskState.FUTURE:
            self.steps += 1
            token.begun = True
            if self.steps > self.bounds.steps or len(self.tasks) > self.bounds.tokens:
                self._park(token)
            else:
                self.guard(token, lambda: self._enter(token))

    def _enter(self, token: Token) -> None:
        spec = token.task_spec
        spec._update(token)
        if token._state == TaskState.READY and not spec.waits_for_person(token):
            token.run()

    def guard(self, token: Token, act: Callable[[], Any]) -> None:
        """Carry out a piece of an element; what fails in it goes to its handler or becomes an incident."""
        try:
            act()
        except BpmnError as error:
            throw_error(token, error)
        except (ElementFailure, ExpressionError, Refusal) as failure:
            if self.failures == "raise":
                raise
            self.stop(token, as_failure(failure))

    def fail(self, token: Token, failure: ElementFailure) -> None:
        """What an element met is an incident, or raised to the caller, as the command wishes."""
        if self.failures == "raise":
            raise failure
        self.stop(token, failure)

    def stop(self, token: Token, failure: ElementFailure, job: int | None = None) -> None:
        """Stop a token with an incident; it goes on when the incident is retried."""
        if token.id not in self.tasks:
            token = self.bodies[token.instance.id]
        incident = IncidentRecord(
            number=self.next_number(),
            instance_id=token.instance.id,
            element_id=token.task_spec.element_id,
            created_at=self.now,
            code=failure.code,
            reason=failure.reason,
            fix=failure.fix,
            token=token.id,
            job=job,
            expression=failure.expression,
        )
        open_wait(token, incident, token.task_spec.element_id, "incident")
        self.record(
            "incident-opened",
            token.instance.id,
            element_id=token.task_spec.element_id,
            token=token.id,
            data={"number": incident.number, "code": failure.code, "reason": failure.reason},
        )
        if token._state != TaskState.STARTED:
            token.rest()

    def _park(self, token: Token) -> None:
        limit = f"{self.bounds.steps} steps" if self.steps > self.bounds.steps else f"{self.bounds.tokens} tokens"
        for other in self.pending:
            if other._state == TaskState.FUTURE:
                other.remember(parked=True)
                other.rest()
        self.pending.clear()
        failure = ElementFailure(
            "too-many-steps",
            f"One command would take more than {limit}.",
            "Look for a loop that never waits; then retry to let it go on, or cancel the instance.",
        )
        if self.failures == "raise":
            raise failure
        self.stop(token, failure)

    def resume(self, token: Token) -> None:
        """Let a stopped token try again, and with it all that were parked."""
        parked = [t for t in self.tasks.values() if t.memory.get("parked")]
        for other in parked:
            other.forget("parked")
        for again in [*parked, token]:
            if again._state == TaskState.STARTED:
                self.pending.append(again)
            else:
                again._set_state(TaskState.FUTURE)
                self.pending.append(again)

    def look_at_conditions(self, *, asked: bool = False) -> None:
        """Let conditional events happen whose variables have changed, or that were met when they began to wait.

        `asked`: look at all of them, whether anything has changed or not.
        """
        if not self.conditional:
            self.touched.clear()
            return
        changes = [ASKED] if asked else [[touch] for touch in self.touched]
        self.touched.clear()
        met, self.met = self.met, []
        for touched in changes:
            for number in sorted(self.conditional):
                token = self.tasks[number]
                for entry in entries(token):
                    spec = token.task_spec.process.task_specs[entry.element_id]
                    if entry.kind == "condition" and spec.condition_met(token, touched):
                        met.append((token, entry))
        # One that does not interrupt happens once for each change (Camunda: "Triggering Conditional Events").
        for token, entry in met:
            for waiting in entries(token) if token.is_open else ():
                if (waiting.kind, waiting.element_id) == ("condition", entry.element_id):
                    spec = token.task_spec.process.task_specs[entry.element_id]
                    self.guard(token, partial(happen, token, waiting, spec, {}))
                    break

    def _settle(self) -> bool:
        """When nothing moves any more, see which conditions are met and which joins no further token can reach."""
        if self.touched or self.met:
            self.look_at_conditions()
            if self.pending:
                return True
        for stuck in (False, True):
            for key in list(self.joins):
                waiting = self.joins.get(key)
                if waiting and waiting[0].task_spec.settle(waiting, stuck=stuck):
                    return True
        return False

    # -- SpiffWorkflow's own face -----------------------------------------------------------------------------------

    def _do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> int:
        self.advance()
        return 0

    def refresh_timers(self) -> None:
        """Timers are jobs here; nothing is polled."""

    def update_waiting_tasks(self) -> None:
        """Waiting tokens are woken by what they wait for; nothing is polled."""

    def is_completed(self) -> bool:
        return not self.tasks

    @property
    def completed(self) -> bool:
        return "tasks" in self.__dict__ and not self.tasks

    @completed.setter
    def completed(self, value: bool) -> None:
        """Derived from the tokens; SpiffWorkflow's constructor sets it all the same."""


def happen(token: Token, entry: Entry, spec: ElementSpec, variables: dict[str, Any]) -> None:
    """What the token waited for at `spec` has come."""
    if spec is not token.task_spec and token.task_spec.stands_for(token, spec, variables):
        return
    spec.triggered(token, entry, variables)
