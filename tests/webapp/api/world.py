"""A world in which everything that the document shows can be done: it has what the examples speak of."""

from __future__ import annotations

import io
from typing import Any

from program import Program
from werkzeug.test import TestResponse

from engine.clock import VirtualClock
from engine.processengine import ProcessEngine

KEY = "invoice-approval"
BRANCHES = (
    '<userTask id="record_invoice" name="Record invoice" camunda:candidateGroups="Clerk"/>',
    '<serviceTask id="create_account" camunda:type="external" camunda:topic="create-account"/>',
    '<intermediateCatchEvent id="payment_received"><messageEventDefinition messageRef="paid"/>'
    "</intermediateCatchEvent>",
    '<intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>'
    "</intermediateCatchEvent>",
    '<scriptTask id="work_out" scriptFormat="python"><script>share = amount / people</script></scriptTask>',
)
CATCHES = (
    '<boundaryEvent id="not_ours" attachedToRef="record_invoice"><errorEventDefinition errorRef="error"/>'
    "</boundaryEvent>"
    '<boundaryEvent id="too_late" attachedToRef="record_invoice" cancelActivity="false">'
    '<escalationEventDefinition escalationRef="late"/></boundaryEvent>'
    '<boundaryEvent id="name_taken" attachedToRef="create_account"><errorEventDefinition errorRef="taken"/>'
    "</boundaryEvent>"
)
OUTSIDE = (
    '<message id="paid" name="payment-received"/><error id="error" errorCode="NOT_OURS"/>'
    '<error id="taken" errorCode="NAME_TAKEN"/><escalation id="late" escalationCode="TOO_LATE"/>'
)


def invoice_approval() -> bytes:
    """Everything that can wait, at once: a person, a worker, a message, a time, and something that failed."""
    names = [each.split('"')[1] for each in BRANCHES]
    flows = ['<sequenceFlow id="f" sourceRef="s" targetRef="all"/>']
    flows += [f'<sequenceFlow id="to_{name}" sourceRef="all" targetRef="{name}"/>' for name in names]
    ends = [
        f'<sequenceFlow id="from_{name}" sourceRef="{name}" targetRef="end_{name}"/><endEvent id="end_{name}"/>'
        for name in ("not_ours", "too_late", "name_taken")
    ]
    inside = '<startEvent id="s"/><parallelGateway id="all"/>' + "".join([*BRANCHES, CATCHES, *flows, *ends])
    return (
        '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t" expressionLanguage="python">'
        f'{OUTSIDE}<process id="{KEY}" name="Invoice approval" isExecutable="true">{inside}</process></definitions>'
    ).encode()


class World:
    """`new` makes a thing of a kind and says its id; Otto, who may do all, is the program that makes it."""

    def __init__(self, otto: Program, engine: ProcessEngine, clock: VirtualClock) -> None:
        self.otto, self.engine, self.clock = otto, engine, clock
        self.deployment = self.deployed(invoice_approval(), f"{KEY}.bpmn")
        (definition,) = self.items("/definitions")
        self.definition = str(definition["id"])

    def deployed(self, content: bytes, name: str) -> str:
        return str(self.otto.ok(self.send("POST", "/deployments", files=[(io.BytesIO(content), name)]), 201)["id"])

    def send(self, method: str, path: str, body: Any = None, files: Any = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        if files is not None:
            data = {**(body or {}), "files": files}
            return self.otto.send(method, path, data=data, content_type="multipart/form-data", headers=named)
        options = {"json": body} if body is not None else {}
        return self.otto.send(method, path, headers=named, **options)

    def items(self, path: str) -> list[Any]:
        found: list[Any] = self.otto.ok(self.otto.get(path))["items"]
        return found

    def instance(self) -> str:
        body = {"key": KEY, "business_key": "INV-4711", "variables": {"amount": 1200, "people": 0, "supplier": "ACME"}}
        id = str(self.otto.ok(self.otto.post("/instances", body), 201)["id"])
        self.engine.run_due()
        return id

    def of_instance(self, list: str, **having: Any) -> str:
        """The id of what a new instance has in that list."""
        found = self.items(f"/{list}?instance_id={self.instance()}")
        return str(next(each["id"] for each in found if having.items() <= each.items()))

    def attach(self, task: str, name: str) -> str:
        sent = self.send("POST", f"/tasks/{task}/attachments", files=[(io.BytesIO(b"%PDF-1.7"), name)])
        return str(self.otto.ok(sent, 201)["id"])
