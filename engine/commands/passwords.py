"""Passwords: what is good enough to be one, and how argon2id keeps it.

A hash takes some 20 ms on purpose, so commands make and compare them before their transaction begins (`prepare`).
"""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import Invalid
from engine.identity import read_alike

SHORTEST = 8
LONGEST = 1000
# 19 MiB and two passes are OWASP's least.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NO_PASSWORD = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""The hash of no password, to be compared with where there is none."""

_GUESSES = (
    "00000000 11111111 12121212 12341234 12345678 123456789 1234567890 123123123 147258369 1q2w3e4r 1q2w3e4r5t "
    "1qaz2wsx 66666666 87654321 88888888 987654321 aa123456 abc12345 abcd1234 abcdefgh administrator asdfasdf "
    "asdfghjk asdfghjkl baseball changeme charlie1 computer football iloveyou letmein1 liverpool master12 "
    "michelle monkey123 passw0rd password password1 password12 password123 passwort passwort1 princess "
    "q1w2e3r4 qazwsxedc qwer1234 qwertyui qwertyuiop qwertzui qwertzuiop qwerty12 qwerty123 samsung1 starwars "
    "sunshine superman test1234 testtest trustno1 welcome1 willkommen zaq12wsx zxcvbnm1"
)
TRIED_FIRST = frozenset(_GUESSES.split())
"""What guessers try before anything else, among what is long enough."""


def check_password(password: str, user: str) -> None:
    """Length and nothing that is guessed first: no rules of which characters, which only make passwords alike."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"A password has {SHORTEST} to {LONGEST} characters.")
    plain = read_alike(password)
    if plain in TRIED_FIRST or len(set(plain)) < 3:
        raise Invalid("This password is among the first that are guessed.", fix="Take some words that only you know.")
    if len(user) >= 4 and plain.strip("0123456789!?.-_") == read_alike(user):
        raise Invalid("This password is the user's name.", fix="Take some words that only you know.")


def password_hash(password: str) -> str:
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Without a kept one it is wrong, at the same cost: time does not tell who exists."""
    try:
        return _hasher.verify(kept or NO_PASSWORD, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    return _hasher.check_needs_rehash(kept)


def one_time_password() -> str:
    """Long enough for the day that it lives; without letters that are taken for one another."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
