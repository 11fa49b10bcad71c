"""One instance: its tokens and its path on the diagram and in words, its tasks, variables, incidents and history."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import CancelInstance, ExecuteJob, RetryIncident, SetVariables, TriggerSubscription
from engine.queries import History, IncidentList, InstanceDetail, JobList, PathWalked, SubscriptionList, TaskList
from webapp.context import actor, execute, need, query
from webapp.definitions import model_of
from webapp.forms.answers import meaning
from webapp.portal.instance_view import overlay_of, story_of, twin_of, variables_of
from webapp.toast import say

page = Blueprint("instance", __name__)
LINES = 200


@page.get("/instances/<id>")
def show(id: str) -> str:
    view = query(InstanceDetail(id))
    model = model_of(view.instance.definition_id)
    incidents = [each for each in query(IncidentList(instance_id=id, limit=100)).rows if each.instance_id == id]
    walked = {each.element_id: each.count for each in query(PathWalked(id))}
    events = query(History(id, newest_first=True, limit=LINES, after=request.args.get("after")))
    everything = "all" in request.args
    twin = twin_of(model, view, walked, incidents)
    return render_template(
        "instance.html",
        instance=view.instance,
        called=view.called,
        model=model,
        tasks=query(TaskList(view="all", instance_id=id, limit=50)).rows,
        incidents=incidents,
        jobs=query(JobList(instance_id=id, limit=50)).rows if actor().may("operate") else (),
        subscriptions=query(SubscriptionList(instance_id=id, limit=50)).rows if actor().may("operate") else (),
        variables=variables_of(
            view, lambda: query(History(id, kinds=("variable-set", "variable-gone"), limit=200)).rows
        ),
        story=story_of(events.rows, model, everything=everything),
        all=everything,
        earlier=events.next,
        twin=twin,
        overlay=overlay_of(view, walked, incidents),
        drawn=model is not None and model.drawing is not None,
    )


def _check_belongs(id: str, part: str) -> None:
    """What an address names below an instance must be that instance's, and its reader an operator."""
    need("operate")
    if part.rpartition("-")[0] != query(InstanceDetail(id)).instance.root_id:
        abort(404)


@page.post("/instances/<id>/cancel")
def cancel(id: str) -> Response:
    need("operate")
    execute(CancelInstance(id, reason=request.form.get("reason", "").strip()[:1000]))
    say("The instance is cancelled.")
    return redirect(url_for("instance.show", id=id), 303)


@page.post("/instances/<id>/variables")
def set_variable(id: str) -> Response:
    need("operate")
    name, text = request.form.get("name", "").strip(), request.form.get("value", "").strip()
    execute(SetVariables(id, {name: meaning(text)}))
    say(f"{name} is set.")
    return redirect(url_for("instance.show", id=id), 303)


@page.post("/instances/<id>/incidents/<incident>/retry")
def retry(id: str, incident: str) -> Response:
    _check_belongs(id, incident)
    execute(RetryIncident(incident))
    say("Tried again.")
    return redirect(url_for("instance.show", id=id), 303)


@page.post("/instances/<id>/jobs/<job>/run")
def run_job(id: str, job: str) -> Response:
    """A timer need not be waited for, nor a pause between two tries."""
    _check_belongs(id, job)
    execute(ExecuteJob(job))
    say("Done now.")
    return redirect(url_for("instance.show", id=id), 303)


@page.post("/instances/<id>/subscriptions/<subscription>/trigger")
def trigger(id: str, subscription: str) -> Response:
    """The message or signal has arrived by another way."""
    _check_belongs(id, subscription)
    execute(TriggerSubscription(subscription))
    say("The process goes on.")
    return redirect(url_for("instance.show", id=id), 303)
