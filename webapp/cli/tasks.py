"""`procession tasks`: what waits for people."""

from __future__ import annotations

import argparse

from engine.queries.user_task import TaskDetail, TaskView
from engine.queries.user_tasks import TaskList
from webapp.cli import database
from webapp.cli.options import offered
from webapp.cli.output import Output

COLUMNS = {
    "id": "Task",
    "name": "What",
    "of": "Process",
    "business_key": "About",
    "for": "For",
    "created_at": "Since",
    "due_at": "Due",
    "asks": "Asks for",
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
        actor = database.actor(engine, arguments)
        page = engine.query(
            TaskList(
                definition_key=arguments.process,
                instance_id=arguments.instance,
                candidate_group=arguments.group,
                assignee=arguments.assignee,
                limit=arguments.limit,
            ),
            actor,
        )
        rows = [] if output.as_json else [_row(engine.query(TaskDetail(task.id), actor)) for task in page.rows]
    if output.as_json:
        output.document(list(page.rows))
    else:
        output.table(rows, COLUMNS, empty="Nothing waits for a person.")
        if page.next:
            output.say(f"There are more; --limit shows more than {arguments.limit}.")
    return 0


def _row(view: TaskView) -> dict[str, object]:
    task, form = view.task, view.form or {}
    fields = [each.get("variable") or each["id"] for each in form.get("fields") or () if each.get("writable", True)]
    answers = [name for _, name in offered(view)]
    return {
        "id": task.id,
        "name": task.name or task.element_id,
        "of": task.definition_name or task.definition_key,
        "business_key": task.business_key,
        "for": task.assignee or ", ".join([*task.candidate_users, *task.candidate_groups]) or task.lane,
        "created_at": task.created_at,
        "due_at": task.due_at,
        "asks": ", ".join(fields) or " or ".join(answers),
    }
