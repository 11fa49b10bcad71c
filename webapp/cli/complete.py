"""`procession complete TASK`: a person's task is done, or a question answered."""

from __future__ import annotations

import argparse

from engine.commands import CompleteUserTask
from engine.errors import NotFound
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.user_task import TaskDetail, TaskView
from engine.queries.user_tasks import TaskList
from webapp.cli import database, variables, whereabouts
from webapp.cli.options import chosen_flows
from webapp.cli.output import Output, PlainFailure


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task", metavar="TASK", help="the task's id, or its name if only one of that name is open")
    parser.add_argument("--about", metavar="KEY", help="of the instance with this business key or id")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="NAME", help="the answer to a question; again for several"
    )
    variables.arguments(parser)
    whereabouts.arguments(parser)
    database.arguments(parser)


def perform(arguments: argparse.Namespace, output: Output) -> int:
    with database.opened(arguments) as engine:
        actor = database.actor(engine, arguments)
        view = _find(engine, actor, arguments.task, arguments.about)
        given = variables.from_arguments(arguments, _texts(view))
        outcome = chosen_flows(view, arguments.answer) if arguments.answer else ()
        engine.execute(CompleteUserTask(view.task.id, variables=given, outcome=outcome), actor)
        if arguments.run_jobs:
            engine.run_due()
        seen = whereabouts.look(engine, view.task.root_id)
    output.say(f"Done: {view.task.name or view.task.element_id}")
    whereabouts.tell(seen, output)
    return 0


def _texts(view: TaskView) -> set[str]:
    """The fields that the task's form declares as texts."""
    fields = (view.form or {}).get("fields") or []
    return {field.get("variable") or field["id"] for field in fields if field.get("type", "string") == "string"}


def _find(engine: ProcessEngine, actor: Actor, wanted: str, about: str | None) -> TaskView:
    """The task with that id, or the only open one with that name that the actor may see."""
    try:
        return engine.query(TaskDetail(wanted), actor)
    except NotFound:
        page = engine.query(TaskList(limit=200, search=wanted), actor)
    named = [
        task for task in page.rows if wanted.casefold() in ((task.name or "").casefold(), task.element_id.casefold())
    ]
    if about:
        named = [task for task in named if about in (task.business_key, task.instance_id, task.root_id)]
    if not named:
        raise PlainFailure(f"No task {wanted!r} waits for {actor.user or 'anybody'}.", fix="See: procession tasks")
    if len(named) > 1:
        listed = ", ".join(f"{task.id} ({task.business_key})" if task.business_key else task.id for task in named)
        raise PlainFailure(
            f"{len(named)} tasks are called {wanted!r}.", fix=f"Name one by its id, or --about: {listed}"
        )
    return engine.query(TaskDetail(named[0].id), actor)
