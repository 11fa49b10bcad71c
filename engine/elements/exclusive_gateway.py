"""Exclusive gateway (BPMN 2.0, 10.6.2 and 13.4.2): the first flow whose condition is true, else the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.gateway import DecidingGateway

if TYPE_CHECKING:
    from engine.spiff.element_spec import Flow
    from engine.spiff.token import Token


class ExclusiveGateway(DecidingGateway):
    def decide(self, token: Token) -> list[Flow]:
        for flow in self.outgoing:
            if not flow.is_default and flow.is_open(token):
                return [flow]
        default = [flow for flow in self.outgoing if flow.is_default]
        return default or super().decide(token)
