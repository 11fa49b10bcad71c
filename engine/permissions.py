"""Who may do what: the one table that commands, queries, pages and the API read. What is not in it is not allowed.

A *permission* counts for every process. A *grant* gives a user, a group or everybody a part in one process, with all
that its instances call. A *role* is a name for permissions that go together.
"""

from __future__ import annotations

ANYTHING = "*"

PERMISSIONS = {
    "start": "start processes that are not kept for others",
    "work": "do the tasks that are offered to them or their groups",
    "see": "look at all instances and tasks, and how processes do",
    "deploy": "import models, bind and map lanes",
    "operate": "mend: incidents, jobs, variables, cancel, assign",
    "serve": "fetch and complete jobs, as a worker program",
    "administer": "users, groups, grants, tokens of others, webhooks",
}
"""Beside these everybody who has signed in may `read` what concerns them."""

ROLES = {
    "user": ("start", "work"),
    "modeller": ("deploy", "start", "work"),
    "owner": ("see", "start", "work"),
    "operator": ("operate", "start", "work"),
    "administrator": ("administer", "deploy", "operate", "start", "work"),
}

GRANTS = {
    "start": ("start",),
    "see": ("see",),
    "work": ("see", "take", "work"),
    "operate": ("operate", "see", "take", "work"),
}
"""What a grant of a process gives there. `take`: any task of it that nobody has, whoever it is offered to."""

INCLUDED_IN = {"see": ("operate",), "take": ("operate",)}
"""A permission that who has another has as well."""


def role_of(permissions: tuple[str, ...]) -> str | None:
    """The role that means just these permissions; None where somebody chose their own."""
    return next((role for role, its in ROLES.items() if set(its) == set(permissions)), None)
