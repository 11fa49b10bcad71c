"""Call activity (BPMN 2.0, 10.3.6): another process as an instance of its own, inside the caller's root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from bpmn.model.execution import CalledElement
from engine.elements.activity import Activity
from engine.elements.handover import Handover
from engine.elements.mappings import set_from
from engine.elements.person import Assignee, ask
from engine.errors import Conflict, NotFound
from engine.judgement import Judgement, person
from engine.runtime.records import InstanceRecord
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class CallActivity(Activity):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        called = c.execution(node).called
        self.called: CalledElement | None = called
        self.guided = c.guided
        self.assignee = Assignee(c.execution(node), c)
        # Without mappings, plain files share all variables with what they call; suites hand over what is declared.
        self.shares_all = c.is_plain and not (called and (called.inputs or called.outputs))
        self.key = c.evaluator(called.key) if called else None
        self.version = c.evaluator(called.version) if called else None
        self.business_key = c.evaluator(called.business_key) if called else None
        self.handed_in = [Handover(mapping, c) for mapping in called.inputs] if called else []
        self.handed_back = [Handover(mapping, c) for mapping in called.outputs] if called else []

    def judge(self) -> Judgement:
        if self.called is not None:
            return Judgement("runs", f"It calls “{self.called.key.text}”, which must be deployed too.", code="calls")
        if self.guided:
            return person("It names no process, so a person does it.", "no-called-element")
        return Judgement("will_not_run", "It names no process.", "Say which process it calls.", "no-called-element")

    def perform(self, token: Token) -> bool | None:
        workflow = token.workflow
        key = self.key.text(token) if self.key is not None else None
        try:
            definition_id = self._find(token, key)
        except (NotFound, Conflict, ElementFailure) as missing:
            if not self.guided:
                raise ElementFailure(
                    "not-deployed", f"“{self.title}” calls {key!r}: {missing}", "Deploy that process, then retry."
                ) from missing
            ask(token, self, "task", self.assignee)
            return None
        if _depth(token) >= workflow.bounds.call_depth:
            raise ElementFailure(
                "too-deep",
                f"“{self.title}” is {workflow.bounds.call_depth} calls deep.",
                "Look for a process that calls itself without end; cancel the instance.",
            )
        self._start(token, definition_id)
        return None

    def _find(self, token: Token, key: str | None) -> str:
        called = self.called
        if called is None or not key:
            raise ElementFailure("no-called-element", "it names no process.")
        version = self.version.text(token) if self.version is not None else None
        return token.workflow.library.called(key, called.binding, version, token.instance.definition_id)

    def _start(self, token: Token, definition_id: str) -> None:
        workflow, caller = token.workflow, token.instance
        spec = workflow.library.spec(definition_id)
        business_key = self.business_key.text(token) if self.business_key is not None else None
        if business_key is None and self.called is not None and self.called.inherit_business_key:
            business_key = caller.business_key
        instance = InstanceRecord(
            id=f"{workflow.root_id}-{workflow.next_number()}",
            root_id=workflow.root_id,
            definition_id=definition_id,
            key=spec.name,
            started_at=workflow.now,
            parent_id=caller.id,
            parent_token=token.id,
            business_key=business_key,
            conversation=caller.conversation,
            started_by=workflow.actor,
        )
        body = workflow.add_instance(instance, spec, token)
        if self.shares_all or (self.called is not None and self.called.inherit_variables):
            for name, value in token.data.stored().items():
                body.scope.set(name, value)
        for mapping in self.handed_in:
            mapping.hand_over(token, body)

    def passes_through(self, token: Token, thrower: Token) -> None:
        """An error or escalation comes out of the called process: Camunda hands over what there is by then."""
        if self.process.dialect == "camunda7":
            for mapping in self.handed_back:
                mapping.hand_over(thrower, token, spread=True)

    def returned(self, token: Token, body: Token) -> None:
        """The called process is done; `body` is its token, still there to be read."""
        if self.shares_all or (self.called is not None and self.called.propagate_all):
            for name in body.scope.names():
                set_from(token.scope, name, body.scope.get(name))
        for mapping in self.handed_back:
            mapping.hand_over(body, token, spread=True)
        token.remember(done=True)


def _depth(token: Token) -> int:
    depth, instance = 0, token.instance
    while instance.parent_id is not None:
        depth += 1
        instance = token.workflow.instances[instance.parent_id]
    return depth
