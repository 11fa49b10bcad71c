"""A script of the model, run where a token is: it sees the variables, and what it sets is set."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from bpmn.model.execution import Code
from engine.expressions import ThrownError, run_script
from engine.spiff.failures import BpmnError, ElementFailure
from engine.spiff.views import functions_of, views_of

if TYPE_CHECKING:
    from engine.spiff.token import Token

# What Camunda and Flowable write their scripts in; these see `execution` and `task`.
OF_SUITES = ("juel", "groovy")


class Script:
    def __init__(self, code: Code) -> None:
        self.code = code

    def run(self, token: Token, views: dict[str, Any] | None = None) -> Any:
        """The value of its last expression. A BPMN error that it throws goes the way of the model's."""
        if self.code.resource is not None and not self.code.text:
            raise ElementFailure(
                "script-resource",
                f"The script lies in the file {self.code.resource}, which is not read here.",
                "Write the script into the model.",
            )
        variables: Any = token.data
        if self.code.language in OF_SUITES:
            variables = ChainMap({}, token.data, views or views_of(token))
        try:
            result = run_script(self.code.text, self.code.language, variables, functions=functions_of(token))
        except ThrownError as error:
            raise BpmnError(error.code, error.message) from error
        token.data.update(result.changed)
        return result.value
