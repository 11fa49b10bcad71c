"""`procession run FILE`: a model from start to end in this terminal, in memory, without a server."""

from __future__ import annotations

import argparse
from pathlib import Path

from webapp.cli import database, variables
from webapp.cli.bindings import beside, read_bindings
from webapp.cli.models import read_file, read_model
from webapp.cli.output import Output
from webapp.cli.people import AskedPerson, Person, PersonFromFile, RandomPerson
from webapp.cli.rehearsal import Outcome, Rehearsal
from webapp.cli.trace import Trace
from webapp.models import Model

DID_NOT_END = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit code: 0 every instance completed, 1 one did not, 4 the file cannot be read."
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--guided", action="store_true", help="run it guided, whatever the file says")
    parser.add_argument("--process", metavar="KEY", help="start this one of several processes")
    answers = parser.add_mutually_exclusive_group()
    answers.add_argument("--random", type=int, metavar="SEED", help="answer by chance, the same for the same seed")
    answers.add_argument("--answers", type=Path, metavar="FILE", help="answer from a JSON file")
    parser.add_argument("--services", action="store_true", help="call what is bound (otherwise you stand in)")
    parser.add_argument("--bindings", type=Path, metavar="JSON", help="default: <name>.bindings.json beside the file")
    parser.add_argument("--most", type=int, default=500, metavar="N", help="give up after so many acts (default 500)")
    variables.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    content = read_file(arguments.file)
    definitions = read_model(content, arguments.file.name)
    rehearsal = Rehearsal(
        definitions,
        content,
        person=_person(arguments, Model(definitions), output),
        guided=True if arguments.guided else None,
        bindings=read_bindings(arguments.bindings) if arguments.bindings else beside(arguments.file),
        settings=database.settings(),
        services=arguments.services,
        name=arguments.file.name,
    )
    trace = Trace(rehearsal.engine, rehearsal.names, output)
    try:
        rehearsal.start(arguments.process, variables.from_arguments(arguments))
        outcome = rehearsal.run(arguments.most, trace.look)
    finally:
        rehearsal.engine.close()
    if output.as_json:
        output.document({"completed": outcome.completed, "instances": outcome.instances, "history": trace.events})
    else:
        _conclude(outcome, rehearsal.names, arguments.most, output)
    return 0 if outcome.completed else DID_NOT_END


def _person(arguments: argparse.Namespace, model: Model, output: Output) -> Person:
    if arguments.random is not None:
        return RandomPerson(arguments.random, model)
    return PersonFromFile(arguments.answers) if arguments.answers else AskedPerson(output, model)


def _conclude(outcome: Outcome, names: dict[str, str], most: int, output: Output) -> None:
    for incident in outcome.incidents:
        where = names.get(incident.element_id) or incident.element_id
        output.say(f"Incident at {where}: {incident.reason} {incident.fix}".rstrip(), style="red")
    if outcome.given_up:
        output.say(f"Given up after {most} acts; --most allows more.", style="yellow")
    for instance in outcome.instances:
        colour = "green" if instance.state == "completed" else "yellow"
        output.say(f"{instance.name or instance.key}: {instance.state}", style=colour)
