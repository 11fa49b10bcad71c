"""From bytes to text: byte order marks, declared encodings and those that files declare wrongly."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from bpmn.problems import Problem
from bpmn.xml.refusal import Refusal

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows many more, among them some that hide a DOCTYPE from a filter (UTF-7, EBCDIC).
SAFE = re.compile(
    r"utf-?8|(us-)?ascii|iso-?8859-?\d{1,2}|latin-?1|(windows|cp)-?125[0-8]|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|shift[_-]jis|euc-(jp|kr)|macintosh|mac-?roman",
    re.IGNORECASE,
)
DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
PART = re.compile(r"""\b(version|encoding|standalone)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(slots=True)
class Decoded:
    """A file's text without its XML declaration (of which the line breaks are left, so that lines count right)."""

    text: str
    encoding: str | None
    standalone: str | None
    problems: list[Problem]


def decode(data: bytes) -> Decoded:
    """The text of a file. Refuses what cannot be decoded for certain."""
    problems: list[Problem] = []
    text = _decode(data, problems)
    encoding = standalone = None
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped is not text and stripped.startswith("<?xml"):
        if text.lstrip("\ufeff") != stripped:
            problems.append(
                Problem("info", "space_before_declaration", "There is white space before the XML declaration.")
            )
        text = "\n" * text[: len(text) - len(stripped)].count("\n") + stripped
    declaration = DECLARATION.match(text.lstrip("\n"))
    if declaration:
        parts = {name: double or single for name, double, single in PART.findall(declaration[0])}
        encoding, standalone = parts.get("encoding"), parts.get("standalone")
        head, rest = text[: text.index("<")], text[text.index("<") + len(declaration[0]) :]
        text = head + "\n" * declaration[0].count("\n") + rest
    return Decoded(text, encoding, standalone, problems)


def _decode(data: bytes, problems: list[Problem]) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    for start, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if data.startswith(start):
            return _strictly(data, encoding)
    if data.startswith(b"\x4c\x6f\xa7\x94"):
        raise _unknown("EBCDIC")
    declared = _declared(data)
    if declared is None or declared.lower().startswith(("utf-16", "utf-32", "ucs-")):
        # One byte a character, whatever the declaration says: such a file was saved anew by something else.
        declared = "utf-8"
    if not SAFE.fullmatch(declared):
        raise _unknown(declared)
    try:
        return data.decode(declared)
    except LookupError:
        raise _unknown(declared) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if not declared.lower().startswith(("utf", "us", "asc")):
            raise _undecodable(declared, line) from None
        problems.append(
            Problem(
                "warning",
                "wrong_encoding",
                f"The file says that it is {declared}, but is not; it was read as Windows-1252.",
                line=line,
                fix="Save the file as UTF-8, and check the letters with accents.",
            )
        )
        return data.decode("cp1252", "replace")


def _declared(data: bytes) -> str | None:
    head = data[:400].decode("latin-1").lstrip()
    declaration = DECLARATION.match(head)
    found = re.search(r"""\bencoding\s*=\s*["']([^"']*)["']""", declaration[0]) if declaration else None
    return found[1].strip() if found else None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _undecodable(encoding.upper(), None) from None


def _unknown(encoding: str) -> Refusal:
    return Refusal(
        Problem(
            "error", "unknown_encoding", f"The encoding {encoding[:40]!r} is not one we read.", fix="Save it as UTF-8."
        )
    )


def _undecodable(encoding: str, line: int | None) -> Refusal:
    message = f"The file says that it is {encoding}, but holds bytes that are not."
    return Refusal(Problem("error", "wrong_encoding", message, line=line, fix="Save the file as UTF-8."))
