"""Sub-process, embedded (BPMN 2.0, 10.3.5): a scope of its own with flow elements inside."""

from __future__ import annotations

from engine.elements.flow_container import FlowContainer


class SubProcess(FlowContainer):
    """Starts what is inside and completes when no token is left there."""
