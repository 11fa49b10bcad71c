"""Where to go after a form: a path of ours and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_path(path: str | None, default: str) -> str:
    """`path` if it is a plain path on this server. Browsers read `//x` and `/\\x` as other places."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return default
    if "\\" in path or any(ord(character) < 33 or ord(character) == 127 for character in path):
        return default
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else default
