"""What the examples of the document tell: one invoice, from its file to its payment, with the same ids throughout."""

from __future__ import annotations

from datetime import UTC, datetime

DEPLOYMENT = "0198f3c2a1b7d4e5f60718293a4b5c01"
DEFINITION = "0198f3c2a1b7d4e5f60718293a4b5c02"
INSTANCE = "0198f3c2a1b7d4e5f60718293a4b5c6d"
TASK = f"{INSTANCE}-5"
JOB = f"{INSTANCE}-9"
OTHER = "0198f3c2a1b7d4e5f60718293a4b5c7e"
"""Of whatever else has an id: a token, a webhook, a comment."""

KEY = "invoice-approval"
NAME = "Invoice approval"
FILE = "invoice-approval.bpmn"
NUMBER = "INV-4711"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
VARIABLES = {"supplier": "ACME", "amount": 1200, "due": {"$": ["date", "2030-01-31"]}}

BEGAN = datetime(2030, 1, 2, 9, 30, tzinfo=UTC)
DUE = datetime(2030, 1, 5, 9, 30, tzinfo=UTC)
