"""What an owner changes about a process that is deployed: whether it starts, what is bound, who does which lane."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import Bind, SetDefinitionState, Unbind
from engine.errors import Invalid
from engine.queries import Bindings, DefinitionDetail
from engine.services.binding import Binding
from webapp.context import execute, need, query
from webapp.language import _
from webapp.toast import Undo, say

page = Blueprint("process_actions", __name__)


def _back(key: str) -> Response:
    return redirect(url_for("process.show", key=key, version=request.form.get("version", type=int)), 303)


@page.post("/processes/<key>/state")
def set_state(key: str) -> Response:
    need("operate", key)
    definition = query(DefinitionDetail(id=request.form.get("definition", "")))
    state = request.form.get("state")
    if definition.key != key or state not in ("active", "suspended"):
        abort(404)
    execute(SetDefinitionState(definition.id, state))  # type: ignore[arg-type]
    before = {"definition": definition.id, "state": definition.state, "version": request.form.get("version", "")}
    say(
        _("Version %(version)s can be started again.", version=definition.version)
        if state == "active"
        else _("Version %(version)s is suspended: nothing starts it, what runs goes on.", version=definition.version),
        undo=Undo("state", key, before) if definition.state != state else None,
    )
    return _back(key)


@page.post("/processes/<key>/bindings")
def bind(key: str) -> Response:
    need("deploy")
    query(DefinitionDetail(key=key))
    subject = request.form.get("subject", "")
    undo = undo_binding(key, subject)
    if request.form.get("then") == "remove":
        execute(Unbind(key, subject))
        say(_("The binding is taken away."), undo=undo)
    else:
        execute(Bind(key, subject, _binding()))
        say(_("Bound."), undo=undo)
    return _back(key)


def _binding() -> Binding:
    """What the form says; options, which no form asks for, come back with an undo."""
    said: dict[str, Any] = request.form.to_dict()
    if "options" in said:
        try:
            said["options"] = json.loads(said["options"])
        except (ValueError, RecursionError):
            raise Invalid(_("These options are no JSON.")) from None
    return Binding.from_dict(said)


def undo_binding(key: str, subject: str) -> Undo:
    """What puts the binding back as it is now."""
    bound = query(Bindings(key)).get(subject)
    if bound is None:
        return Undo("binding", key, {"subject": subject, "then": "remove"})
    options = {"options": json.dumps(bound.options)} if bound.options else {}
    return Undo("binding", key, {"subject": subject, "kind": bound.kind, "target": bound.target, **options})


@page.post("/processes/<key>/lanes")
def set_lanes(key: str) -> Response:
    """Each lane with its groups; one that is left empty, or named as the lane is, is nobody else's."""
    need("deploy")
    query(DefinitionDetail(key=key))
    save_lanes(key)
    say(_("Saved. It counts for what comes to these lanes from now on."))
    return _back(key)


def save_lanes(key: str) -> None:
    """Keep what a form says of this process's lanes: a `process`, a `lane` and `groups` for each."""
    bound = query(Bindings(key))
    said = (request.form.getlist(name) for name in ("process", "lane", "groups"))
    for process, lane, groups in zip(*said, strict=False):
        subject, named = f"lane:{lane}", groups.strip()[:500]
        if process != key or not lane:
            continue
        if named and named != lane:
            if subject not in bound or bound[subject].target != named:
                execute(Bind(key, subject, Binding("person", named)))
        elif subject in bound:
            execute(Unbind(key, subject))
