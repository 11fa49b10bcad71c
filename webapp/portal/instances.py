"""Instances: what runs and what ran, by state, process and business key."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from engine.queries import DefinitionList, InstanceList
from webapp.context import query, settings

page = Blueprint("instances", __name__)

STATES = {
    "": "All",
    "running": "Running",
    "incident": "With incidents",
    "completed": "Completed",
    "failed": "Failed",
    "cancelled": "Cancelled",
}


@page.get("/instances")
def show() -> str:
    state = request.args.get("state", "")
    chosen: dict[str, Any] = {
        "state": state if state in STATES else "",
        "process": request.args.get("process", ""),
        "q": request.args.get("q", "")[:200],
    }
    rows = query(
        InstanceList(
            key=chosen["process"] or None,
            state=chosen["state"] if chosen["state"] not in ("", "incident") else None,
            with_incident=chosen["state"] == "incident",
            search=chosen["q"],
            limit=settings().page_size,
            after=request.args.get("after"),
        )
    )
    return render_template(
        "instances.html",
        instances=rows.rows,
        next=rows.next,
        chosen=chosen,
        kept={name: value for name, value in chosen.items() if value},
        states=STATES,
        processes=query(DefinitionList(limit=200)).rows,
    )
