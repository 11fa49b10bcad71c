"""The answers that a question offers: a gateway's branches, by their names."""

from __future__ import annotations

from collections.abc import Iterable

from engine.queries.user_task import TaskView
from webapp.cli.output import PlainFailure


def offered(view: TaskView) -> list[tuple[str, str]]:
    """(sequence flow, what it is called) of each way a question offers."""
    options = (view.form or {}).get("options") or []
    return [(option["id"], option.get("name") or option["id"]) for option in options]


def takes_several(view: TaskView) -> bool:
    """Is more than one answer possible (an inclusive gateway)?"""
    return bool((view.form or {}).get("multiple"))


def chosen_flows(view: TaskView, answers: Iterable[str]) -> tuple[str, ...]:
    """The flows that answers mean, each named by what its branch is called or by its id."""
    options = offered(view)
    flows = []
    for answer in answers:
        wanted = answer.strip().casefold()
        found = [flow for flow, name in options if wanted in (name.casefold(), flow.casefold())]
        if len(found) != 1:
            ways = ", ".join(name for _, name in options) or "none: it is no question"
            raise PlainFailure(f"{answer!r} is no answer to {view.task.name!r}.", fix=f"It offers: {ways}")
        flows += found
    return tuple(flows)
