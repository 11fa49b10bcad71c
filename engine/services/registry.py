"""The table of what does a service task inside the server, by the kind of its binding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from engine.services.addresses import AddressPolicy
from engine.services.calls import ServiceCall, ServiceFailed, ServiceOutcome
from engine.services.http_request import HttpLimits, HttpRequest
from engine.services.python_callable import PythonCallable
from engine.services.webhook import WebhookCall

Connector = Callable[[ServiceCall], ServiceOutcome]


@dataclass(frozen=True, slots=True)
class Connectors:
    """All connectors of an engine. An external job is no connector: a worker fetches it."""

    table: Mapping[str, Connector] = field(default_factory=dict)

    def call(self, call: ServiceCall) -> ServiceOutcome:
        """Do it; raises BpmnError or ServiceFailed, nothing else."""
        connector = self.table.get(call.kind)
        if connector is None:
            raise ServiceFailed(
                f"Nothing here does {call.kind!r}.",
                fix="Bind the element to a Python function, an address, a topic or a person.",
                lasting=True,
            )
        return connector(call)


def connectors(
    python_modules: Collection[str] = (), http_allowed: Collection[str] = (), http_limits: HttpLimits | None = None
) -> Connectors:
    """The connectors, with what the operator allows."""
    http = HttpRequest(AddressPolicy(http_allowed), http_limits)
    return Connectors({"python": PythonCallable(python_modules), "http": http, "webhook": WebhookCall(http)})
