"""Drives the engine through its commands and queries as the recordings of Camunda 7 and Flowable drove those engines.

It knows what an act is called here, and of no case: nothing depends on a scenario's name, models or expected state.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from scenario_session import Session

from engine import commands as c
from engine.errors import Conflict, Invalid, NotFound


class Engine(Session):
    """One scenario's engine: `do` carries out a step, `state` tells what an observer sees after it."""

    def do(self, step: dict[str, Any]) -> None:
        """Carry out an act, with all that follows from it at once; when any of it fails nothing has happened."""
        act: Callable[[dict[str, Any]], None] | None = getattr(self, "do_" + step["do"], None)
        if act is None:
            raise Invalid(f"There is no act {step['do']!r} here.")
        before = self.backup()
        try:
            act(step)
            self.observer.name_new()
            self.follow_up()
        except Exception:
            if step["do"] != "execute_job":
                self.restore(before)
            raise

    # -- starting ---------------------------------------------------------------------------------------------------

    def do_start(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self.execute(c.StartProcess(key=step["process"], variables=variables, business_key=step.get("businessKey")))

    do_start_form = do_start

    def do_start_message(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self.execute(c.StartByMessage(step["message"], variables=variables, business_key=step.get("businessKey")))

    def do_conditions(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self.execute(c.StartByConditions(variables, step.get("businessKey"), step.get("process")))

    def do_evaluate_conditions(self, step: dict[str, Any]) -> None:
        self.execute(c.EvaluateConditions(self.observer.id_of(step["instance"]), _typed(step.get("variables"))))

    def do_delete_instance(self, step: dict[str, Any]) -> None:
        self.execute(c.CancelInstance(self.observer.id_of(step["instance"])))

    def do_authenticate(self, step: dict[str, Any]) -> None:
        self.user = step["user"]

    # -- user tasks -------------------------------------------------------------------------------------------------

    def do_complete_task(self, step: dict[str, Any]) -> None:
        self.execute(c.CompleteUserTask(self.task(step), variables=_typed(step.get("variables"))))

    do_submit_form = do_complete_task

    def do_claim(self, step: dict[str, Any]) -> None:
        self.execute(c.AssignUserTask(self.task(step), step["user"]))

    do_assign = do_claim

    def do_set_owner(self, step: dict[str, Any]) -> None:
        self.execute(c.SetOwner(self.task(step), step["user"]))

    def do_delegate_task(self, step: dict[str, Any]) -> None:
        self.execute(c.DelegateUserTask(self.task(step), step["user"]))

    def do_resolve_task(self, step: dict[str, Any]) -> None:
        self.execute(c.ResolveUserTask(self.task(step), _typed(step.get("variables"))))

    def do_task_variables(self, step: dict[str, Any]) -> None:
        self._set_variables(self._task_token(step), step)

    def do_task_error(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self.execute(c.ThrowErrorFromTask(self.task(step), step["code"], step.get("message", ""), variables))

    def do_task_escalation(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self.execute(c.ThrowEscalationFromTask(self.task(step), step["code"], variables=variables))

    def do_addCandidateUser(self, step: dict[str, Any]) -> None:
        self.execute(c.AddCandidate(self.task(step), user=step["value"]))

    def do_addCandidateGroup(self, step: dict[str, Any]) -> None:
        self.execute(c.AddCandidate(self.task(step), group=step["value"]))

    def do_deleteCandidateUser(self, step: dict[str, Any]) -> None:
        self.execute(c.RemoveCandidate(self.task(step), user=step["value"]))

    def do_deleteCandidateGroup(self, step: dict[str, Any]) -> None:
        self.execute(c.RemoveCandidate(self.task(step), group=step["value"]))

    # -- tokens, variables ------------------------------------------------------------------------------------------

    def do_trigger(self, step: dict[str, Any]) -> None:
        self.execute(c.TriggerToken(self.token(step), variables=_typed(step.get("variables"))))

    def do_adhoc_start(self, step: dict[str, Any]) -> None:
        self.execute(c.StartAdHocActivity(self.token(step), step["activity"]))

    def do_adhoc_complete(self, step: dict[str, Any]) -> None:
        self.execute(c.CompleteAdHocSubProcess(self.token(step)))

    def do_set_variables(self, step: dict[str, Any]) -> None:
        self._set_variables(self.place(step), step)

    def do_remove_variables(self, step: dict[str, Any]) -> None:
        self.execute(c.RemoveVariables(self.place(step), tuple(step["names"]), local=bool(step.get("local"))))

    # -- messages, signals ------------------------------------------------------------------------------------------

    def do_message(self, step: dict[str, Any]) -> None:
        """In a plain file the payload tells whom it is for, where more than one waits."""
        if self.dialect != "bpmn":
            self._correlate(step, _typed(step.get("correlationKeys")))
            return
        try:
            self._correlate(step, {})
        except Conflict as several:
            for name, value in _typed(step.get("variables")).items():
                try:
                    self._correlate(step, {name: value})
                except (Conflict, NotFound):
                    continue
                return
            raise several

    def _correlate(self, step: dict[str, Any], correlation: Mapping[str, Any]) -> None:
        command = c.CorrelateMessage(
            step["name"],
            business_key=step.get("businessKey"),
            correlation=correlation,
            variables=_typed(step.get("variables")),
            local=_typed(step.get("variablesLocal")),
            instance_id=self.observer.id_of(step["instance"]) if "instance" in step else None,
            all=bool(step.get("all")),
        )
        self.execute(command)

    def do_message_at(self, step: dict[str, Any]) -> None:
        found = self.subscription("message", step)
        self.execute(c.TriggerSubscription(found, variables=_typed(step.get("variables"))))

    def do_signal(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        if "instance" in step:
            self.execute(c.TriggerSubscription(self.subscription("signal", step), variables=variables))
        else:
            self.execute(c.BroadcastSignal(step["name"], variables=variables))

    # -- jobs -------------------------------------------------------------------------------------------------------

    def do_execute_job(self, step: dict[str, Any]) -> None:
        """The job and what it leads to. Where that fails it has one try less, and else nothing happened."""
        place = (self.observer.id_of(step["instance"]), step["at"]) if "instance" in step else ("", "")
        if place in self.answers:
            self.execute(self.answers.pop(place))
            return
        job = self.job(step)
        before = self.backup()
        self.run(job.id)
        try:
            self.follow_up()
        except Conflict:
            self.restore(before)
            self.execute(c.SetJobRetries(job.id, job.retries - 1))
            raise

    def do_ready_timer(self, step: dict[str, Any]) -> None:
        """Flowable moves the timer to where it is executed; here it is the same job before and after."""
        self.job(step)

    def do_set_job_retries(self, step: dict[str, Any]) -> None:
        self.execute(c.SetJobRetries(self.job(step).id, step["retries"]))

    def do_fetch_external(self, step: dict[str, Any]) -> None:
        lock = timedelta(milliseconds=step["lockMs"])
        self.execute(c.FetchExternalJobs(tuple(step["topics"]), step["worker"], step["max"], lock))

    def do_complete_external(self, step: dict[str, Any]) -> None:
        variables, local = _typed(step.get("variables")), _typed(step.get("localVariables"))
        self._answer(step, c.CompleteExternalJob(self.external(step), step["worker"], variables, local))

    def do_external_error(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        job, worker = self.external(step), step["worker"]
        self._answer(step, c.ThrowErrorFromJob(job, worker, step["code"], step.get("message", ""), variables))

    def _answer(self, step: dict[str, Any], command: Any) -> None:
        """Flowable notes what a worker says and takes it in a job of its own; elsewhere it is taken at once."""
        if self.dialect == "flowable":
            self.answers[self.observer.id_of(step["instance"]), step["at"]] = command
        else:
            self.execute(command)

    def do_fail_external(self, step: dict[str, Any]) -> None:
        pause = timedelta(milliseconds=step.get("retryTimeoutMs", 0))
        job, worker, reason = self.external(step), step["worker"], step.get("message", "")
        variables = {**_typed(step.get("variables")), **_typed(step.get("localVariables"))}
        self.execute(c.FailExternalJob(job, worker, reason, "", step.get("retries"), pause, variables))

    def do_unlock_external(self, step: dict[str, Any]) -> None:
        self.execute(c.UnlockJob(self.external(step)))

    def do_set_external_retries(self, step: dict[str, Any]) -> None:
        """Of one that has none left only the incident is there; retried it is a new job."""
        try:
            self.execute(c.SetJobRetries(self.external(step), step["retries"]))
        except NotFound:
            self.execute(c.RetryIncident(self.incident(step)))

    def _task_token(self, step: dict[str, Any]) -> str:
        return self.token({**step, "at": step["task"]})

    def _set_variables(self, place: str, step: dict[str, Any]) -> None:
        self.execute(c.SetVariables(place, _typed(step["variables"]), local=bool(step.get("local"))))


def _typed(variables: Mapping[str, Any] | None) -> dict[str, Any]:
    """The recordings' typed values."""
    return {name: _value(value) for name, value in (variables or {}).items()}


def _value(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"@date"}:
        return datetime.fromisoformat(value["@date"]).replace(tzinfo=UTC)
    if isinstance(value, dict):
        return _typed(value)
    return [_value(entry) for entry in value] if isinstance(value, list) else value
