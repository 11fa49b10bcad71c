"""A model from a file that is named on the command line."""

from __future__ import annotations

from pathlib import Path

import bpmn
from bpmn.model import Definitions
from webapp.cli.output import PlainFailure

UNREADABLE = 4


def read_file(path: Path) -> bytes:
    """The file's bytes, or in a line why there are none."""
    try:
        return path.read_bytes()
    except OSError as failure:
        raise PlainFailure(f"{path} cannot be opened: {failure.strerror}.") from failure


def read_model(content: bytes, name: str) -> Definitions:
    """The definitions with at least one process, or in a line why there are none."""
    reading = bpmn.read(content, name)
    if reading.definitions is None:
        reason = next((str(each) for each in reading.problems if each.severity == "error"), "It holds no BPMN.")
        raise PlainFailure(f"{name} cannot be read: {reason}", exit_code=UNREADABLE)
    if not reading.definitions.processes:
        raise PlainFailure(f"{name} holds no process.", exit_code=UNREADABLE)
    return reading.definitions
