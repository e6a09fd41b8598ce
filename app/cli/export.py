"""`ortoo export`: the archive, or a part of it, as NDJSON or in the digest's own text form."""

import argparse
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import day
from app.cli.console import Console, Progress, replaced
from app.errors import BadFilter, OrtooError
from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.render.formats import ndjson, txt
from app.store import Reader
from app.timeline.build import build_days

if TYPE_CHECKING:
    from app.cli.arguments import Commands

ALL = 10**9
"""More days, or headlines of a day, than there are."""


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("export", help="write headlines out", description=__doc__)
    command.add_argument("--format", choices=("ndjson", "txt"), default="ndjson", help="default: ndjson, one a line")
    command.add_argument("--day", type=day, metavar="DAY", help="one day, such as 2026-01-15")
    command.add_argument("--from", dest="since", type=day, metavar="DAY", help="first day")
    command.add_argument("--to", dest="until", type=day, metavar="DAY", help="last day")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="a file instead of standard output")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write; exit code 1 when there was nothing to write."""
    since, until = arguments.since, arguments.until
    if arguments.day:
        if since or until:
            raise BadFilter("--day stands alone: use --from and --to for more days.", name="day")
        since = until = arguments.day
    if since and until and since > until:
        raise BadFilter(f"--to {until} is before --from {since}.", name="to")
    progress = console.progress("exported")
    with console.store() as store, store.reading() as reader:
        lines = _ndjson(reader, since, until) if arguments.format == "ndjson" else _txt(reader, since, until)
        n = _write(lines, arguments.output, console, progress)
    progress.end()
    if not n:
        console.warn("There is nothing to export.")
    return 0 if n else 1


def _write(lines: Iterator[str], output: Path | None, console: Console, progress: Progress) -> int:
    n = 0
    try:
        with replaced(output) if output else nullcontext(console.out) as out:
            for n, text in enumerate(lines, 1):
                out.write(text)
                if n % 1000 == 0:
                    progress(n)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OrtooError(f"{output or 'standard output'} cannot be written: {error.strerror}.") from error
    return n


def _ndjson(reader: Reader, since: date | None, until: date | None) -> Iterator[str]:
    for record in reader.export(since, until):
        yield ndjson.line(record)


def _txt(reader: Reader, since: date | None, until: date | None) -> Iterator[str]:
    """Day after day, the oldest first; each with its heading where there are several."""
    days = [since] if since and since == until else _days(reader, since, until)
    for one in days:
        listed = reader.listed(TimelineFilter(), (), [one], ALL)
        (found,) = build_days(listed, [one], COLUMNS, {})
        for text in txt.lines(one, found.columns, reader.articles_of(one), headed=len(days) > 1):
            yield text + "\n"


def _days(reader: Reader, since: date | None, until: date | None) -> list[date]:
    return [found for found, _ in reversed(reader.days(TimelineFilter(since=since, until=until), (), ALL))]
