"""The pages. One page is one file here, its template, and one line in `PAGES`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from webapp.language import later
from webapp.portal import (
    account,
    account_tokens,
    acts,
    ad_hoc,
    definition_files,
    definition_pictures,
    drafts,
    groups,
    import_file,
    import_many,
    incidents,
    instance,
    instance_actions,
    instance_past,
    instance_transfer,
    instance_variables,
    instances,
    notices,
    operations,
    operations_jobs,
    palette,
    people,
    process,
    process_actions,
    process_grants,
    processes,
    progress,
    start,
    task,
    task_bulk,
    task_changes,
    task_talk,
    tasks,
)

ACTS = {**import_many.ACTS, **incidents.ACTS, **task_bulk.ACTS}
"""What may be done at length, in the background, by name (`webapp/batches.py`)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and, when it has a label, its place in the navigation. `permission` is what it takes to see it.

    `by_process`: to have it in one process is enough to come in.
    """

    blueprint: Blueprint
    permission: str
    label: str | None = None
    icon: str = ""
    path: str = ""
    by_process: bool = False


PAGES = (
    Page(tasks.page, "read", later("Tasks"), "tasks", "/tasks"),
    Page(task.page, "read"),
    Page(task_bulk.page, "work", by_process=True),
    Page(task_changes.page, "work", by_process=True),
    Page(task_talk.page, "read"),
    Page(notices.page, "read"),
    Page(drafts.page, "read"),
    Page(palette.page, "read"),
    Page(start.page, "start", later("Start"), "start", "/start", by_process=True),
    Page(processes.page, "read", later("Processes"), "processes", "/processes"),
    Page(process.page, "read"),
    Page(process_actions.page, "read"),
    Page(definition_files.page, "read"),
    Page(definition_pictures.page, "read"),
    Page(instances.page, "read", later("Instances"), "instances", "/instances"),
    Page(instance.page, "read"),
    Page(instance_actions.page, "operate", by_process=True),
    Page(ad_hoc.page, "operate", by_process=True),
    Page(instance_past.page, "read"),
    Page(instance_transfer.page, "operate", by_process=True),
    Page(instance_variables.page, "read"),
    Page(operations.page, "operate", later("Operations"), "incident", "/operations"),
    Page(operations_jobs.page, "operate"),
    Page(incidents.page, "operate", by_process=True),
    Page(progress.page, "read"),
    Page(import_many.page, "deploy", later("Import"), "import", "/import"),
    Page(import_file.page, "deploy"),
    Page(people.page, "administer"),
    Page(groups.page, "administer"),
    Page(acts.page, "administer"),
    Page(process_grants.page, "administer"),
    Page(account.page, "read"),
    Page(account_tokens.page, "read"),
)
