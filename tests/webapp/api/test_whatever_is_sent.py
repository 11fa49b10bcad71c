"""The API keeps to its own document whatever is sent: right, wrong, or what nobody thought of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from engine.clock import VirtualClock
from engine.commands import SetUser
from engine.commands.api_tokens import CreateToken
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from webapp.api import SUBJECTS
from webapp.api.document import document_of
from webapp.app import create_app
from webapp.settings import WebSettings

EVERYTHING = ("read", "deploy", "start", "work", "serve", "operate", "administer")


class Served:
    """Stands for the application, which is made after the tests are collected."""

    app: Flask

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app(environ, start_response)


served = Served()
schema = schemathesis.openapi.from_dict(document_of(SUBJECTS))
schema.app = served


@pytest.fixture(scope="session")
def in_use(peopled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProcessEngine]:
    path = tmp_path_factory.mktemp("api") / "api.db"
    shutil.copy(peopled, path)
    engine = ProcessEngine(f"sqlite:///{path}", clock=VirtualClock())
    yield engine
    engine.close()


@pytest.fixture(scope="session", autouse=True)
def serve(in_use: ProcessEngine) -> None:
    settings = WebSettings(upload_limit=1024 * 1024)
    served.app = create_app(in_use, settings)
    # Who would wait for a job is answered at once.
    served.app.extensions["procession-polling"].stop()


@pytest.fixture(scope="session")
def token(in_use: ProcessEngine) -> str:
    in_use.execute(SetUser("otto", permissions=EVERYTHING[1:]), SYSTEM)
    return in_use.execute(CreateToken("test", EVERYTHING, "otto"), SYSTEM).token


@schema.parametrize()
@settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_to_its_document(case: schemathesis.Case, token: str) -> None:
    # What fits the document may still be refused, in words: a key that was used before, a page that does not exist.
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance])
