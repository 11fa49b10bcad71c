"""`procession tasks`: what waits for people."""

from __future__ import annotations

import argparse

from engine.queries.user_tasks import TaskList, TaskRow
from webapp.cli import database
from webapp.cli.output import Output

COLUMNS = {
    "id": "Task",
    "name": "What",
    "of": "Process",
    "business_key": "About",
    "for": "For",
    "created_at": "Since",
    "due_at": "Due",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    database.arguments(parser)
    parser.add_argument("--process", metavar="KEY", help="of this process only")
    parser.add_argument("--instance", metavar="ID", help="of this instance only")
    parser.add_argument("--group", metavar="GROUP", help="that this group may take")
    parser.add_argument("--assignee", metavar="USER", help="that this user has")
    parser.add_argument("--limit", type=int, default=50, help="at most so many (default 50)")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    with database.opened(arguments) as engine:
        page = engine.query(
            TaskList(
                definition_key=arguments.process,
                instance_id=arguments.instance,
                candidate_group=arguments.group,
                assignee=arguments.assignee,
                limit=arguments.limit,
            ),
            database.actor(engine, arguments),
        )
    rows = list(page.rows)
    if output.as_json:
        output.document(rows)
    else:
        output.table([_row(task) for task in rows], COLUMNS, empty="Nothing waits for a person.")
        if page.next:
            output.say(f"There are more; --limit shows more than {arguments.limit}.")
    return 0


def _row(task: TaskRow) -> dict[str, object]:
    return {
        "id": task.id,
        "name": task.name or task.element_id,
        "of": task.definition_name or task.definition_key,
        "business_key": task.business_key,
        "for": task.assignee or ", ".join([*task.candidate_users, *task.candidate_groups]) or task.lane,
        "created_at": task.created_at,
        "due_at": task.due_at,
    }
