"""`ortoo` with a clock that others can make jump: `python -m benchmarks.load.shifted serve …`.

The program asks one function what time it is (`app.clock`); here it is another one, which is ahead by the seconds that
stand in a file. (libfaketime, which would deceive the libraries, too, makes processes with many threads hang.)
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import app.clock

VARIABLE = "ORTOO_LOAD_CLOCK"
LOOK_SECONDS = 0.2


class Shifted:
    """The machine's clock and what stands in the file, which is looked at a few times a second."""

    def __init__(self, file: Path) -> None:
        self._file, self._ahead, self._looked = file, timedelta(), -LOOK_SECONDS

    def __call__(self) -> datetime:
        """Now, aware, UTC."""
        if time.monotonic() - self._looked >= LOOK_SECONDS:
            self._looked = time.monotonic()
            self._ahead = timedelta(seconds=int(self._file.read_text()))
        return datetime.now(UTC) + self._ahead


def main() -> int:
    """Run the command."""
    app.clock.system_clock = Shifted(Path(os.environ[VARIABLE]))
    from app.cli import main as ortoo  # whoever imports the clock now gets this one

    return ortoo()


if __name__ == "__main__":
    sys.exit(main())
