"""Finding the instance that a person means: by its id, or by what it is about."""

from __future__ import annotations

from engine.errors import NotFound
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.instance import InstanceDetail, InstanceView
from engine.queries.instances import InstanceList
from webapp.cli.output import PlainFailure


def find_instance(engine: ProcessEngine, actor: Actor, wanted: str) -> InstanceView:
    """The instance with that id, or the newest with that business key."""
    try:
        return engine.query(InstanceDetail(wanted), actor)
    except NotFound:
        page = engine.query(InstanceList(business_key=wanted, limit=1), actor)
        if not page.rows:
            raise PlainFailure(
                f"There is no instance {wanted!r}, neither by id nor by business key.", fix="See: procession instances"
            ) from None
        return engine.query(InstanceDetail(page.rows[0].id), actor)
