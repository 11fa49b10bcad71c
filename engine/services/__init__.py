"""What service tasks call inside the server: bound Python functions and HTTP requests."""

from __future__ import annotations

from engine.services.binding import Binding
from engine.services.calls import BpmnError, ServiceCall, ServiceFailed, ServiceOutcome
from engine.services.registry import Connectors, connectors

__all__ = ["Binding", "BpmnError", "Connectors", "ServiceCall", "ServiceFailed", "ServiceOutcome", "connectors"]
