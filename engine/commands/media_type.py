"""What a file is, told by its first bytes: its name and what its sender says of it prove nothing."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
# What an office file, which is a ZIP archive, has inside it by name.
INSIDE_ZIP = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "application/vnd.oasis.opendocument"),
)
LOOKED_AT = 4096


def media_type(content: bytes) -> str:
    """The media type; text of every kind, markup too, is plain text, so that no browser runs it."""
    for signature, name in SIGNATURES:
        if content.startswith(signature):
            return _archive(content) if name == "application/zip" else name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if _is_text(content) else UNKNOWN


def _archive(content: bytes) -> str:
    start = content[:LOOKED_AT]
    return next((name for inside, name in INSIDE_ZIP if inside in start), "application/zip")


def _is_text(content: bytes) -> bool:
    start = content[:LOOKED_AT]
    if b"\x00" in start:
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut in two where we stop looking.
        return len(content) > LOOKED_AT and error.start >= LOOKED_AT - 3
    return True
