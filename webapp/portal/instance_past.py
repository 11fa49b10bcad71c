"""Looking back: an instance step by step, where its tokens were, what each step changed."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries import InstanceDetail, InstancePast
from engine.queries.past import PastView
from webapp.context import query, tapes
from webapp.definitions import model_of
from webapp.portal.instance_view import marks, overlay_of, story_of, twin_of

page = Blueprint("instance_past", __name__)


@page.get("/instances/<id>/past")
def show(id: str) -> str:
    """A page of its own; for the instance's page what it looks back with (`part=all`), or one step (`part=step`)."""
    instance = query(InstanceDetail(id)).instance
    past: PastView = query(InstancePast(id, request.args.get("step", type=int), tapes()))
    model = model_of(instance.definition_id)
    stopped = marks(past.stopped)
    changed = {event.name for event in past.events if event.kind == "variable-set"}
    part = {"step": "past_step.html", "all": "past_part.html"}.get(request.args.get("part", ""), "past.html")
    return render_template(
        part,
        instance=instance,
        past=past,
        model=model,
        story=story_of(past.events, model, everything=True),
        variables=[(name, value, name in changed) for name, value in past.variables],
        twin=[line for line in twin_of(model, instance.key, past.tokens, past.walked, stopped) if line.state],
        overlay=overlay_of(past.tokens, past.walked, stopped),
        drawn=model is not None and model.drawing is not None,
    )
