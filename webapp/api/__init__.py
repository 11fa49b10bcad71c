"""REST, version 1: the engine's commands and queries over HTTP, each subject a file and a line in SUBJECTS."""

from __future__ import annotations

from flask import Flask

from engine.processengine import ProcessEngine
from webapp.api import (
    bindings,
    definitions,
    deployments,
    external_jobs,
    grants,
    instance_data,
    instances,
    jobs,
    messages,
    people,
    task_talk,
    task_verbs,
    tasks,
    tokens,
    verdicts,
    webhooks,
)
from webapp.api.access import guard_api
from webapp.api.docs_page import docs_page
from webapp.api.document import document_of
from webapp.api.json_strict import StrictJson
from webapp.api.polling import Polling
from webapp.api.unfit import does_not_fit

SUBJECTS = (
    deployments.subject,
    verdicts.subject,
    definitions.subject,
    bindings.subject,
    instances.subject,
    instance_data.subject,
    tasks.subject,
    task_verbs.subject,
    task_talk.subject,
    messages.subject,
    external_jobs.subject,
    jobs.subject,
    people.subject,
    grants.subject,
    tokens.subject,
    webhooks.subject,
)
WAITING = 3
"""Fetches that may wait at once: fewer than the server has threads."""


def add_api(app: Flask, engine: ProcessEngine) -> None:
    """Let programs in, by the one door that `guard_api` keeps."""
    app.json = StrictJson(app)
    polling = Polling(WAITING)
    engine.when_job_written(polling.written)
    app.extensions["procession-polling"] = polling
    # flask-openapi3 looks here for what to answer when a request does not fit.
    app.validation_error_callback = does_not_fit  # type: ignore[attr-defined]
    guard_api(app)
    for subject in SUBJECTS:
        app.register_blueprint(subject.blueprint)
    app.extensions["procession-openapi"] = document_of(SUBJECTS)
    app.register_blueprint(docs_page)
