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


NONE = "There is no such webhook."


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
        _check_kinds(self.kinds)
        secret = _new_secret()
        id = new_id(uow.now)
        uow.webhooks.add(Webhook(id, self.url, secret, sorted(set(self.kinds)), uow.now, uow.actor.user))
        uow.note("create-webhook", id, url=self.url, kinds=sorted(set(self.kinds)))
        return NewWebhook(id, secret)


@dataclass(frozen=True, slots=True)
class SetWebhook:
    """Change what is given: where it is told, and of what (an empty tuple: of all). What is on its way goes there."""

    permission: ClassVar[str] = "administer"
    id: str
    url: str | None = None
    kinds: tuple[str, ...] | None = None

    def execute(self, uow: UnitOfWork) -> None:
        changes: dict[str, object] = {}
        if self.url is not None:
            _check_address(self.url)
            changes["url"] = self.url
        if self.kinds is not None:
            _check_kinds(self.kinds)
            changes["kinds"] = sorted(set(self.kinds))
        if uow.webhooks.get(self.id) is None:
            raise NotFound(NONE)
        if changes:
            uow.webhooks.change(self.id, **changes)
            uow.note("set-webhook", self.id, **changes)


@dataclass(frozen=True, slots=True)
class RenewWebhookSecret:
    """Give it another secret. Messages are signed with both until the older is dropped, or this is done again."""

    permission: ClassVar[str] = "administer"
    id: str

    def execute(self, uow: UnitOfWork) -> NewWebhook:
        webhook = uow.webhooks.get(self.id)
        if webhook is None:
            raise NotFound(NONE)
        secret = _new_secret()
        uow.webhooks.change(self.id, secret=f"{secret} {webhook.secret.split()[0]}")
        uow.note("renew-webhook-secret", self.id)
        return NewWebhook(self.id, secret)


@dataclass(frozen=True, slots=True)
class DropOldWebhookSecret:
    """Sign with the newest secret alone, when the receiver knows it."""

    permission: ClassVar[str] = "administer"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        webhook = uow.webhooks.get(self.id)
        if webhook is None:
            raise NotFound(NONE)
        newest, *older = webhook.secret.split()
        if older:
            uow.webhooks.change(self.id, secret=newest)
            uow.note("drop-webhook-secret", self.id)


@dataclass(frozen=True, slots=True)
class DeleteWebhook:
    """Tell it nothing any more; what is on its way is dropped."""

    permission: ClassVar[str] = "administer"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        if not uow.webhooks.delete(self.id):
            raise NotFound(NONE)
        uow.note("delete-webhook", self.id)


@dataclass(frozen=True, slots=True)
class CompleteSending:
    """The message has arrived, or nobody wants it any more."""

    permission: ClassVar[str] = "administer"
    id: str
    owner: str

    def execute(self, uow: UnitOfWork) -> None:
        job = uow.jobs.get(self.id)
        if job is not None and job.lease_owner == self.owner:
            uow.jobs.delete(self.id)


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _check_kinds(kinds: tuple[str, ...]) -> None:
    unknown = set(kinds) - TOLD
    if unknown:
        raise Invalid(f"{', '.join(sorted(unknown))} is not told.", fix=f"Use {', '.join(sorted(TOLD))}.")


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.username or parts.password or not url.isprintable() or len(url) > 2000:
        raise Invalid("This is no address.", fix="Write one that starts with https:// and holds no password.")
