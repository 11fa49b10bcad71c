"""Style sheets, scripts and fonts: read once, compressed once, and kept by browsers until they change."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
A_YEAR = 31_536_000

assets = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent, plain and compressed (None where that saves nothing)."""

    content: bytes
    compressed: bytes | None
    type: str


def read_assets(folder: Path = FOLDER) -> dict[str, Asset]:
    """Every file of the folder that a browser may ask for, by its path."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in TYPES:
            content = path.read_bytes()
            packed = gzip.compress(content, 9, mtime=0) if path.suffix != ".woff2" else content
            found[path.relative_to(folder).as_posix()] = Asset(
                content, packed if len(packed) < len(content) else None, TYPES[path.suffix]
            )
    return found


ASSETS = read_assets()
RELEASE = hashlib.sha256(b"".join(name.encode() + asset.content for name, asset in ASSETS.items())).hexdigest()[:12]


@assets.get("/assets/<release>/<path:name>")
def asset(release: str, name: str) -> Response:
    """The release is part of the address, so that a new one is fetched and an old one never asked for again."""
    found = ASSETS.get(name)
    if found is None:
        abort(404)
    response = Response(found.content, content_type=found.type)
    if found.compressed is not None and "gzip" in request.accept_encodings:
        response = Response(found.compressed, content_type=found.type, headers={"Content-Encoding": "gzip"})
    response.headers["Vary"] = "Accept-Encoding"
    current = release == RELEASE
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if current else "no-cache"
    return response


def asset_url(name: str) -> str:
    """The address of a file in this release; a name that is not there is a mistake in a template."""
    if name not in ASSETS:
        raise LookupError(f"There is no asset {name}.")
    return f"/assets/{RELEASE}/{name}"
