"""What users and groups may be called, where they are written to, and which permissions there are to give."""

from __future__ import annotations

from engine.errors import Invalid
from engine.permissions import PERMISSIONS
from engine.services.mail import is_address


def check_name(id: str) -> None:
    if not id.strip() or id != id.strip() or len(id) > 200 or not id.isprintable():
        raise Invalid("A name has 1 to 200 characters that one can see, and no space around it.")


def check_email(address: str) -> None:
    if not is_address(address):
        raise Invalid("This is no e-mail address.", fix="Write one, for example ann@example.org.")


def check_permissions(permissions: tuple[str, ...]) -> None:
    unknown = set(permissions) - PERMISSIONS.keys()
    if unknown:
        raise Invalid(
            f"There is no permission {', '.join(sorted(unknown))}.", fix=f"Use {', '.join(sorted(PERMISSIONS))}."
        )
