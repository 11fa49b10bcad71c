"""Where each write of the API is done in the world, and what else than its example could be sent there."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from world import KEY, World

Place = dict[str, str]
_count = itertools.count(1)
_grants = itertools.cycle(("see", "work", "operate"))
OTHER = b"""<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="o"
 targetNamespace="t"><process id="other" isExecutable="true"><startEvent id="s"/></process></definitions>"""
WORKER = {"worker": "accounts-1"}


def nothing(world: World) -> Place:
    return {}


def instance(world: World) -> Place:
    return {"id": world.instance()}


def task(world: World) -> Place:
    return {"id": world.of_instance("tasks")}


def after(first: Callable[[World], Place], method: str, path: str, body: Any = None) -> Callable[[World], Place]:
    """The place where something was done already."""

    def place(world: World) -> Place:
        found = first(world)
        response = world.send(method, path.format(**found), body)
        assert response.status_code < 300, (path, response.get_data(as_text=True))
        return found

    return place


def without_instances(world: World) -> Place:
    return {"id": world.deployed(OTHER, f"other-{next(_count)}.bpmn")}


def waiting_token(world: World) -> Place:
    tokens = world.items(f"/instances/{world.instance()}/tokens?element_id=payment_received")
    return {"id": tokens[0]["id"]}


def alone(world: World) -> Place:
    """So that nobody else waits for the message."""
    for each in world.items("/instances?state=running&limit=200"):
        world.otto.post(f"/instances/{each['id']}/cancel", {})
    world.instance()
    return {}


def held_job(world: World) -> Place:
    job = world.of_instance("jobs", kind="external")
    held = world.otto.ok(world.otto.post("/external-jobs/fetch", {"topics": ["create-account"], "max": 1000, **WORKER}))
    assert job in [each["id"] for each in held["items"]]
    return {"id": job}


def timer(world: World) -> Place:
    return {"id": world.of_instance("jobs", kind="timer")}


def attached(world: World) -> Place:
    return {"id": world.attach(task(world)["id"], "invoice.pdf")}


def made(path: str, body: Callable[[], Any]) -> Callable[[World], Place]:
    return lambda world: {"id": world.otto.ok(world.otto.post(path, body()), 201)["id"]}


user = made("/users", lambda: {"id": f"user-{next(_count)}"})
group = made("/groups", lambda: {"id": f"group-{next(_count)}"})
token = made("/tokens", lambda: {"name": "t", "permissions": ["read"]})
webhook = made("/webhooks", lambda: {"url": f"https://example.org/{next(_count)}"})


def member(world: World) -> Place:
    return {"user": user(world)["id"], "group": group(world)["id"]}


def part(world: World) -> Place:
    return {"key": KEY, "grant": next(_grants), "kind": "user", "subject": user(world)["id"]}


def bound(world: World) -> Place:
    return {"key": KEY, "subject": f"element-{next(_count)}"}


BINDING = {"kind": "http", "target": "https://example.org/"}
PLACES: dict[str, Callable[[World], Place]] = {
    "deployments_deploy": nothing,
    "deployments_delete": without_instances,
    "definitions_set_state": lambda world: {"id": world.items("/definitions?key=other")[0]["id"]},
    "bindings_bind": bound,
    "bindings_unbind": after(bound, "PUT", "/bindings/{key}/{subject}", BINDING),
    "instances_start": nothing,
    "instances_cancel": instance,
    "instance_data_set_variables": instance,
    "instance_data_remove_variables": instance,
    "instance_data_trigger": waiting_token,
    "instance_data_take_in": nothing,
    "task_verbs_claim": task,
    "task_verbs_unclaim": after(task, "POST", "/tasks/{id}/claim"),
    "task_verbs_complete": task,
    "task_verbs_assign": task,
    "task_verbs_delegate": after(task, "POST", "/tasks/{id}/claim"),
    "task_verbs_resolve": after(
        after(task, "POST", "/tasks/{id}/claim"), "POST", "/tasks/{id}/delegate", {"to": "otto"}
    ),
    "task_verbs_own": task,
    "task_verbs_date": task,
    "task_verbs_prioritise": task,
    "task_verbs_offer": task,
    "task_verbs_withdraw": task,
    "task_verbs_throw_error": task,
    "task_verbs_escalate": task,
    "task_talk_comment": task,
    "task_talk_attach": task,
    "task_talk_remove": attached,
    "messages_correlate": alone,
    "messages_broadcast": nothing,
    "messages_trigger": lambda world: {"id": world.of_instance("subscriptions")},
    "external_jobs_fetch": alone,
    "external_jobs_complete": held_job,
    "external_jobs_fail": held_job,
    "external_jobs_throw_error": held_job,
    "external_jobs_extend": held_job,
    "jobs_execute_now": timer,
    "jobs_set_due": timer,
    "jobs_set_retries": timer,
    "jobs_unlock": held_job,
    "jobs_retry": lambda world: {"id": world.of_instance("incidents")},
    "people_change_profile": nothing,
    "people_create_user": nothing,
    "people_change_user": user,
    "people_change_password": user,
    "people_delete_user": user,
    "people_reset_password": user,
    "people_create_group": nothing,
    "people_change_group": group,
    "people_delete_group": group,
    "people_join": member,
    "people_leave": after(member, "PUT", "/groups/{group}/members/{user}"),
    "grants_give_to_all": part,
    "grants_take_from_all": after(part, "PUT", "/grants/{key}/{grant}/all"),
    "grants_give": part,
    "grants_take_back": after(part, "PUT", "/grants/{key}/{grant}/{kind}/{subject}"),
    "tokens_create": nothing,
    "tokens_revoke": token,
    "webhooks_create": nothing,
    "webhooks_change": webhook,
    "webhooks_delete": webhook,
    "webhooks_renew_secret": webhook,
    "webhooks_drop_old_secret": after(webhook, "POST", "/webhooks/{id}/secret"),
}
CHANGES: dict[str, Any] = {
    "definitions_set_state": {"state": "active"},
    "bindings_bind": {"target": "https://example.org/others"},
    "task_verbs_date": {"due_at": None},
    "jobs_set_due": {"due_at": "2031-01-05T09:30:00Z"},
    "webhooks_change": {"kinds": []},
    "instance_data_remove_variables": {"names": ["amount", "supplier"]},
    "external_jobs_fetch": {"max": 1},
}


def other_than(operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """A body that could be sent as well."""
    if operation in CHANGES:
        return {**body, **CHANGES[operation]}
    for name, value in body.items():
        if isinstance(value, str):
            return {**body, name: f"{value}2"}
        if isinstance(value, int):
            return {**body, name: value + 1}
    return {**body, next(iter(body)): {}}
