"""What users and groups may be called, and which permissions there are to give."""

from __future__ import annotations

from engine.errors import Invalid
from engine.permissions import PERMISSIONS


def check_name(id: str) -> None:
    if not id.strip() or id != id.strip() or len(id) > 200 or not id.isprintable():
        raise Invalid("A name has 1 to 200 characters that one can see, and no space around it.")


def check_permissions(permissions: tuple[str, ...]) -> None:
    unknown = set(permissions) - PERMISSIONS.keys()
    if unknown:
        raise Invalid(
            f"There is no permission {', '.join(sorted(unknown))}.", fix=f"Use {', '.join(sorted(PERMISSIONS))}."
        )
