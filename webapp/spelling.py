"""Values as people read them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine import values
from webapp.language import _
from webapp.locale_formats import amount, day, moment, number

LONGEST_ADDRESS = 2000
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]+")
MONEY = {"€", "EUR", "$", "USD", "£", "GBP", "CHF"}


def is_address(text: str) -> bool:
    """Whether it is the address of a page, and nothing else: only such a text may become a link."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def spelled(value: Any, unit: str = "") -> str:
    """A value on a page: texts, numbers and lists of texts as they are, yes and no, a file's name, all else as JSON.

    `unit` stands behind a value that is there; an amount of money has two digits of cents, or none.
    """
    if value is None or value in ("", [], {}):
        return "–"
    if unit:
        sum_of_money = unit in MONEY and isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        return f"{amount(value) if sum_of_money else spelled(value)} {unit}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return number(int(value) if whole else value)
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict) and "attachment" in value:
        return str(value.get("name", ""))
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return values.encode(value) if isinstance(value, dict | list) else str(value)
