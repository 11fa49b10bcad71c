"""Passwords as argon2id keeps them."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import Invalid

SHORTEST = 8
LONGEST = 1000
# 19 MiB and two passes are OWASP's least; a sign-in holds SQLite's one writer for about 20 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NO_PASSWORD = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""The hash of no password, to be compared with where there is none."""


def password_hash(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"A password has {SHORTEST} to {LONGEST} characters.")
    return _hasher.hash(password)


def is_right(password: str, kept: str) -> bool:
    try:
        return _hasher.verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    return _hasher.check_needs_rehash(kept)
