"""Service task (BPMN 2.0, 10.3.3): a program does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.activity import Activity
from engine.elements.service import Service
from engine.judgement import Judgement
from engine.spiff.external_view import ExternalTaskView
from engine.spiff.waits import Entry

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class ServiceTask(Activity):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.service = Service(node, c)

    def judge(self) -> Judgement:
        return self.service.judge()

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        if entry.purpose == "work":
            self.service.take(token, variables)
            self.service.check_errors(token)
            variables = {}
        super().triggered(token, entry, variables)

    def try_failed(self, token: Token, external: ExternalTaskView, variables: dict[str, Any]) -> None:
        """A worker could not do it. Raises BpmnError where the model counts that as one."""
        token.data.update(variables)
        self.service.check_errors(token, external)

    def perform(self, token: Token) -> bool | None:
        return self.service.begin(token, self)
