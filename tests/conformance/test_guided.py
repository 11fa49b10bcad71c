"""Every reference model and tool export that has a process runs guided to an end, clicked through by chance."""

from __future__ import annotations

from pathlib import Path

import pytest

import bpmn
from bpmn.model import FlowNode
from engine.settings import Settings
from webapp.cli.people import RandomPerson
from webapp.cli.rehearsal import Rehearsal
from webapp.cli.together import ModelFile, Models

FOLDER = Path(__file__).parents[3] / "shared" / "conformance" / "miwg"
FILES = sorted(FOLDER.rglob("*.bpmn"))
MOST_ACTS = 600

pytestmark = pytest.mark.skipif(not FILES, reason="the interchange group's models are not beside this checkout")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_runs_from_start_to_an_end(path: Path) -> None:
    content = path.read_bytes()
    definitions = bpmn.read(content, path.name).definitions
    assert definitions is not None
    keys = [p.id for p in definitions.processes if any(isinstance(e, FlowNode) for e in p.flow_elements)]
    if not keys:
        pytest.skip("it has no process that anything happens in")
    models = Models([ModelFile(path.name, content, definitions)])
    rehearsal = Rehearsal(models, person=RandomPerson(1), guided=True, settings=Settings(runner_threads=0))
    try:
        for key in keys:
            rehearsal.start(key, {})
        outcome = rehearsal.run(MOST_ACTS, lambda: None)
    finally:
        rehearsal.engine.close()
    assert [f"{incident.element_id}: {incident.reason}" for incident in outcome.incidents] == []
    assert not outcome.given_up
    assert all(instance.state != "running" for instance in outcome.instances)
