"""Transaction (BPMN 2.0, 10.3.5 and 13.5.2): a sub-process that may be cancelled, and is undone then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.sub_process import SubProcess

if TYPE_CHECKING:
    from engine.elements.boundary_event import BoundaryEvent


class Transaction(SubProcess):
    @property
    def cancelled_by(self) -> BoundaryEvent | None:
        """Its cancel boundary event; that of a loop is at the loop."""
        boundaries = self.boundaries or (self.item_of.boundaries if self.item_of is not None else [])
        for boundary in boundaries:
            if any(definition.kind == "cancel" for definition in boundary.definitions):
                return boundary
        return None
