"""The person at the terminal is asked: which task, each field of it, or the answer to a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.queries.user_task import TaskView
from webapp.cli.options import chosen_flows, offered, takes_several
from webapp.cli.output import Output, PlainFailure
from webapp.cli.people.fields import fields_to_fill
from webapp.cli.people.person import Answer, Beginning, ServiceJob
from webapp.cli.together import Models
from webapp.cli.variables import parse_pairs
from webapp.forms.field import Field, Unreadable, read


class AskedPerson:
    """Asks again where an answer cannot be understood; an end of input ends the run."""

    def __init__(self, output: Output, models: Models | None = None) -> None:
        self.output = output
        self.models = models or Models()

    def begin(self, process: Beginning) -> Mapping[str, Any]:
        self.output.say(f"To start {process.name}:", style="bold")
        return {each.name: self._value(each) for each in process.fields}

    def choose(self, tasks: Sequence[TaskView]) -> TaskView:
        if len(tasks) == 1:
            return tasks[0]
        for number, view in enumerate(tasks, 1):
            lane = f" ({view.task.lane})" if view.task.lane else ""
            self.output.say(f"{number:3} {view.task.name or view.task.element_id}{lane}")
        while True:
            typed = self._ask("Which is done next?", "1")
            if typed.isdecimal() and 1 <= int(typed) <= len(tasks):
                return tasks[int(typed) - 1]
            self.output.say(f"A number from 1 to {len(tasks)}, please.")

    def answer(self, task: TaskView) -> Answer:
        self.output.say(task.task.name or task.task.element_id, style="bold")
        if offered(task):
            return Answer(outcome=self._choice(task))
        if task.task.kind == "happened":
            self._ask("Press Enter when this has happened.")
            return Answer()
        given = {each.name: self._value(each) for each in fields_to_fill(task, self.models)}
        if (task.form or {}).get("fields"):
            return Answer(given)
        return Answer({**given, **self._pairs("Variables to set (name=value, several with ;), or Enter")})

    def stand_in(self, job: ServiceJob) -> Mapping[str, Any]:
        self.output.say(f"{job.name} would call {job.target}.", style="bold")
        return self._pairs("What does it give back (name=value, several with ;), or Enter")

    def _choice(self, task: TaskView) -> tuple[str, ...]:
        ways = offered(task)
        for number, (_, name) in enumerate(ways, 1):
            self.output.say(f"{number:3} {name}")
        several = takes_several(task)
        while True:
            typed = self._ask("Which of them, several with commas?" if several else "Which?")
            words = [word.strip() for word in typed.split(",")] if several else [typed]
            names = [ways[int(w) - 1][0] if w.isdecimal() and 1 <= int(w) <= len(ways) else w for w in words]
            try:
                return chosen_flows(task, names)
            except PlainFailure as failure:
                self.output.say(str(failure))

    def _value(self, asked: Field) -> Any:
        hint = f" ({', '.join(value for value, _ in asked.options)})" if asked.options else ""
        while True:
            typed = self._ask(f"{asked.label}{hint}", asked.shown)
            if asked.kind == "boolean":
                typed = "true" if typed.lower() in ("y", "yes", "true", "on") else ""
            try:
                value = read(asked, typed)
            except Unreadable as wrong:
                self.output.say(str(wrong))
                continue
            if value is not None or not asked.required:
                return value
            self.output.say("This is needed.")

    def _pairs(self, question: str) -> dict[str, Any]:
        while True:
            typed = self._ask(question)
            try:
                return parse_pairs(part.strip() for part in typed.split(";") if part.strip())
            except PlainFailure as failure:
                self.output.say(str(failure))

    def _ask(self, question: str, otherwise: str = "") -> str:
        try:
            typed = input(f"{question} [{otherwise}] " if otherwise else f"{question} ")
        except EOFError:
            raise PlainFailure("The answers ended before the process did.", fix="Try --random 1.") from None
        return typed.strip() or otherwise
