"""An instance leaves as one JSON document with all that belongs to it, or is taken in from one."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.commands.transfer import ExportInstance, ImportInstance
from engine.errors import Refusal
from engine.queries import InstanceDetail
from webapp.context import actor, execute, query
from webapp.engine_words import told
from webapp.language import _
from webapp.portal.definition_files import as_attachment
from webapp.toast import say

page = Blueprint("instance_transfer", __name__)


@page.post("/instances/<id>/export")
def export(id: str) -> Response:
    instance = query(InstanceDetail(id)).instance
    document: str = execute(ExportInstance(instance.root_id))
    return as_attachment(document.encode(), f"{instance.key} {instance.business_key or instance.id[-6:]}.json")


@page.get("/instances/take-in")
def show() -> str:
    if not actor().may("administer"):
        abort(404)
    return render_template("instance_take_in.html")


@page.post("/instances/take-in")
def take_in() -> AnyResponse | tuple[str, int]:
    if not actor().may("administer"):
        abort(404)
    file = request.files.get("file")
    if file is None or not file.filename:
        return render_template("instance_take_in.html", problem=_("Choose a document first.")), 422
    try:
        id: str = execute(ImportInstance(file.read().decode("utf-8", "replace")))
    except Refusal as refusal:
        return render_template(
            "instance_take_in.html", problem=told(refusal.message), fix=told(refusal.fix)
        ), refusal.status
    say(_("The instance is here now."))
    return redirect(url_for("instance.show", id=id), 303)
