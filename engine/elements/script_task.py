"""Script task (BPMN 2.0, 10.3.3): a script of the model, run in its sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from bpmn.model.execution import Code
from engine.elements.task import Task
from engine.expressions import LANGUAGES, ExpressionError, check_script
from engine.judgement import RUNS, Judgement, person
from engine.spiff.evaluation import Evaluator
from engine.spiff.failures import ElementFailure
from engine.spiff.script import Script

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class ScriptTask(Task):
    """Without a script, or guided and in a language that does not run here, it is a person's."""

    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        details = c.execution(node)
        self.script = details.script
        self.result_variable = details.script_result_variable
        self.flaw = _flaw(self.script) if self.script is not None else None
        self.manual = c.guided and (self.is_empty or self.flaw is not None)

    @property
    def is_empty(self) -> bool:
        script = self.script
        return script is None or not (script.text.strip() or script.resource)

    def judge(self) -> Judgement:
        if self.is_empty:
            if self.manual:
                return super().judge()
            return Judgement("runs", "It has no script and is passed.", code="no-script")
        if self.flaw is None:
            return RUNS
        if self.manual:
            return person(f"{self.flaw.reason} A person does it.", self.flaw.code)
        return Judgement("will_not_run", self.flaw.reason, self.flaw.fix, self.flaw.code)

    def perform(self, token: Token) -> bool | None:
        script = self.script
        if script is None or self.is_empty or self.manual:
            return True
        if self.flaw is not None:
            raise ElementFailure(self.flaw.code, self.flaw.reason, self.flaw.fix, script.text)
        if (not script.script and LANGUAGES[script.language].run_script is None) or script.language in ("juel", "feel"):
            value = Evaluator(script).value(token)
        else:
            value = Script(script).run(token)
        if self.result_variable:
            token.data[self.result_variable] = value
        return True


def _flaw(script: Code) -> ElementFailure | None:
    """Why the script cannot run, whatever the variables are."""
    if script.language not in LANGUAGES:
        known = ", ".join(name for name in LANGUAGES if name != "text")
        reason = f"The script is written in {script.language}, which does not run here."
        return ElementFailure("language", reason, f"Write it in one of {known}, or deploy the process as guided.")
    if not script.text.strip():
        reason = f"The script lies in the file {script.resource}, which is not read here."
        return ElementFailure("script-resource", reason, "Write the script into the model.")
    try:
        check_script(script.text, script.language)
    except ExpressionError as error:
        where = f" (line {error.line})" if error.line else ""
        return ElementFailure("expression", f"{error.message}{where}", error.fix or "Correct the script.")
    return None
