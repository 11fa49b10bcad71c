"""What events share (BPMN 2.0, 10.5): the definitions of what they catch or throw, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.conditional_event import ConditionalEvent
from engine.elements.event_definition import EventDefinition
from engine.elements.flow_node import FlowNode
from engine.elements.mappings import MappingRule
from engine.judgement import RUNS, Judgement, worst
from engine.spiff.failures import BpmnError
from engine.spiff.waits import Entry, close_wait, close_waits, entries

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.scope import Touch
    from engine.spiff.token import Token


class Event(FlowNode):
    def __init__(self, process: ProcessSpec, node: m.Event, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.definitions: list[EventDefinition] = c.event_definitions(node)
        self.waits_for_all = bool(getattr(node, "parallel_multiple", None)) and len(self.definitions) > 1
        details = c.execution(node)
        self.code_variable = details.code_variable
        self.message_variable = details.message_variable
        self.payload = [MappingRule(mapping, c) for mapping in details.variables_for_event]
        if details.variable_event:
            self.definitions.append(ConditionalEvent.of_variable(details, guided=c.guided))

    def is_only_part(self, token: Token, entry: Entry, variables: dict[str, Any]) -> bool:
        """Of an event that waits for several things (parallelMultiple): note this one, and wait for the others."""
        others = [each for each in entries(token) if each.element_id == self.element_id and each != entry]
        if not self.waits_for_all or not others:
            return False
        close_wait(token, entry, "completed")
        token.data.update(self.received(token, variables))
        return True

    def _update_hook(self, my_task: Token) -> bool:
        self.open(my_task)
        return my_task.is_open

    def received(self, token: Token, variables: dict[str, Any]) -> dict[str, Any]:
        """Only what the model takes from it, where the model says so (Flowable: in parameters)."""
        if not self.payload:
            return variables
        return {rule.name(token) or "": rule.value(token, variables) for rule in self.payload}

    def judge(self) -> Judgement:
        return worst(RUNS, *(definition.judge() for definition in self.definitions))

    def arm(self, token: Token) -> None:
        """Let a token wait for each thing that this event catches."""
        for definition in self.definitions:
            definition.arm(token, self)

    @property
    def jumps_to(self) -> list[str]:
        return [target for definition in self.definitions for target in definition.targets]

    @property
    def watches_conditions(self) -> bool:
        """Whether changes of variables make it happen."""
        return any(isinstance(definition, ConditionalEvent) for definition in self.definitions)

    def condition_met(self, token: Token, touched: list[Touch]) -> bool:
        return any(d.is_met(token, touched) for d in self.definitions)

    def wait_again(self, token: Token, entry: Entry) -> None:
        """It has happened and did not interrupt: wait for the next time, where there may be one."""
        close_wait(token, entry, "completed")
        if len(self.definitions) == 1:
            # A message and the person who may say that it came are two waits for one thing.
            close_waits(token, element_id=self.element_id)
        for definition in self.definitions:
            if definition.kind == entry.purpose or len(self.definitions) == 1:
                definition.rearm(token, self)

    @property
    def catches_errors(self) -> bool:
        """Errors always interrupt, whatever is written (10.5.6): who threw one does not go on."""
        return any(definition.kind == "error" for definition in self.definitions)

    @property
    def catches_any(self) -> bool:
        """Whether it names no code and so catches every error or escalation."""
        return any(definition.catches_any for definition in self.definitions)

    def catches_thrown(self, kind: str, code: str | None) -> bool:
        return any(d.kind == kind and d.catches_code(code) for d in self.definitions)

    def thrown_variables(self, token: Token, error: BpmnError) -> dict[str, Any]:
        """What a caught error or escalation brings along."""
        if self.payload:
            # What Flowable's in parameters can name.
            seen = {**error.data, **error.variables, "errorCode": error.code, "errorMessage": error.message}
            return {rule.name(token) or "": rule.value(token, seen) for rule in self.payload}
        variables = dict(error.variables)
        if self.code_variable:
            variables[self.code_variable] = error.code
        if self.message_variable:
            variables[self.message_variable] = error.message
        return variables
