"""`procession deploy FILE ...`: new versions of the processes in the files."""

from __future__ import annotations

import argparse
from pathlib import Path

import bpmn
from engine.commands import Bind, Deploy, Deployment
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.services import Binding
from webapp.cli import database
from webapp.cli.bindings import beside, read_bindings
from webapp.cli.models import read_files
from webapp.cli.output import Output
from webapp.cli.together import forms_beside


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files that belong together")
    parser.add_argument("--guided", action="store_true", help="run them guided, whatever they say")
    parser.add_argument("--only-changed", action="store_true", help="leave what is deployed already as it is")
    parser.add_argument("--bindings", type=Path, metavar="JSON", help="default: <name>.bindings.json beside each file")
    parser.add_argument("--name", default="", help="what this deployment is called")
    database.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    contents = read_files(arguments.files)
    for path in arguments.files:
        definitions = bpmn.read(contents[path.name], path.name).definitions
        if definitions is not None:
            contents |= forms_beside(path, definitions, contents)
    given = read_bindings(arguments.bindings) if arguments.bindings else None
    bindings = {path.name: beside(path) if given is None else given for path in arguments.files}
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


def bind_all(
    engine: ProcessEngine, actor: Actor, deployment: Deployment, bindings: dict[str, dict[str, Binding]]
) -> None:
    """Bind what a file's bindings say for each process of that file."""
    for process in deployment.processes:
        for subject, binding in bindings[process.resource].items():
            engine.execute(Bind(process.key, subject, binding), actor)
