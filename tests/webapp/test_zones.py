"""Dates and times are the reader's own: of their profile, else of their browser."""

from datetime import UTC, datetime

from engine.commands import SetUserTaskDates
from engine.identity import SYSTEM
from engine.queries import TaskList


def due(engine):
    return engine.query(TaskList(), SYSTEM).rows[0].due_at


def task_of(reader, deploy, engine):
    definition = deploy()
    clara = reader("clara")
    clara.get(f"/start/{definition}")
    clara.follow(clara.post(f"/start/{definition}"))
    task = engine.query(TaskList(), SYSTEM).rows[0].id
    clara.post(f"/tasks/{task}/claim")
    return clara, task


def test_a_day_ends_where_the_reader_is(reader, deploy, engine):
    clara, task = task_of(reader, deploy, engine)
    clara.post(f"/tasks/{task}/dates", due="2030-01-31")
    assert due(engine) == datetime(2030, 1, 31, 23, 59, tzinfo=UTC)
    clara.client.set_cookie("procession_zone", "America/New_York")
    clara.post(f"/tasks/{task}/dates", due="2030-01-31")
    assert due(engine) == datetime(2030, 2, 1, 4, 59, tzinfo=UTC)
    assert 'value="2030-01-31"' in clara.get(f"/tasks/{task}")
    clara.get("/account")
    clara.post("/account/profile", name="", email="", zone="Asia/Tokyo", theme="")
    assert 'value="2030-02-01"' in clara.get(f"/tasks/{task}")
    assert 'data-zone="Asia/Tokyo"' in clara.page


def test_a_browser_that_says_nonsense_is_in_utc(reader, deploy, engine):
    clara, task = task_of(reader, deploy, engine)
    engine.execute(SetUserTaskDates(task, datetime(2030, 1, 31, 12, 30, tzinfo=UTC), None), SYSTEM)
    for nonsense in ("../../etc/passwd", "Mars/Base", "x" * 500, "%00"):
        clara.client.set_cookie("procession_zone", nonsense)
        assert "Jan 31, 2030, 12:30:00" in clara.get(f"/tasks/{task}")
