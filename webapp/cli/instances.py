"""`procession instances`: process instances, the newest first."""

from __future__ import annotations

import argparse

from engine.queries.instances import InstanceList
from webapp.cli import database
from webapp.cli.output import Output, plain

COLUMNS = {
    "id": "Instance",
    "process": "Process",
    "version": "Version",
    "business_key": "About",
    "state": "State",
    "started_at": "Started",
    "ended_at": "Ended",
    "incidents": "Incidents",
}
STYLES = {"completed": "green", "failed": "red", "cancelled": "yellow"}


def arguments(parser: argparse.ArgumentParser) -> None:
    database.arguments(parser)
    parser.add_argument("--process", metavar="KEY", help="of this process only")
    parser.add_argument("--state", choices=("running", "completed", "failed", "cancelled"), help="in this state only")
    parser.add_argument("--business-key", metavar="KEY", help="about this only")
    parser.add_argument("--incidents", action="store_true", help="only those that an incident holds up")
    parser.add_argument("--limit", type=int, default=50, help="at most so many (default 50)")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    with database.opened(arguments) as engine:
        page = engine.query(
            InstanceList(
                key=arguments.process,
                state=arguments.state,
                business_key=arguments.business_key,
                with_incident=arguments.incidents,
                limit=arguments.limit,
            ),
            database.actor(engine, arguments),
        )
    if output.as_json:
        output.document(list(page.rows))
        return 0
    rows = [{**plain(row), "process": row.name or row.key, "incidents": row.incidents or None} for row in page.rows]
    output.table(rows, COLUMNS, empty="There are no such instances.", styles=STYLES)
    if page.next:
        output.say(f"There are more; --limit shows more than {arguments.limit}.")
    return 0
