"""`procession show INSTANCE`: where an instance is, what its variables hold, what happened."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.history import EventRow, History
from engine.queries.instance import InstanceView
from engine.queries.waits import IncidentList
from webapp.cli import database
from webapp.cli.instance import find_instance
from webapp.cli.names import deployed_names
from webapp.cli.output import Output, shown
from webapp.cli.story import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    database.arguments(parser)
    parser.add_argument("instance", metavar="INSTANCE", help="its id, or its business key (then the newest)")
    parser.add_argument("--history", action="store_true", help="everything that happened, too")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    with database.opened(arguments) as engine:
        actor = database.actor(engine, arguments)
        view = find_instance(engine, actor, arguments.instance)
        incidents = engine.query(IncidentList(instance_id=view.instance.id), actor).rows
        history = all_events(engine, actor, view.instance.id) if arguments.history else []
        names = deployed_names(engine, actor, view.instance.definition_id)
    if output.as_json:
        output.document({**_fields(view), "incidents": incidents, "history": history})
        return 0
    _describe(view, names, output)
    for incident in incidents:
        where = names.get(incident.element_id) or incident.element_id
        output.say(f"Incident at {where}: {incident.reason} {incident.fix}".rstrip(), style="red")
    story = Story(names)
    for event in history:
        line = story.line(event)
        if line is not None:
            output.say(f"{shown(event.at)}  {line}")
    return 0


def all_events(engine: ProcessEngine, actor: Actor, instance_id: str) -> list[EventRow]:
    """The whole history of an instance and of what it called, page by page."""
    events: list[EventRow] = []
    after = None
    while True:
        page = engine.query(History(instance_id, called_too=True, limit=200, after=after), actor)
        events += page.rows
        if page.next is None:
            return events
        after = page.next


def _fields(view: InstanceView) -> dict[str, Any]:
    return {"instance": view.instance, "tokens": view.tokens, "scopes": view.scopes, "called": view.called}


def _describe(view: InstanceView, names: dict[str, str], output: Output) -> None:
    instance = view.instance
    about = f" · {instance.business_key}" if instance.business_key else ""
    output.say(f"{instance.name or instance.key}, version {instance.version}{about}", style="bold")
    output.say(f"Instance  {instance.id}")
    reason = f" ({instance.end_reason})" if instance.end_reason else ""
    output.say(f"State     {instance.state}{reason}")
    ended = f", ended {shown(instance.ended_at)}" if instance.ended_at else ""
    output.say(f"Started   {shown(instance.started_at)}{ended}")
    places = Counter(names.get(token.element_id) or token.element_id for token in view.tokens)
    for place, count in places.items():
        output.say(f"At        {place}" + (f" ({count} times)" if count > 1 else ""))
    for scope in view.scopes:
        for name, value in sorted(scope.variables.items()):
            output.say(f"Variable  {name} = {shown(value)}")
    for called in view.called:
        output.say(f"Called    {called.name or called.key}: {called.id}, {called.state}")
