"""Where an instance is after a command: what waits for people, what waits for programs, or how it ended."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from engine.processengine import ProcessEngine
from engine.queries.instance import InstanceDetail
from engine.queries.instances import InstanceRow
from engine.queries.user_tasks import TaskList, TaskRow
from engine.queries.waits import IncidentList, IncidentRow, JobList, JobRow
from webapp.cli.database import TERMINAL
from webapp.cli.output import Output


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """All that an instance waits for; empty when it has ended."""

    instance: InstanceRow
    tasks: tuple[TaskRow, ...]
    jobs: tuple[JobRow, ...]
    incidents: tuple[IncidentRow, ...]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The option that does without a server's runners."""
    parser.add_argument(
        "--run-jobs", action="store_true", help="do what is due (services, messages) here, before returning"
    )


def look(engine: ProcessEngine, instance_id: str) -> Whereabouts:
    """Look as the terminal itself: the one who acted need not see what comes next."""
    return Whereabouts(
        instance=engine.query(InstanceDetail(instance_id), TERMINAL).instance,
        tasks=engine.query(TaskList(instance_id=instance_id), TERMINAL).rows,
        jobs=engine.query(JobList(instance_id=instance_id), TERMINAL).rows,
        incidents=engine.query(IncidentList(instance_id=instance_id), TERMINAL).rows,
    )


def tell(seen: Whereabouts, output: Output) -> None:
    """Say it, a line each."""
    if output.as_json:
        output.document(seen)
        return
    for task in seen.tasks:
        groups = ", ".join([*task.candidate_users, *task.candidate_groups]) or task.lane
        who = task.assignee or groups
        output.say(f"Waits for {who or 'somebody'}: {task.name or task.element_id}")
    for job in seen.jobs:
        output.say(f"Waits for a {job.topic or job.kind} job: {job.element_id or job.id}")
    for incident in seen.incidents:
        output.say(f"Stopped at {incident.element_id}: {incident.reason} {incident.fix}".rstrip(), style="red")
    if seen.instance.state != "running":
        output.say(f"The instance is {seen.instance.state}.")
