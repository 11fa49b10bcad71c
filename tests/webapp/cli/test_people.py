"""Who answers while a model runs in the terminal: by chance, from a file, at the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.queries.user_task import TaskView
from engine.queries.user_tasks import TaskRow
from webapp.cli.output import Output, PlainFailure
from webapp.cli.people import AskedPerson, PersonFromFile, RandomPerson, ServiceJob

WAYS = [{"id": "f1", "name": "yes"}, {"id": "f2", "name": "no"}, {"id": "f3", "name": "later"}]
FIELDS = [
    {"id": "amount", "type": "long", "label": "Amount", "required": True, "constraints": {"min": "5", "max": "7"}},
    {"id": "kind", "type": "enum", "label": "Kind", "options": [["a", "Kind A"], ["b", "Kind B"]]},
    {"id": "seen", "type": "boolean", "label": "Seen"},
    {"id": "locked", "type": "string", "label": "Locked", "writable": False},
]


def view(name: str, form: dict[str, Any] | None = None, kind: str = "task") -> TaskView:
    row: dict[str, Any] = dict.fromkeys(TaskRow.__dataclass_fields__)
    row |= {"id": name.lower(), "name": name, "kind": kind, "element_id": name.replace(" ", "_").lower()}
    row |= {"candidate_users": (), "candidate_groups": (), "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return TaskView(TaskRow(**row), form, {}, frozenset({"complete"}))


def question(*, several: bool = False) -> TaskView:
    return view("In stock?", {"options": WAYS, "multiple": several}, "question")


def answers(tmp_path: Path, *entries: Any) -> PersonFromFile:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(list(entries)), encoding="utf-8")
    return PersonFromFile(path)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lines as somebody at the terminal types them."""

    def types(*lines: str) -> AskedPerson:
        waiting: Iterator[str] = iter(lines)

        def read(_prompt: str) -> str:
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", read)
        return AskedPerson(Output())

    return types


@pytest.mark.parametrize("seed", range(20))
def test_chance_keeps_to_what_is_offered(seed: int) -> None:
    person = RandomPerson(seed)
    assert len(person.answer(question()).outcome) == 1
    several = person.answer(question(several=True)).outcome
    assert set(several) <= {"f1", "f2", "f3"}
    assert len(several) == len(set(several)) >= 1
    values = person.answer(view("Record", {"fields": FIELDS})).variables
    assert set(values) == {"amount", "kind", "seen"}
    assert 5 <= values["amount"] <= 7
    assert values["kind"] in ("a", "b")
    assert isinstance(values["seen"], bool)


def test_chance_is_the_same_for_the_same_seed() -> None:
    def some(seed: int) -> list[tuple[str, ...]]:
        person = RandomPerson(seed)
        return [person.answer(question()).outcome for _ in range(20)]

    assert some(7) == some(7) != some(8)


def test_a_file_does_what_is_open_in_its_order(tmp_path: Path) -> None:
    pack = {"task": "Pack", "variables": {"boxes": 2}}
    person = answers(
        tmp_path, {"task": "In stock?", "answer": ["No"]}, pack, {"task": "Pay", "variables": {"ref": "X"}}
    )
    open_tasks = [view("Pack"), question()]
    assert person.choose(open_tasks) is open_tasks[1]
    assert person.answer(open_tasks[1]).outcome == ("f2",)
    assert person.choose(open_tasks) is open_tasks[0]
    assert person.answer(open_tasks[0]).variables == {"boxes": 2}
    assert person.stand_in(ServiceJob("Pay", "bank")) == {"ref": "X"}
    with pytest.raises(PlainFailure, match="no more answers"):
        person.choose(open_tasks)


@pytest.mark.parametrize("content", ["", "{", "{}", "[1]", '[{"variables": {}}]', '[{"task": "x", "typo": 1}]'])
def test_a_file_that_is_no_list_of_answers_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PlainFailure):
        PersonFromFile(path)


def test_an_answer_that_is_not_offered_is_told_what_is(tmp_path: Path) -> None:
    person = answers(tmp_path, {"task": "In stock?", "answer": ["perhaps"]})
    with pytest.raises(PlainFailure, match="yes, no, later"):
        person.answer(question())


def test_the_terminal_is_asked_again_until_it_is_understood(typed: Any) -> None:
    assert typed("perhaps", "2").answer(question()).outcome == ("f2",)
    assert typed("1, later").answer(question(several=True)).outcome == ("f1", "f3")
    assert typed("9", "2").choose([view("A"), view("B")]).task.name == "B"
    given = typed("many", "4", "6", "c", "b", "yes").answer(view("Record", {"fields": FIELDS})).variables
    assert given == {"amount": 6, "kind": "b", "seen": True}
    assert typed("x", "a=1; b=hello").answer(view("Free")).variables == {"a": 1, "b": "hello"}


def test_an_end_of_input_ends_the_run(typed: Any) -> None:
    with pytest.raises(PlainFailure, match="ended before the process"):
        typed().answer(question())
