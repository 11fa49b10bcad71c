"""Script task (BPMN 2.0, 10.3.3): a script of the model, run in its sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.task import Task
from engine.expressions import LANGUAGES
from engine.judgement import RUNS, Judgement
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
        runs = self.script is not None and self.script.language in LANGUAGES and bool(self.script.text.strip())
        self.manual = c.guided and not runs

    def judge(self) -> Judgement:
        script = self.script
        if script is None or not script.text.strip():
            if self.manual:
                return super().judge()
            return Judgement("runs", "It has no script and is passed.", code="no-script")
        if script.language in LANGUAGES:
            return RUNS
        reason = f"Its script is written in {script.language}, which does not run here."
        if self.manual:
            return Judgement("guided", f"{reason} A person does it.", "", "language", by_person=True)
        return Judgement("will_not_run", reason, "Write it in Python, or deploy the process as guided.", "language")

    def perform(self, token: Token) -> bool | None:
        script = self.script
        if script is None or not script.text.strip():
            return True
        if script.language not in LANGUAGES:
            raise ElementFailure(
                "language",
                f"“{self.title}” is written in {script.language}, which does not run here.",
                "Write it in " + ", ".join(name for name in LANGUAGES if name != "text") + ".",
            )
        if (not script.script and LANGUAGES[script.language].run_script is None) or script.language in ("juel", "feel"):
            value = Evaluator(script).value(token)
        else:
            value = Script(script).run(token)
        if self.result_variable:
            token.data[self.result_variable] = value
        return True
