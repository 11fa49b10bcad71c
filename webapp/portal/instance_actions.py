"""What an operator does with one instance: cancel it, try again, do a job now, say that a message has arrived."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import CancelInstance, ExecuteJob, RetryIncident, TriggerSubscription
from engine.queries import InstanceDetail
from webapp.context import execute, query
from webapp.language import _
from webapp.toast import say

page = Blueprint("instance_actions", __name__)


def _done(id: str, said: str) -> Response:
    say(said)
    return redirect(url_for("instance.show", id=id), 303)


def _check_belongs(id: str, part: str) -> None:
    """What an address names below an instance must be that instance's."""
    if part.rpartition("-")[0] != query(InstanceDetail(id)).instance.root_id:
        abort(404)


@page.post("/instances/<id>/cancel")
def cancel(id: str) -> Response:
    execute(CancelInstance(id, reason=request.form.get("reason", "").strip()[:1000]))
    return _done(id, _("The instance is cancelled."))


@page.post("/instances/<id>/incidents/<incident>/retry")
def retry(id: str, incident: str) -> Response:
    _check_belongs(id, incident)
    execute(RetryIncident(incident))
    return _done(id, _("Tried again."))


@page.post("/instances/<id>/jobs/<job>/run")
def run_job(id: str, job: str) -> Response:
    """A timer need not be waited for, nor a pause between two tries."""
    _check_belongs(id, job)
    execute(ExecuteJob(job))
    return _done(id, _("Done now."))


@page.post("/instances/<id>/subscriptions/<subscription>/trigger")
def trigger(id: str, subscription: str) -> Response:
    """The message or signal has arrived by another way."""
    _check_belongs(id, subscription)
    execute(TriggerSubscription(subscription))
    return _done(id, _("The process goes on."))
