"""`procession start KEY`: a new instance of a deployed process."""

from __future__ import annotations

import argparse

from engine.commands import StartProcess
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.definitions import DefinitionList
from webapp.cli import database, variables, whereabouts
from webapp.cli.output import Output, PlainFailure


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("process", metavar="KEY", help="the process, by its id in the file or by its name")
    parser.add_argument("--version", type=int, metavar="N", help="this version (default: the latest)")
    parser.add_argument("--business-key", metavar="TEXT", help="what it is about: an invoice's number, a customer")
    variables.arguments(parser)
    whereabouts.arguments(parser)
    database.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    given = variables.from_arguments(arguments)
    with database.opened(arguments) as engine:
        actor = database.actor(engine, arguments)
        command = StartProcess(
            key=_key(engine, actor, arguments.process),
            version=arguments.version,
            business_key=arguments.business_key,
            variables=given,
        )
        instance_id = engine.execute(command, actor)
        if arguments.run_jobs:
            engine.run_due()
        seen = whereabouts.look(engine, instance_id)
    output.say(f"Started {seen.instance.name or seen.instance.key}: instance {instance_id}")
    whereabouts.tell(seen, output)
    return 0


def _key(engine: ProcessEngine, actor: Actor, wanted: str) -> str:
    """The key that was given, or that of the only process of that name."""
    rows = engine.query(DefinitionList(search=wanted), actor).rows
    if any(row.key == wanted for row in rows):
        return wanted
    keys = sorted({row.key for row in rows if (row.name or "").casefold() == wanted.casefold()})
    if len(keys) > 1:
        raise PlainFailure(
            f"{len(keys)} processes are called {wanted!r}.", fix=f"Name one by its key: {', '.join(keys)}"
        )
    if not keys:
        raise PlainFailure(f"There is no process {wanted!r}.", fix="Deploy it first: procession deploy FILE")
    return keys[0]
