"""The refusals a caller may meet, as a tree. Each class's docstring is its default message.

Refusal
├── Invalid            the request itself is wrong (400)
│   ├── ValueTooLarge
│   └── UnsupportedValue
├── Forbidden          the actor may not (403)
├── NotFound           no such thing, or not for this actor (404)
└── Conflict           it was possible a moment ago (409)
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """The request was refused."""

    status: ClassVar[int] = 400

    def __init__(self, message: str | None = None, *, fix: str = "") -> None:
        self.message = message or (type(self).__doc__ or "").strip()
        self.fix = fix
        super().__init__(f"{self.message} {fix}".strip())


class Invalid(Refusal):
    """The request is not valid."""


class ValueTooLarge(Invalid):
    """The value is larger than a variable may be."""

    status = 413


class UnsupportedValue(Invalid):
    """The value is of a kind that a variable cannot keep."""


class Forbidden(Refusal):
    """You may not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such thing here."""

    status = 404


class Conflict(Refusal):
    """Somebody else was faster: the thing has changed meanwhile."""

    status = 409
