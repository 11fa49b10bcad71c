"""Link event definition (BPMN 2.0, 10.5.5): a jump to the catching link of the same name in the same process level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.judgement import RUNS, Judgement
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class LinkEvent(EventDefinition):
    kind = "link"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.LinkEventDefinition)
        assert isinstance(node, m.Event)
        self.guided = c.guided
        self.throws = isinstance(node, m.ThrowEvent)
        self.link_name = definition.name or node.name
        self.targets = [
            c.name_of(other)
            for other in c.containers[c.name_of(node)].flow_elements
            if isinstance(other, m.IntermediateCatchEvent)
            for theirs in c.definitions_of(other)
            if isinstance(theirs, m.LinkEventDefinition) and (theirs.name or other.name) == self.link_name
        ]

    def judge(self) -> Judgement:
        if self.throws and not self.targets and self.guided:
            return Judgement(
                "guided", f"Nothing catches the link {self.link_name!r}: the way ends there.", "", "no-link"
            )
        if self.throws and not self.targets:
            return Judgement(
                "will_not_run", f"No link catches {self.link_name!r}.", "Draw a catching link of that name.", "no-link"
            )
        return RUNS

    def throw(self, token: Token, event: Any) -> None:
        if not self.targets and not self.guided:
            raise ElementFailure(
                "no-link",
                f"“{event.title}” jumps to the link {self.link_name!r}, which nothing catches.",
                "Draw a catching link event of the same name.",
            )
        workflow = token.workflow
        for target in self.targets[:1]:
            workflow.place(
                event.process.task_specs[target], token.parent, token.scope, token.instance, memory={"happened": True}
            )
