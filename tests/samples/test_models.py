"""Each sample's models run as they are: nothing in them is refused, and chance leads each of them to an end."""

from __future__ import annotations

from pathlib import Path

import pytest

import bpmn
from engine.commands import Bind, Deploy
from engine.compiler import judge
from engine.identity import SYSTEM
from engine.queries import DefinitionList
from engine.services import Binding
from engine.settings import Settings
from webapp.cli.people import RandomPerson
from webapp.cli.rehearsal import Rehearsal
from webapp.cli.together import ModelFile, Models

MODELS = sorted((Path(__file__).parents[2] / "samples").glob("*/*.bpmn"))
TOPICS = ("create-account", "create-mailbox", "remove-account")
# What the start forms ask for.
STARTED_WITH = {
    "employee_name": "Eva Lang",
    "account_name": "elang",
    "start_date": "2026-01-05",
    "customer": "Bolt",
    "priority": "high",
    "item": "Router",
    "quantity": 2,
    "document_title": "Travel policy",
    "contract_title": "Cleaning",
}


@pytest.fixture(params=MODELS, ids=lambda path: path.stem)
def model(request: pytest.FixtureRequest) -> Path:
    return request.param


def rehearsal_of(path: Path, seed: int) -> Rehearsal:
    """The model, what it calls deployed beside it; workers and services do what they should."""
    content = path.read_bytes()
    definitions = bpmn.read(content, path.name).definitions
    assert definitions is not None
    stand_ins = {"pay_invoice": Binding("external", "pay")} if path.stem == "invoice-approval" else {}
    models = Models([ModelFile(path.name, content, definitions, stand_ins)])
    person = RandomPerson(seed, models)
    rehearsal = Rehearsal(models, person=person, guided=None, settings=Settings(), services=True)
    others = {other.name: other.read_bytes() for other in MODELS if other != path}
    rehearsal.engine.execute(Deploy(others), SYSTEM)
    for row in rehearsal.engine.query(DefinitionList(limit=200), SYSTEM).rows:
        for topic in TOPICS:
            rehearsal.engine.execute(Bind(row.key, f"topic:{topic}", Binding("external", topic)), SYSTEM)
    return rehearsal


def test_nothing_in_it_is_refused(model):
    definitions = bpmn.read(model.read_bytes(), model.name).definitions
    assert [finding for finding in judge(definitions).findings if finding.verdict == "will_not_run"] == []


def test_it_is_drawn_whole(model):
    definitions = bpmn.read(model.read_bytes(), model.name).definitions
    drawn = {element.bpmn_element for diagram in definitions.diagrams for element in diagram.plane.elements}
    for process in definitions.processes:
        elements = [element for element in process.flow_elements if hasattr(element, "id")]
        assert {element.id for element in elements} <= drawn


@pytest.mark.parametrize("amount", [300, 1500, 60000])
@pytest.mark.parametrize("seed", [1, 2])
def test_chance_leads_it_to_an_end(model, seed, amount):
    rehearsal = rehearsal_of(model, seed)
    try:
        rehearsal.start(None, {**STARTED_WITH, "amount": amount})
        outcome = rehearsal.run(500, lambda: None)
    finally:
        rehearsal.engine.close()
    assert outcome.incidents == ()
    assert outcome.completed
