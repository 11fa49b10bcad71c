"""An ad-hoc sub-process: who mends or leads a case starts its activities, in any order, and says when all is done."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bpmn.model import Activity, AdHocSubProcess, BoundaryEvent, FlowNode, SequenceFlow, SubProcess
from engine.commands import CompleteAdHocSubProcess, StartAdHocActivity
from engine.queries import DefinitionDetail, InstanceDetail
from engine.queries.instance import InstanceView, TokenRow
from webapp.context import execute, query
from webapp.language import _
from webapp.models import Model
from webapp.toast import say
from webapp.words import name_of

page = Blueprint("ad_hoc", __name__)


@dataclass(frozen=True, slots=True)
class AdHoc:
    """One that is open. `activities` may be started now: id, name, and how many of each go on.

    `waits`: it is done one after the other and one goes on; `ends`: it may be said to be done now.
    """

    token: str
    name: str
    about: str
    activities: tuple[tuple[str, str, int], ...]
    waits: bool
    ends: bool


def ad_hoc_of(view: InstanceView, model: Model | None) -> list[AdHoc]:
    """Those of an instance that the reader may work in."""
    if model is None or "operate" not in view.may:
        return []
    return [_one(view, model, token, element) for token, element in _open(view, model)]


def startable_again(view: InstanceView, model: Model | None) -> set[str]:
    """The activities that may begin at any time, so that none of them is done for good."""
    opened = _open(view, model) if model is not None else []
    return {each.id or "" for _token, element in opened for each in _startable(element)}


def _open(view: InstanceView, model: Model) -> list[tuple[TokenRow, AdHocSubProcess]]:
    """The open ones, each turn of a loop by itself; where people are led, all of it is offered as tasks instead."""
    opened = [(each, model.element(each.element_id)) for each in view.tokens]
    found = [(token, element) for token, element in opened if isinstance(element, AdHocSubProcess)]
    # The body of a loop holds its turns together; each turn is a token below it.
    turns = {token.parent for token, _element in found}
    if not found or query(DefinitionDetail(view.instance.definition_id)).guided:
        return []
    return [(token, element) for token, element in found if token.number not in turns]


def _one(view: InstanceView, model: Model, token: TokenRow, element: AdHocSubProcess) -> AdHoc:
    inside = [each.element_id for each in view.tokens if each.parent == token.number]
    sequential = element.ordering == "Sequential"
    return AdHoc(
        token=token.id,
        name=name_of(element),
        about=model.documentation(element.id or ""),
        activities=tuple((each.id or "", name_of(each), inside.count(each.id or "")) for each in _startable(element)),
        waits=sequential and bool(inside),
        ends=not inside or element.cancel_remaining_instances is not False,
    )


def _startable(element: AdHocSubProcess) -> list[FlowNode]:
    """What no flow leads to, and what nothing else starts."""
    led_to = {each.target_ref for each in element.flow_elements if isinstance(each, SequenceFlow)}
    return [
        each
        for each in element.flow_elements
        if isinstance(each, FlowNode)
        and each.id not in led_to
        and not isinstance(each, BoundaryEvent)
        and not (isinstance(each, Activity) and each.is_for_compensation)
        and not (isinstance(each, SubProcess) and each.triggered_by_event)
    ]


@page.post("/instances/<id>/ad-hoc/<token>/start")
def start(id: str, token: str) -> Response:
    _check_belongs(id, token)
    execute(StartAdHocActivity(token, request.form.get("activity", "")))
    say(_("It has begun."))
    return redirect(url_for("instance.show", id=id, _anchor="ad-hoc"), 303)


@page.post("/instances/<id>/ad-hoc/<token>/complete")
def complete(id: str, token: str) -> Response:
    _check_belongs(id, token)
    execute(CompleteAdHocSubProcess(token))
    say(_("Nothing more is to be done there; the process goes on."))
    return redirect(url_for("instance.show", id=id), 303)


def _check_belongs(id: str, token: str) -> None:
    if all(each.id != token for each in query(InstanceDetail(id)).tokens):
        abort(404)
