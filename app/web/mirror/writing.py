"""The files of a mirror on the disk: only what has changed is written, each file at once, with a list of them all."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MANIFEST = "files.json"
"""The list: path -> size and SHA-256 of every file of the mirror."""


@dataclass(slots=True)
class Folder:
    """A mirror being written. `written` and `same` count files; `listed` are all of them."""

    root: Path
    written: int = 0
    same: int = 0
    listed: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, body: bytes) -> None:
        """A file below the root. OSError."""
        self.listed[name] = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        if self._store(self.root / name, body):
            self.written += 1
        else:
            self.same += 1

    def finish(self, facts: dict[str, Any]) -> list[str]:
        """Write the list; the files that an earlier one names and that are no longer part of the mirror. They stay."""
        stale = sorted(self._earlier() - self.listed.keys())
        told = {**facts, "files": dict(sorted(self.listed.items()))}
        self._store(self.root / MANIFEST, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        return stale

    def _earlier(self) -> set[str]:
        try:
            files = json.loads((self.root / MANIFEST).read_bytes())["files"]
        except (OSError, ValueError, KeyError, TypeError):
            return set()
        return {name for name in files if (self.root / name).is_file()} if isinstance(files, dict) else set()

    def _store(self, path: Path, body: bytes) -> bool:
        """Whether the file had to be written; it appears under its name only when it is whole."""
        if path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(body)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        return True
