"""Intermediate throw event (BPMN 2.0, 10.5.4): throws and goes on."""

from __future__ import annotations

from engine.elements.throw_event import ThrowEvent


class IntermediateThrowEvent(ThrowEvent):
    """It goes on when what it throws is done, which is at once but for compensation and a program's work."""
