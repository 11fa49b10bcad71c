"""`procession run FILE ...`: models from start to end in this terminal, in memory, without a server."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.forms.documents import is_form
from webapp.cli import database, variables
from webapp.cli.bindings import beside, read_bindings
from webapp.cli.models import UNREADABLE, read_files, read_model
from webapp.cli.output import Output, PlainFailure
from webapp.cli.people import AskedPerson, Person, PersonFromFile, RandomPerson
from webapp.cli.rehearsal import Outcome, Rehearsal
from webapp.cli.together import ModelFile, Models, forms_beside
from webapp.cli.trace import Trace

DID_NOT_END = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit code: 0 every instance completed, 1 one did not, 4 the file cannot be read."
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files that run together")
    parser.add_argument("--guided", action="store_true", help="run it guided, whatever the file says")
    parser.add_argument("--process", metavar="KEY", help="start this one of several processes, by its id or name")
    answers = parser.add_mutually_exclusive_group()
    answers.add_argument("--random", type=int, metavar="SEED", help="answer by chance, the same for the same seed")
    answers.add_argument("--answers", type=Path, metavar="FILE", help="answer from a JSON file")
    parser.add_argument("--services", action="store_true", help="call what is bound (otherwise you stand in)")
    parser.add_argument("--bindings", type=Path, metavar="JSON", help="default: <name>.bindings.json beside the file")
    parser.add_argument("--most", type=int, default=500, metavar="N", help="give up after so many acts (default 500)")
    variables.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    models = _models(arguments)
    rehearsal = Rehearsal(
        models,
        person=_person(arguments, models, output),
        guided=True if arguments.guided else None,
        settings=database.settings(),
        services=arguments.services,
    )
    trace = Trace(rehearsal.engine, models, output)
    try:
        rehearsal.start(arguments.process, variables.from_arguments(arguments))
        outcome = rehearsal.run(arguments.most, trace.look)
    finally:
        rehearsal.engine.close()
    if output.as_json:
        output.document({"completed": outcome.completed, "instances": outcome.instances, "history": trace.events})
    else:
        _conclude(outcome, models, arguments.most, output)
    return 0 if outcome.completed else DID_NOT_END


def _models(arguments: argparse.Namespace) -> Models:
    """The models named, each with its bindings; what else is named, such as a form, lies beside them."""
    contents = read_files(arguments.files)
    given = read_bindings(arguments.bindings) if arguments.bindings else None
    forms = {name: content for name, content in contents.items() if is_form(name, content)}
    files = []
    for path in arguments.files:
        if path.name not in forms:
            definitions = read_model(contents[path.name], path.name)
            bindings = beside(path) if given is None else given
            files.append(ModelFile(path.name, contents[path.name], definitions, bindings))
            forms |= forms_beside(path, definitions, contents | forms)
    if not files:
        raise PlainFailure("No file with a process is named.", exit_code=UNREADABLE)
    return Models(files, forms)


def _person(arguments: argparse.Namespace, models: Models, output: Output) -> Person:
    if arguments.random is not None:
        return RandomPerson(arguments.random, models)
    return PersonFromFile(arguments.answers) if arguments.answers else AskedPerson(output, models)


def _conclude(outcome: Outcome, models: Models, most: int, output: Output) -> None:
    for incident in outcome.incidents:
        where = models.names(incident.definition_key).get(incident.element_id) or incident.element_id
        output.say(f"Incident at {where}: {incident.reason} {incident.fix}".rstrip(), style="red")
    if outcome.given_up:
        output.say(f"Given up after {most} acts; --most allows more.", style="yellow")
    for instance in outcome.instances:
        colour = "green" if instance.state == "completed" else "yellow"
        output.say(f"{instance.name or instance.key}: {instance.state}", style=colour)
