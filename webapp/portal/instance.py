"""One instance: its tokens and its path on the diagram and in words, its tasks, variables, incidents and history."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.errors import NotFound
from engine.queries import (
    History,
    IncidentCauses,
    IncidentList,
    InstanceDetail,
    JobList,
    PathWalked,
    SubscriptionList,
    TaskList,
)
from engine.queries.instance import InstanceView
from engine.queries.instances import InstanceRow
from engine.queries.waits import IncidentRow
from webapp.context import query
from webapp.definitions import model_of
from webapp.portal.ad_hoc import ad_hoc_of, startable_again
from webapp.portal.instance_view import (
    Stop,
    marks,
    overlay_of,
    resting,
    stops_of,
    story_of,
    twin_of,
    variables_of,
)
from webapp.portal.subjects import units_of

page = Blueprint("instance", __name__)
LINES = 100


@page.get("/instances/<id>")
def show(id: str) -> str:
    view: InstanceView = query(InstanceDetail(id))
    model = model_of(view.instance.definition_id)
    incidents = [each for each in query(IncidentList(instance_id=id, limit=100)).rows if each.instance_id == id]
    walked = {each.element_id: each.count for each in query(PathWalked(id))}
    events = query(History(id, newest_first=True, limit=LINES, after=request.args.get("after")))
    everything = "all" in request.args
    here, trouble = resting(view), marks(each.element_id for each in incidents)
    operator = "operate" in view.may
    return render_template(
        "instance.html",
        instance=view.instance,
        operates=operator,
        parent=_parent(view.instance),
        called=view.called,
        model=model,
        tasks=query(TaskList(view="all", instance_id=id, limit=50)).rows,
        stops=_stops(view, incidents),
        ad_hoc=ad_hoc_of(view, model),
        jobs=query(JobList(instance_id=id, limit=50)).rows if operator else (),
        subscriptions=query(SubscriptionList(instance_id=id, limit=50)).rows if operator else (),
        variables=variables_of(view),
        units=units_of(model, model.process_of(view.instance.key) if model else ""),
        story=story_of(events.rows, model, everything=everything),
        all=everything,
        earlier=events.next,
        newer="after" in request.args,
        twin=twin_of(model, view.instance.key, here, walked, trouble, startable_again(view, model)),
        overlay=overlay_of(here, walked, trouble),
        drawn=model is not None and model.drawing is not None,
    )


def _parent(instance: InstanceRow) -> InstanceRow | None:
    if instance.parent_id is None:
        return None
    try:
        view: InstanceView = query(InstanceDetail(instance.parent_id))
    except NotFound:
        return None
    return view.instance


def _stops(view: InstanceView, incidents: list[IncidentRow]) -> list[Stop]:
    causes = query(IncidentCauses(view.instance.key)) if incidents else ()
    alike = {(each.element_id, each.code, each.reason): each.count for each in causes}
    return stops_of(view, incidents, alike)
