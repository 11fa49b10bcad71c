"""`procession retry INSTANCE`: what stopped in it tries again, after its cause is gone."""

from __future__ import annotations

import argparse

from engine.commands import RetryIncident, SetVariables
from engine.queries.waits import IncidentList
from webapp.cli import database, variables, whereabouts
from webapp.cli.instance import find_instance
from webapp.cli.output import Output, PlainFailure


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", metavar="INSTANCE", help="its id, or its business key (then the newest)")
    variables.arguments(parser)
    whereabouts.arguments(parser)
    database.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    given = variables.from_arguments(arguments)
    with database.opened(arguments) as engine:
        actor = database.actor(engine, arguments)
        instance = find_instance(engine, actor, arguments.instance).instance
        stopped = engine.query(IncidentList(instance_id=instance.id, limit=200), actor).rows
        if not stopped:
            raise PlainFailure("Nothing has stopped in it.", fix="See: procession instances --incidents")
        if given:
            engine.execute(SetVariables(instance.id, given), actor)
        for each in stopped:
            engine.execute(RetryIncident(each.id), actor)
        if arguments.run_jobs:
            engine.run_due()
        seen = whereabouts.look(engine, instance.root_id)
    whereabouts.tell(seen, output)
    return 0
