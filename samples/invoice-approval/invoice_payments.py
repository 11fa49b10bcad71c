"""The bank of the sample: pays at once, and refuses an account whose check digits are wrong."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from engine.services import BpmnError


def pay(supplier: str, amount: float, iban: str, idempotency_key: str) -> dict[str, Any]:
    """Pay an invoice. The key is the same when a payment is asked for again, so that none is made twice."""
    if not _checks(iban):
        raise BpmnError("PAYMENT_REFUSED", f"{iban} is no account of {supplier}.")
    return {"payment_reference": f"PAY-{_short(idempotency_key)}", "paid_amount": amount}


def _short(key: str) -> str:
    """What people can read to each other; the same for the same key."""
    return sha256(key.encode()).hexdigest()[:8].upper()


def _checks(iban: str) -> bool:
    """ISO 13616: the country and check digits moved to the end, letters as numbers, the remainder by 97 is 1."""
    compact = iban.replace(" ", "").upper()
    if not (15 <= len(compact) <= 34 and compact.isascii() and compact.isalnum()):
        return False
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1
