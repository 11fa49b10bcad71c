"""`procession deploy FILE ...`: new versions of the processes in the files."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

import bpmn
from engine.commands import Bind, Deploy, Deployment
from engine.forms.documents import ENDINGS, forms_of
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.services import Binding
from webapp.cli import database
from webapp.cli.bindings import beside, read_bindings
from webapp.cli.models import read_file
from webapp.cli.output import Output, PlainFailure


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files that belong together")
    parser.add_argument("--guided", action="store_true", help="run them guided, whatever they say")
    parser.add_argument("--only-changed", action="store_true", help="leave what is deployed already as it is")
    parser.add_argument("--bindings", type=Path, metavar="JSON", help="default: <name>.bindings.json beside each file")
    parser.add_argument("--name", default="", help="what this deployment is called")
    database.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    files = {path.name: path for path in arguments.files}
    if len(files) < len(arguments.files):
        raise PlainFailure("Two of the files have the same name.", fix="Deploy them one after the other.")
    contents = {name: read_file(path) for name, path in files.items()}
    contents |= _forms_beside(files.values(), contents)
    given = read_bindings(arguments.bindings) if arguments.bindings else None
    bindings = {name: beside(path) if given is None else given for name, path in files.items()}
    command = Deploy(
        files=contents,
        name=arguments.name,
        guided=True if arguments.guided else None,
        source="command line",
        only_changed=arguments.only_changed,
    )
    with database.opened(arguments) as engine:
        actor = database.actor(engine, arguments)
        deployment = engine.execute(command, actor)
        bind_all(engine, actor, deployment, bindings)
    if output.as_json:
        output.document(deployment)
        return 0
    for file, problem in deployment.problems:
        output.say(f"{file}: {problem}")
    for process in deployment.processes:
        how = ", guided" if process.guided else ""
        did = "Deployed" if deployment.is_new else "Unchanged:"
        output.say(f"{did} {process.name or process.key}, version {process.version}{how} (start it as {process.key})")
    return 0


def _forms_beside(paths: Iterable[Path], given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The forms that the models name and that lie in their folders, as modellers keep them."""
    found: dict[str, bytes] = {}
    for path in paths:
        definitions = bpmn.read(given[path.name], path.name).definitions
        if definitions is None or not forms_of(definitions, given)[1]:
            continue
        lying = {each.name: read_file(each) for each in path.parent.iterdir() if each.suffix.lower() in ENDINGS}
        found |= forms_of(definitions, lying)[0]
    return {name: content for name, content in found.items() if name not in given}


def bind_all(
    engine: ProcessEngine, actor: Actor, deployment: Deployment, bindings: dict[str, dict[str, Binding]]
) -> None:
    """Bind what a file's bindings say for each process of that file."""
    for process in deployment.processes:
        for subject, binding in bindings[process.resource].items():
            engine.execute(Bind(process.key, subject, binding), actor)
