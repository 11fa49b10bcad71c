"""What a random run of the support ticket does not show: its clocks, and the customer who takes it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.clock import VirtualClock
from engine.commands import CompleteUserTask, CorrelateMessage, Deploy, StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import InstanceDetail, TaskList

MODEL = Path(__file__).parents[2] / "samples" / "support-ticket-escalation" / "support-ticket-escalation.bpmn"


class Desk:
    def __init__(self, database_url):
        self.clock = VirtualClock()
        self.engine = ProcessEngine(database_url, clock=self.clock)
        self.engine.execute(Deploy({MODEL.name: MODEL.read_bytes()}), SYSTEM)

    def ticket(self, priority):
        given = {"customer": "Bolt", "subject": "Help", "description": "", "priority": priority}
        start = StartProcess("support-ticket-escalation", variables=given, business_key="T-1")
        self.instance = self.engine.execute(start, SYSTEM)

    def wait(self, **time):
        self.clock.advance(timedelta(**time))
        self.engine.run_due()

    def tasks(self):
        return sorted(row.name for row in self.engine.query(TaskList(), SYSTEM).rows)

    def do(self, name, **variables):
        (task,) = (row for row in self.engine.query(TaskList(), SYSTEM).rows if row.name == name)
        self.engine.execute(CompleteUserTask(task.id, variables), SYSTEM)


@pytest.fixture
def desk(database_url):
    desk = Desk(database_url)
    yield desk
    desk.engine.close()


@pytest.mark.parametrize(("priority", "hours"), [("high", 1), ("normal", 8), ("low", 48)])
def test_the_lead_looks_after_it_when_the_time_for_an_answer_is_over(desk, priority, hours):
    desk.ticket(priority)
    desk.wait(minutes=hours * 60 - 1)
    assert desk.tasks() == ["Answer ticket"]
    desk.wait(minutes=2)
    assert desk.tasks() == ["Answer ticket", "Look after late ticket"]


def test_the_second_level_has_a_clock_of_its_own(desk):
    desk.ticket("high")
    desk.do("Answer ticket", solved="no")
    desk.wait(hours=4, minutes=1)
    assert desk.tasks() == ["Solve ticket", "Tell customer about delay"]


def test_the_customer_takes_it_back(desk):
    desk.ticket("normal")
    desk.wait(hours=9)
    desk.engine.execute(CorrelateMessage("ticket-withdrawn", business_key="T-1"), SYSTEM)
    assert desk.tasks() == ["Note why"]
    desk.do("Note why", why_withdrawn="It works again.")
    assert desk.engine.query(InstanceDetail(desk.instance), SYSTEM).instance.state == "completed"
