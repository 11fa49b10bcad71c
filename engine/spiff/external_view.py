"""The `externalTask` that conditions of Camunda's error definitions see: how the worker's try ended."""

from __future__ import annotations

from typing import ClassVar


class ExternalTaskView:
    """`error` is what the worker said went wrong, None where it has done the work."""

    expression_members: ClassVar[frozenset[str]] = frozenset(
        [
            "errorMessage",
            "getErrorMessage",
            "errorDetails",
            "getErrorDetails",
            "retries",
            "getRetries",
            "workerId",
            "getWorkerId",
        ]
    )

    def __init__(self, error: str | None = None, retries: int | None = None, worker: str | None = None) -> None:
        self.errorMessage = error
        self.errorDetails = error
        self.retries = retries
        self.workerId = worker

    def getErrorMessage(self) -> str | None:
        return self.errorMessage

    def getErrorDetails(self) -> str | None:
        return self.errorDetails

    def getRetries(self) -> int | None:
        return self.retries

    def getWorkerId(self) -> str | None:
        return self.workerId
