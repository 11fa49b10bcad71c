"""A loaded root in, a Step out: what a command does with running instances, without session, network or clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.elements.ad_hoc_sub_process import AdHocSubProcess
from engine.elements.escalation_event import throw_escalation
from engine.elements.event_based_gateway import EventBasedGateway
from engine.elements.receive_task import ReceiveTask
from engine.elements.service_task import ServiceTask
from engine.elements.user_task import UserTask
from engine.errors import Conflict, Invalid, NotFound
from engine.runtime.loaded import LoadedRoot
from engine.runtime.records import InstanceRecord
from engine.spiff.external_view import ExternalTaskView
from engine.spiff.failures import BpmnError, ElementFailure
from engine.spiff.scope import Variables, check_kept
from engine.spiff.throwing import throw_error
from engine.spiff.token import Token
from engine.spiff.waits import Entry, close_wait, entries
from engine.spiff.workflow import ProcessWorkflow


class Root(LoadedRoot):
    """One root process instance with all that it called. Each method moves it until everything in it waits again."""

    def start(
        self,
        definition_id: str,
        variables: Mapping[str, Any],
        business_key: str | None = None,
        start_element: str | None = None,
        conversation: str | None = None,
    ) -> str:
        """Start an instance as this root; its id."""
        spec = self.library.spec(definition_id)
        workflow = self.workflow = ProcessWorkflow(self.root_id, self.library, spec, self.bounds)
        assert self._now is not None
        workflow.begin(self._now, self._actor, self._failures, self._chain)
        instance = InstanceRecord(
            id=self.root_id,
            root_id=self.root_id,
            definition_id=definition_id,
            key=spec.name,
            started_at=self._now,
            business_key=business_key,
            conversation=conversation or self.root_id,
            started_by=self._actor,
        )
        body = workflow.add_instance(instance, spec, None, {"start": start_element} if start_element else None)
        workflow.task_tree = body
        for name, value in variables.items():
            body.scope.set(name, value)
        workflow.advance()
        return instance.id

    def complete_user_task(
        self, token: int, wait: int, variables: Mapping[str, Any], outcome: list[str] | None = None
    ) -> None:
        """A person has done the task; `outcome` are the flows chosen where it is a gateway's question."""
        at, entry = self._waiting(token, wait)
        check_kept(variables)
        if entry.purpose == "question":
            options = {flow.id for flow in at.task_spec.outgoing}
            if not outcome or not set(outcome) <= options:
                raise Invalid(
                    "The answer is none of the ways out of the gateway.", fix=f"Choose of {', '.join(sorted(options))}."
                )
            if len(outcome) > 1 and not getattr(at.task_spec, "multiple", False):
                raise Invalid("Only one way can be taken here.", fix="Choose one.")
            at.remember(chosen=list(outcome))
            names = [flow.name or flow.target for flow in at.task_spec.outgoing if flow.id in outcome]
            self._workflow.record(
                "question-answered",
                at.instance.id,
                element_id=at.task_spec.element_id,
                token=at.id,
                data={"chosen": names},
            )
        self._happen(at, entry, dict(variables))

    def trigger(self, token: int, wait: int, variables: Mapping[str, Any]) -> None:
        """What the token waited for has come: a time, a message or signal, a job's result, its turn."""
        at, entry = self._waiting(token, wait)
        check_kept(variables)
        self._happen(at, entry, dict(variables))

    def signal(self, token: int, variables: Mapping[str, Any]) -> None:
        """Let a token go on from where it is, whatever it waits for there; one that waits for nothing but this, too."""
        at = self._workflow.tasks.get(token)
        if at is None:
            raise Conflict("This token has moved on.", fix="Look at the instance as it is now.")
        here = at.task_spec
        if here.process.dialect in ("flowable", "activiti") and isinstance(here, UserTask):
            raise Conflict("A person's task is completed, not triggered.", fix="Complete the task.")
        waits = [entry for entry in entries(at) if entry.kind != "incident"]
        if not isinstance(here, EventBasedGateway):
            waits = [entry for entry in waits if entry.element_id == here.element_id]
        if not waits and not isinstance(here, ReceiveTask):
            raise Conflict("This token waits for nothing of that kind.", fix="Look at the instance as it is now.")
        entry = waits[0] if waits else Entry(0, "signal", here.element_id, "signal")
        self._happen(at, entry, dict(variables))

    def evaluate_conditions(self, instance_id: str) -> None:
        """Look at every conditional event of the root, as Flowable does when asked to."""
        if instance_id not in self._workflow.bodies:
            raise NotFound("There is no such running instance.")
        self._workflow.look_at_conditions(asked=True)
        self._workflow.advance()

    def start_ad_hoc(self, token: int, element_id: str) -> None:
        """Start an activity of the ad-hoc sub-process that the token is in."""
        spec, at = self._ad_hoc(token)
        spec.begin(at, element_id)
        self._workflow.advance()

    def complete_ad_hoc(self, token: int) -> None:
        """Nothing more is to be done in the ad-hoc sub-process."""
        spec, at = self._ad_hoc(token)
        spec.check_may_end(at)
        self._workflow.guard(at, lambda: spec.end(at))
        self._workflow.advance()

    def own_scope(self, token: int) -> int:
        """The number of the token's own scope, which it gets if it has none: for variables that only it sees."""
        at = self._workflow.tasks.get(token)
        if at is None:
            raise NotFound("There is no such token.")
        if at.scope.token != at.id:
            at.scope = self._workflow.add_scope(at.instance.id, at.scope, at.id)
            self._workflow.changes.token_changed(at)
        return at.scope.number

    def throw_error(
        self, token: int, wait: int, code: str, message: str | None = None, variables: Mapping[str, Any] | None = None
    ) -> None:
        """A program or person ends what the token waits for with a BPMN error."""
        at, entry = self._waiting(token, wait)
        close_wait(at, entry, "completed")
        throw_error(at, BpmnError(code, message, dict(variables or {})))
        self._workflow.advance()

    def throw_escalation(self, token: int, wait: int, code: str, variables: Mapping[str, Any] | None = None) -> bool:
        """A person escalates while the task stays open, unless the handler interrupts it. False: nobody handles it."""
        at, _ = self._waiting(token, wait)
        handled = throw_escalation(at, code, dict(variables or {}))
        self._workflow.advance()
        return handled

    def try_failed(
        self, token: int, wait: int, reason: str, retries: int, worker: str, variables: Mapping[str, Any]
    ) -> bool:
        """A worker's try has failed: True where the model counts that as a BPMN error, which is thrown."""
        at, entry = self._waiting(token, wait)
        spec = at.task_spec
        if not isinstance(spec, ServiceTask):
            return False
        try:
            spec.try_failed(at, ExternalTaskView(reason, retries, worker), dict(variables))
        except BpmnError as error:
            close_wait(at, entry, "completed")
            throw_error(at, error)
            self._workflow.advance()
            return True
        self._workflow.advance()
        return False

    def task_changed(self, token: int, wait: int, event: str) -> None:
        """Tell the listeners of an open task that it was changed: `assignment`, `update`."""
        at, _ = self._waiting(token, wait)
        spec = at.task_spec
        if isinstance(spec, UserTask):
            self._workflow.guard(at, lambda: spec.changed(at, event))
        self._workflow.advance()

    def fail(self, token: int, wait: int, code: str, reason: str, fix: str = "") -> None:
        """The last try of what the token waits for has failed: it becomes an incident."""
        at, entry = self._waiting(token, wait)
        close_wait(at, entry)
        if entry.element_id == at.task_spec.element_id and not at.children:
            at.rest()  # begun and not done: retried, it begins again
        self._workflow.stop(at, ElementFailure(code, reason, fix), job=wait)

    def retry(self, token: int, incident: int) -> None:
        """Let what stopped try again."""
        at, entry = self._waiting(token, incident)
        close_wait(at, entry, "resolved")
        self._workflow.resume(at)
        self._workflow.advance()

    def set_variables(self, scope: int | str, variables: Mapping[str, Any], local: bool = False) -> None:
        """Set variables as seen from a scope (its number) or an instance (its id); `local`: in that very scope."""
        place = self._scope(scope)
        check_kept(variables)
        for name, value in variables.items():
            if local:
                place.set(name, value)
            else:
                Variables(place)[name] = value
        self._workflow.advance()

    def remove_variables(self, scope: int | str, names: list[str], local: bool = False) -> None:
        """Take variables out; a name that is not there is no fault."""
        place = self._scope(scope)
        for name in names:
            if local:
                place.remove(name)
            else:
                Variables(place).pop(name, None)
        self._workflow.advance()

    def cancel(self, instance_id: str, reason: str | None = None) -> None:
        """End an instance with all that goes on in it. Who called it goes on; in Camunda the call is gone."""
        workflow = self._workflow
        body = workflow.bodies.get(instance_id)
        if body is None:
            raise NotFound("There is no such running instance.")
        caller = body.parent
        workflow.end_instance(body.instance, "cancelled", reason)
        workflow.cancel_token(body)
        if caller is not None and caller.task_spec.process.dialect == "camunda7":
            # What holds nothing else is gone with it.
            while caller.parent is not None and len(caller.parent.children) == 1:
                caller = caller.parent
            workflow.cancel_token(caller)
        elif caller is not None:
            workflow.pending.append(caller)
        workflow.advance()

    # -- inside -----------------------------------------------------------------------------------------------------

    def _ad_hoc(self, token: int) -> tuple[AdHocSubProcess, Token]:
        at = self._workflow.tasks.get(token)
        if at is None or not isinstance(at.task_spec, AdHocSubProcess):
            raise NotFound("There is no such ad-hoc sub-process going on.")
        return at.task_spec, at
