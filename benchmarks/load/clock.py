"""A clock that can be made to jump under running processes, as when somebody sets the system's clock: monotonic time
goes on as it did."""

from pathlib import Path

from benchmarks.load.shifted import VARIABLE


class Clock:
    """The clock of all processes that are started as `benchmarks.load.shifted` with `environ`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.jump(0)

    @property
    def environ(self) -> dict[str, str]:
        """What a process must have in its environment."""
        return {VARIABLE: str(self._file)}

    def jump(self, seconds: int) -> None:
        """From now on it is so many seconds ahead of the machine's."""
        beside = self._file.with_suffix(".new")
        beside.write_text(str(seconds))
        beside.replace(self._file)
