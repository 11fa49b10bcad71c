"""Programs that speak with the API, each by its token, and a world in which all can be done."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

# Tests are imported by path, so a module beside them is found only when its folder is known.
sys.path.insert(0, str(Path(__file__).parent))

from program import EVERYTHING, Program
from world import World

from engine.clock import VirtualClock
from engine.commands import SetUser
from engine.commands.api_tokens import CreateToken
from engine.identity import SYSTEM
from engine.permissions import PERMISSIONS
from engine.processengine import ProcessEngine


@pytest.fixture
def engine(engine: ProcessEngine) -> ProcessEngine:
    """Otto may do all that there is."""
    engine.execute(SetUser("otto", permissions=tuple(PERMISSIONS)), SYSTEM)
    return engine


@pytest.fixture
def program(app: Flask, engine: ProcessEngine) -> Callable[..., Program]:
    """`program("clara")` acts for Clara with all that she may, or with `permissions` only."""

    def make(user: str = "otto", permissions: tuple[str, ...] = EVERYTHING) -> Program:
        token = engine.execute(CreateToken("test", permissions, user), SYSTEM).token
        return Program(app.test_client(), token)

    return make


@pytest.fixture
def world(program: Callable[..., Program], engine: ProcessEngine, clock: VirtualClock) -> World:
    """Things of every kind, and Otto, who may do all with them."""
    return World(program("otto"), engine, clock)
