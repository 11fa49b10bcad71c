"""Who outside is told what happens."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from engine.errors import Invalid, NotFound
from engine.persistence.ids import new_id
from engine.persistence.webhooks import TOLD, Webhook
from engine.services.webhook import PREFIX

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """The only time that the secret is told."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class CreateWebhook:
    """Tell `url` from now on what happens, of these kinds or (none) of all. It hears of all processes."""

    permission: ClassVar[str] = "administer"
    url: str
    kinds: tuple[str, ...] = ()

    def execute(self, uow: UnitOfWork) -> NewWebhook:
        _check_address(self.url)
        unknown = set(self.kinds) - TOLD
        if unknown:
            raise Invalid(f"{', '.join(sorted(unknown))} is not told.", fix=f"Use {', '.join(sorted(TOLD))}.")
        secret = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
        id = new_id(uow.now)
        uow.webhooks.add(Webhook(id, self.url, secret, sorted(set(self.kinds)), uow.now, uow.actor.user))
        uow.note("create-webhook", id, url=self.url, kinds=sorted(set(self.kinds)))
        return NewWebhook(id, secret)


@dataclass(frozen=True, slots=True)
class DeleteWebhook:
    """Tell it nothing any more; what is on its way is dropped."""

    permission: ClassVar[str] = "administer"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        if not uow.webhooks.delete(self.id):
            raise NotFound("There is no such webhook.")
        uow.note("delete-webhook", self.id)


@dataclass(frozen=True, slots=True)
class CompleteWebhookJob:
    """The message has arrived, or nobody wants it any more."""

    permission: ClassVar[str] = "administer"
    id: str
    owner: str

    def execute(self, uow: UnitOfWork) -> None:
        job = uow.jobs.get(self.id)
        if job is not None and job.lease_owner == self.owner:
            uow.jobs.delete(self.id)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.username or parts.password or not url.isprintable() or len(url) > 2000:
        raise Invalid("This is no address.", fix="Write one that starts with https:// and holds no password.")
