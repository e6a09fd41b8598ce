"""A clock that can be made to jump under running processes: libfaketime (Debian: `apt install faketime`), where it is
installed. Monotonic time goes on as it did, as when somebody sets the system's clock."""

from pathlib import Path

_PLACES = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib64/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
)


class Clock:
    """The clock of all processes that are started with `environ`."""

    def __init__(self, folder: Path, *, wanted: bool) -> None:
        self._file = folder / "clock"
        places = _PLACES if wanted else ()  # it makes every look at the clock dearer
        self._library = next((place for place in places if Path(place).exists()), None)
        self.jump(0)

    @property
    def movable(self) -> bool:
        """Whether it can be moved here."""
        return self._library is not None

    @property
    def environ(self) -> dict[str, str]:
        """What a process must have in its environment."""
        if self._library is None:
            return {}
        return {
            "LD_PRELOAD": self._library,
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def jump(self, seconds: int) -> None:
        """From now on it is so many seconds ahead of the machine's."""
        beside = self._file.with_suffix(".new")
        beside.write_text(f"{seconds:+d}\n")
        beside.replace(self._file)
