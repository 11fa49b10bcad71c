"""The pages. One page is one file here, its template, and one line in `PAGES`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from webapp.portal import (
    definition_files,
    definition_pictures,
    drafts,
    import_file,
    import_many,
    incidents,
    instance,
    instance_actions,
    instance_past,
    instance_transfer,
    instance_variables,
    instances,
    operations,
    operations_jobs,
    palette,
    process,
    process_actions,
    processes,
    progress,
    start,
    task,
    task_changes,
    task_talk,
    tasks,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and, when it has a label, its place in the navigation. `permission` is what it takes to see it."""

    blueprint: Blueprint
    permission: str
    label: str | None = None
    icon: str = ""
    path: str = ""


PAGES = (
    Page(tasks.page, "read", "Tasks", "tasks", "/tasks"),
    Page(task.page, "read"),
    Page(task_changes.page, "work"),
    Page(task_talk.page, "read"),
    Page(drafts.page, "read"),
    Page(palette.page, "read"),
    Page(start.page, "start", "Start", "start", "/start"),
    Page(processes.page, "read", "Processes", "processes", "/processes"),
    Page(process.page, "read"),
    Page(process_actions.page, "read"),
    Page(definition_files.page, "read"),
    Page(definition_pictures.page, "read"),
    Page(instances.page, "read", "Instances", "instances", "/instances"),
    Page(instance.page, "read"),
    Page(instance_actions.page, "operate"),
    Page(instance_past.page, "read"),
    Page(instance_transfer.page, "operate"),
    Page(instance_variables.page, "read"),
    Page(operations.page, "operate", "Operations", "incident", "/operations"),
    Page(operations_jobs.page, "operate"),
    Page(incidents.page, "operate"),
    Page(progress.page, "read"),
    Page(import_many.page, "deploy", "Import", "import", "/import"),
    Page(import_file.page, "deploy"),
)
