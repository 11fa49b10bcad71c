"""Answers by chance, the same for the same seed: a model's smoke test."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from engine.queries.user_task import TaskView
from webapp.cli.options import offered, takes_several
from webapp.cli.people.fields import fields_to_fill
from webapp.cli.people.person import Answer, Beginning, ServiceJob
from webapp.cli.together import Models
from webapp.forms.field import Field

LARGEST = 10_000
SOME_DAY = date(2026, 1, 1)


class RandomPerson:
    """Takes any open task, any branch, any value a field allows; a text keeps what it says already.

    With models it also gives what the next decision reads, where a task declares no fields.
    """

    def __init__(self, seed: int, models: Models | None = None) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.models = models or Models()

    def begin(self, process: Beginning) -> Mapping[str, Any]:
        """Drawn apart, so that what is given by hand changes nothing of what is answered later."""
        apart = RandomPerson(0, self.models)
        apart.random.seed(f"{self.seed} {process.key}")
        return {each.name: apart._value(each) for each in process.fields}

    def choose(self, tasks: Sequence[TaskView]) -> TaskView:
        return self.random.choice(tasks)

    def answer(self, task: TaskView) -> Answer:
        ways = [flow for flow, _ in offered(task)]
        if ways:
            count = self.random.randint(1, len(ways)) if takes_several(task) else 1
            return Answer(outcome=tuple(self.random.sample(ways, count)))
        return Answer({each.name: self._value(each) for each in fields_to_fill(task, self.models)})

    def stand_in(self, job: ServiceJob) -> Mapping[str, Any]:
        return {}

    def _value(self, asked: Field) -> Any:
        match asked.kind:
            case "choice":
                return self.random.choice([value for value, _ in asked.options]) if asked.options else asked.value
            case "boolean":
                return self.random.random() < 0.5
            case "integer" | "decimal":
                return self._between(asked)
            case "number":
                return float(self._between(asked))
            case "date":
                return SOME_DAY + timedelta(days=self.random.randrange(365))
            case "datetime" | "json":
                return asked.value
        return asked.value if asked.value is not None else asked.label

    def _between(self, asked: Field) -> int:
        low = int(float(asked.rules.get("min") or 0))
        high = int(float(asked.rules.get("max") or max(LARGEST, low)))
        return self.random.randint(low, max(low, high))
