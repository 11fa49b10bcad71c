"""Answers from a file: a list of `{"task": name or id, "variables": {...}, "answer": [...]}`, each used once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.queries.user_task import TaskView
from webapp.cli.options import chosen_flows
from webapp.cli.output import PlainFailure
from webapp.cli.people.person import Answer, Beginning, ServiceJob

WORDS = {"task", "variables", "answer"}


class PersonFromFile:
    """Does tasks in the file's order, as far as they are open; where none of the open ones is in it, the run fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries = _read(path)

    def begin(self, process: Beginning) -> Mapping[str, Any]:
        return self._taken(process.name, process.key)

    def choose(self, tasks: Sequence[TaskView]) -> TaskView:
        for entry in self.entries:
            for task in tasks:
                if _means(entry, task):
                    return task
        names = ", ".join(task.task.name or task.task.element_id for task in tasks)
        raise PlainFailure(f"{self.path} has no more answers for what is asked: {names}.", fix="Add an entry for it.")

    def answer(self, task: TaskView) -> Answer:
        entry = next(each for each in self.entries if _means(each, task))
        self.entries.remove(entry)
        answers = entry.get("answer") or []
        flows = chosen_flows(task, [answers] if isinstance(answers, str) else answers)
        return Answer(entry.get("variables") or {}, flows)

    def stand_in(self, job: ServiceJob) -> Mapping[str, Any]:
        return self._taken(job.name, job.target)

    def _taken(self, *names: str) -> Mapping[str, Any]:
        """The variables of the first entry for it, which is then used; none where there is no entry."""
        for entry in self.entries:
            if entry["task"] in names:
                self.entries.remove(entry)
                variables: Mapping[str, Any] = entry.get("variables") or {}
                return variables
        return {}


def _means(entry: Mapping[str, Any], view: TaskView) -> bool:
    return entry["task"] in (view.task.name, view.task.element_id)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise PlainFailure(f"{path} cannot be opened: {failure.strerror}.") from failure
    except ValueError as failure:
        raise PlainFailure(f"{path} is not JSON: {failure}.") from failure
    if not isinstance(entries, list):
        raise PlainFailure(f"{path} is no list of answers.")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("task"), str) or set(entry) - WORDS:
            raise PlainFailure(
                f"Entry {number} of {path} is no answer.", fix='It looks like {"task": "In stock?", "answer": ["yes"]}.'
            )
    return entries
