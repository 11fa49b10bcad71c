"""Files between their upload and their deployment: kept for a day, for the person who sent them only."""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import NotFound

MOST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came. `name` is what its sender called it and never names a file of ours."""

    id: str
    name: str
    content: bytes


class Uploads:
    """A folder with two files an upload: the bytes, and whose they are."""

    def __init__(self, folder: Path | None, life: float, most_per_user: int = 3000) -> None:
        if folder is None:
            self._own = tempfile.TemporaryDirectory(prefix="procession-uploads-")
            folder = Path(self._own.name)
        self._folder = folder
        self._life = life
        self._most = most_per_user
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def keep(self, name: str, content: bytes, user: str) -> str:
        """The id under which the file is found again."""
        (id,) = self.keep_all([(name, content)], user)
        return id

    def keep_all(self, files: Sequence[tuple[str, bytes]], user: str) -> list[str]:
        """Keep many at once, by name and content; their ids in the same order."""
        self._tidy(user, len(files))
        return [self._write(name, content, user) for name, content in files]

    def _write(self, name: str, content: bytes, user: str) -> str:
        id = secrets.token_urlsafe(16)
        (self._folder / f"{id}.bin").write_bytes(content)
        (self._folder / f"{id}.json").write_text(json.dumps({"name": name, "user": user}), "utf-8")
        return id

    def get(self, id: str, user: str) -> Upload:
        """The upload with that id, if this user sent it."""
        about = self._folder / f"{id}.json"
        plain = all(character.isalnum() or character in "-_" for character in id)
        if plain and about.exists():
            said = json.loads(about.read_text("utf-8"))
            if said["user"] == user:
                return Upload(id, said["name"], (self._folder / f"{id}.bin").read_bytes())
        raise NotFound("This upload is not here any more.", fix="Upload the file again.")

    def forget(self, id: str) -> None:
        for suffix in (".json", ".bin"):
            (self._folder / f"{id}{suffix}").unlink(missing_ok=True)

    def _tidy(self, user: str, coming: int) -> None:
        """Drop what is older than a day, and this user's oldest: those too many with what comes, or too large."""
        own = []
        for about in self._folder.glob("*.json"):
            age = time.time() - about.stat().st_mtime
            if age > self._life:
                self.forget(about.stem)
            elif json.loads(about.read_text("utf-8"))["user"] == user:
                own.append((age, about.stem, (self._folder / f"{about.stem}.bin").stat().st_size))
        size = 0
        for place, (_, id, bytes) in enumerate(sorted(own)):
            size += bytes
            if place >= self._most - coming or size > MOST_BYTES:
                self.forget(id)
