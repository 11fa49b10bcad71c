"""A script of the model, run where a token is: it sees the variables, and what it sets is set."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from bpmn.model.execution import Code
from engine.expressions import ThrownError, run_script
from engine.spiff.evaluation import Evaluator
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
        text = self.code.text or self._resource(token)
        variables: Any = token.data
        if self.code.language in OF_SUITES:
            variables = ChainMap({}, token.data, views or views_of(token))
        try:
            result = run_script(text, self.code.language, variables, functions=functions_of(token))
        except ThrownError as error:
            raise BpmnError(error.code, error.message, data=error.data) from error
        token.data.update(result.changed)
        return result.value

    def _resource(self, token: Token) -> str:
        """The script that lies in a file of the same deployment; its name may be an expression."""
        if self.code.resource is None:
            return ""
        name = str(Evaluator(Code(self.code.resource, "juel")).value(token))
        for scheme in ("deployment://", "classpath://"):
            name = name.removeprefix(scheme)
        text = token.workflow.library.resource(token.instance.definition_id, name)
        if text is None:
            raise ElementFailure(
                "script-resource",
                f"The script lies in the file {name}, which was not deployed with the model.",
                "Deploy it with the model, or write the script into the model.",
            )
        return text
