"""What the collection scripts: Alice with a task, Bob who sees nothing of it, and what they send."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from hostile import Product, Visitor, content_of
from werkzeug.test import TestResponse

from engine.errors import Conflict, NotFound
from engine.queries import TaskList

# What the collection calls by another name than we do.
OURS = {"/login": "/sign-in", "/logout": "/sign-out", "username": "user"}
MODEL = (
    '<userTask id="t" camunda:candidateGroups="Buyers"/>'
    '<sequenceFlow id="f" sourceRef="t" targetRef="u"/><userTask id="u" camunda:candidateGroups="Buyers"/>'
)
SCRIPTED = {
    "csrf_no_token",
    "csrf_cross_origin",
    "csrf_json_text_plain",
    "idor_api_sequential_ids",
    "idor_parent_child_mismatch",
    "authz_start_not_allowed",
    "authz_start_old_version",
    "authz_admin_pages",
    "authz_unauthenticated_api",
    "authz_path_tricks",
    "wrong_content_type",
    "verb_tampering",
    "api_token_in_url",
    "host_header",
}


class Scene:
    """Alice with a task; Bob, who sees nothing of it; and the names that the collection has for them."""

    def __init__(self, product: Product, model: Callable[..., bytes]) -> None:
        self.product = product
        self.definition = product.deploy(model(MODEL))[0].definition_id
        product.deploy(model(MODEL + '<task id="more"/>'))
        self.instance = product.start()
        self.task = str(product.ask(TaskList(view="all")).rows[0].id)
        self.visitors = {"alice": product.visitor("alice"), "bob": product.visitor("bob")}
        self.visitors["anonymous"] = product.visitor()
        self.names = {
            "task_of_alice": self.task,
            "instance_of_alice": self.instance,
            "instance_of_bob": "none",
            "task_of_bob": "none",
            "attachment_of_alice": "none",
            "process_only_alice": "p",
            "old_version_id": self.definition,
            "second_task_four_eyes": "none",
            "token_of_alice": "none",
        }

    def play(self, step: dict[str, Any]) -> TestResponse:
        visitor: Visitor = self.visitors[step["actor"]]
        path = step["path"]
        for name, value in self.names.items():
            path = path.replace(f"{{{name}}}", value)
        path = OURS.get(path, path).replace("/api/", "/api/v1/", 1)
        options: dict[str, Any] = {"method": step["method"], "headers": dict(step.get("headers", {}))}
        if "form" in step:
            form = {OURS.get(name, name): value for name, value in dict(step["form"]).items()}
            if step.get("omit") != "csrf":
                visitor.see("/sign-in" if step["actor"] == "anonymous" else "/tasks")
                form["csrf"] = visitor.hidden("csrf")
            options["data"] = form
        elif "body" in step:
            options["data"] = step["body"]
        return visitor.client.open(path, **options)

    def untouched(self) -> bool:
        rows = self.product.ask(TaskList(view="all")).rows
        return [(row.id, row.assignee) for row in rows] == [(self.task, None)]


def steps(attack: dict[str, Any]) -> list[dict[str, Any]]:
    return list(json.loads(content_of(attack))["steps"])


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """The results of doing it so many times side by side, refusals included."""
    results: list[Any] = []
    gate = threading.Barrier(count)

    def one(number: int) -> None:
        gate.wait()
        try:
            results.append(do(number))
        except (Conflict, NotFound) as refusal:
            results.append(refusal)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
