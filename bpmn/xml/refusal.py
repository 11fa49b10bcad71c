"""A file that cannot be read at all; it never leaves `read`, which turns it into the problem that it carries."""

from __future__ import annotations

from bpmn.problems import Problem


class Refusal(Exception):
    """The file was refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
