"""What an owner changes about a process that is deployed: whether it starts, what is bound, who does which lane."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import Bind, SetDefinitionState, Unbind
from engine.queries import Bindings, DefinitionDetail
from engine.services.binding import Binding
from webapp.context import execute, need, query
from webapp.language import _
from webapp.toast import say

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
    say(
        _("Version %(version)s can be started again.", version=definition.version)
        if state == "active"
        else _("Version %(version)s is suspended: nothing starts it, what runs goes on.", version=definition.version)
    )
    return _back(key)


@page.post("/processes/<key>/bindings")
def bind(key: str) -> Response:
    need("deploy")
    query(DefinitionDetail(key=key))
    subject = request.form.get("subject", "")
    if request.form.get("then") == "remove":
        execute(Unbind(key, subject))
        say(_("The binding is taken away."))
    else:
        execute(Bind(key, subject, Binding.from_dict(request.form.to_dict())))
        say(_("Bound."))
    return _back(key)


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
