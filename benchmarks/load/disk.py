"""A small disk that can be filled: an ext4 file system in a file, mounted over a loop device (needs root)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PIECE = 64 * 1024


class Disk:
    """A mounted file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Take every byte that is free, however often something is given back meanwhile: call it again."""
        with self._ballast.open("ab", buffering=0) as file, suppress(OSError):
            size = file.tell()
            with suppress(OSError):
                free = os.statvfs(self.folder).f_bavail * os.statvfs(self.folder).f_frsize
                os.posix_fallocate(file.fileno(), size, max(free - PIECE, 1))
                file.seek(0, os.SEEK_END)
            while True:
                file.write(bytes(PIECE if os.statvfs(self.folder).f_bavail > PIECE // 4096 else 4096))

    def free(self) -> None:
        """Give it back."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk | None]:
    """A disk of this size below `folder`; None where the system does not let us mount one."""
    image, where = folder / "disk.img", folder / "disk"
    where.mkdir(parents=True)
    with image.open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    if not _mounted(image, where):
        yield None
        return
    try:
        yield Disk(where)
    finally:
        subprocess.run(["umount", "--lazy", str(where)], check=False, capture_output=True)


def _mounted(image: Path, where: Path) -> bool:
    try:
        for command in (
            ["mkfs.ext4", "-q", "-m", "0", str(image)],
            ["mount", "-o", "loop", str(image), str(where)],
        ):
            subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    where.chmod(0o777)
    return True
