"""Files out of a zip archive: read in memory, bounded in number and size, never written under their own names."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import Invalid

WANTED = (".bpmn", ".bpmn2", ".xml", ".form", ".json")
MOST_FILES = 2000
MOST_ENTRIES = 20_000
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive by their paths in it, and how many others were left aside."""

    files: tuple[tuple[str, bytes], ...]
    others: int


def is_archive(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def unpack(content: bytes, most_bytes: int, most_files: int = MOST_FILES) -> Unpacked:
    """Its models and forms. Raises Invalid for what is no archive, is locked, or unpacks to more than it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise _too_much(most_files)
            wanted = [each for each in entries if _is_wanted(each)]
            if len(wanted) > most_files:
                raise _too_much(most_files)
            others = sum(not each.is_dir() for each in entries) - len(wanted)
            return Unpacked(tuple(_read(archive, wanted, most_bytes)), others)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Invalid("This archive is damaged.", fix="Make it again, or drop the files themselves.") from error


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    """By its name; what tools put beside the files (`__MACOSX`, hidden files) is none."""
    path = entry.filename.replace("\\", "/")
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.split("/") if part not in ("", ".", ".."))
    return not entry.is_dir() and not hidden and path.lower().endswith(WANTED)


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], most: int) -> Iterator[tuple[str, bytes]]:
    left = most
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Invalid("This archive is locked with a password.", fix="Drop the files themselves.")
        parts: list[bytes] = []
        with archive.open(entry) as file:
            # What the archive says of its sizes is not believed: only what comes out counts.
            while part := file.read(CHUNK):
                left -= len(part)
                if left < 0:
                    raise Invalid(
                        f"This archive unpacks to more than {most // (1024 * 1024)} MB.", fix="Send it in parts."
                    )
                parts.append(part)
        yield entry.filename[-200:], b"".join(parts)


def _too_much(most: int) -> Invalid:
    return Invalid(f"This archive has more than {most:,} files.", fix="Send it in parts.")
