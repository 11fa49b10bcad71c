"""Small documents, and the folders of real and of hostile ones where they are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import bpmn
from bpmn.model import Definitions

SHARED = Path(__file__).resolve().parents[3] / "shared"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="http://vendor.example/x" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t" {}>'
)


@pytest.fixture(scope="session")
def everything() -> bytes:
    """A document with a bit of everything that reading and writing must keep."""
    return (Path(__file__).parent / "files" / "everything.bpmn").read_bytes()


@pytest.fixture
def document() -> Callable[..., bytes]:
    """The bytes of a document with this inside its root."""

    def make(inner: str, attributes: str = "") -> bytes:
        return (HEAD.format(attributes) + inner + "</definitions>").encode()

    return make


@pytest.fixture
def definitions(document: Callable[..., bytes]) -> Callable[..., Definitions]:
    """The document with this inside its root, read."""

    def make(inner: str, attributes: str = "") -> Definitions:
        read = bpmn.read(document(inner, attributes)).definitions
        assert read is not None
        return read

    return make


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A folder beside the project; without it the test is skipped."""

    def folder(name: str) -> Path:
        if not (SHARED / name).is_dir():
            pytest.skip(f"../shared/{name} is not there")
        return SHARED / name

    return folder
