"""The reader's time zone: what their profile says, else what their browser says, else UTC."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import has_request_context, request

from webapp.auth.cookies import ZONE
from webapp.context import profile


@lru_cache(maxsize=1000)
def _zone(name: str) -> ZoneInfo | None:
    # The name may come from a cookie: whatever it is, it is a zone or nothing.
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone() -> ZoneInfo:
    found = None
    if has_request_context():
        found = _zone(profile().zone or "") or _zone(request.cookies.get(ZONE, "")[:64])
    return found or ZoneInfo("UTC")


def here(moment: datetime) -> datetime:
    """The moment as the reader's clock shows it; one without a zone is so already."""
    return moment.astimezone(zone()) if moment.tzinfo else moment


def meant(typed: datetime) -> datetime:
    """What the reader means by a date and time that they typed."""
    return typed if typed.tzinfo else typed.replace(tzinfo=zone())
