"""Escaping text and attribute values, so that they are read again as they are."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold in any way, and what it holds only as a reference.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
IN_TEXT = re.compile(r"[&<>\r]")
IN_ATTRIBUTE = re.compile(r'[&<>"\t\n\r]')
REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def text(value: str) -> str:
    if not value.strip(" \n\t"):
        return value
    return IN_TEXT.sub(_reference, FORBIDDEN.sub("\ufffd", value))


def attribute(value: str) -> str:
    return IN_ATTRIBUTE.sub(_reference, FORBIDDEN.sub("\ufffd", value))


def comment(value: str) -> str:
    """A comment cannot hold two hyphens; one that was read does not."""
    safe = FORBIDDEN.sub("\ufffd", value).replace("--", "- -")
    return f"<!--{safe} -->" if safe.endswith("-") else f"<!--{safe}-->"


def instruction(target: str, value: str) -> str:
    safe = FORBIDDEN.sub("\ufffd", value).replace("?>", "? >")
    return f"<?{target} {safe}?>" if safe else f"<?{target}?>"


def _reference(match: re.Match[str]) -> str:
    return REFERENCES[match[0]]
