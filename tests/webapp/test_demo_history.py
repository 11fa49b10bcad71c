"""The demo's history: something of each kind for lists and charts, and nothing more the second time."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import pytest

from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import DefinitionList, IncidentList, InstanceList, TaskCounts, TaskList
from engine.settings import Settings
from webapp.demo import prepare, tell_history
from webapp.sample_files import sample_modules

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The address of a database with the history, and an engine on it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('told') / 'told.db'}"
    modules = sample_modules()
    sys.path.extend(str(folder) for folder in modules.values())
    settings = Settings(python_modules=tuple(modules))
    assert tell_history(url, settings, NOW)
    engine = ProcessEngine(url, settings=settings)
    yield url, engine
    engine.close()


def test_there_is_something_of_each_kind(told):
    _, engine = told
    for state in ("running", "completed", "cancelled"):
        assert engine.query(InstanceList(state=state), SYSTEM).rows, state
    counts = engine.query(TaskCounts(), SYSTEM)
    assert 15 <= counts.all <= 40
    assert counts.overdue
    assert any(task.assignee for task in engine.query(TaskList(limit=200), SYSTEM).rows)
    assert {row.element_id for row in engine.query(IncidentList(), SYSTEM).rows} == {"create_account"}


def test_each_process_has_been_used(told):
    _, engine = told
    used = {row.name for row in engine.query(InstanceList(limit=200, called_too=True), SYSTEM).rows}
    assert used == {row.name for row in engine.query(DefinitionList(limit=200), SYSTEM).rows}


def test_it_lies_in_the_past_and_people_did_it(told):
    _, engine = told
    rows = engine.query(InstanceList(limit=200), SYSTEM).rows
    assert NOW - timedelta(weeks=7) < min(row.started_at for row in rows) < NOW - timedelta(weeks=5)
    assert max(row.started_at for row in rows) <= NOW
    assert {row.started_by for row in rows if row.name == "Invoice approval"} == {"clerk"}


def test_told_again_nothing_is_added(told):
    url, engine = told
    before = engine.query(InstanceList(limit=200), SYSTEM).rows
    assert not tell_history(url, engine.settings)
    prepare(engine)
    assert engine.query(InstanceList(limit=200), SYSTEM).rows == before


def test_where_somebody_works_already_nothing_is_made_up(database_url):
    engine = ProcessEngine(database_url)
    prepare(engine)
    assert not tell_history(database_url, engine.settings)
    assert engine.query(InstanceList(), SYSTEM).rows == ()
    engine.close()


@pytest.mark.parametrize("days", [1, 3, 5])
def test_it_can_be_told_on_any_day(tmp_path, days):
    """A Thursday, a Saturday, a Monday."""
    settings = Settings(python_modules=tuple(sample_modules()))
    assert tell_history(f"sqlite:///{tmp_path / 'told.db'}", settings, NOW + timedelta(days=days, hours=days))
