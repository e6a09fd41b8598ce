"""`ortoo export`: the archive, or a part of it, as a file of records, as digest texts, or as a site of plain files."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from app.cli import export_site
from app.cli.arguments import day
from app.cli.console import Console, Progress, replaced_bytes
from app.errors import BadFilter, OrtooError
from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.render.formats import txt
from app.render.formats.bulk import BULK, BY_NAME
from app.render.streaming import blocks, packed
from app.store import Reader, Store, Wanted
from app.timeline.build import build_days

if TYPE_CHECKING:
    from app.cli.arguments import Commands

ALL = 10**9
"""More days, or headlines of a day, than there are."""

Passing = TypeVar("Passing")

FORMATS = (*BY_NAME, "txt")
_OF_SUFFIX = {**{row.suffix: row.name for row in BULK}, ".txt": "txt"}


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("export", help="write headlines out", description=__doc__)
    command.add_argument("--format", choices=FORMATS, help="default: what FILE ends in, else ndjson, a headline a line")
    command.add_argument("--day", type=day, metavar="DAY", help="one day, such as 2026-01-15")
    command.add_argument("--from", dest="since", type=day, metavar="DAY", help="first day")
    command.add_argument("--to", dest="until", type=day, metavar="DAY", help="last day")
    command.add_argument("--lang", action="append", default=[], metavar="CODE", help="only this language; repeatable")
    command.add_argument("--outlet", action="append", default=[], metavar="DOMAIN", help="only this outlet; repeatable")
    command.add_argument("--history", action="store_true", help="with changed titles, and when each first came in")
    command.add_argument("--gzip", action="store_true", help="compressed; also when FILE ends in .gz")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="a file instead of standard output")
    export_site.add_arguments(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write; exit code 1 when there was nothing to write."""
    f = _filter(arguments)
    if arguments.site:
        return export_site.run(arguments, f, console)
    chosen = arguments.format or _named(arguments.output)
    if chosen == "txt" and (f.languages or f.outlets or arguments.history):
        raise BadFilter("A digest's text is of whole days: --lang, --outlet and --history need ndjson, csv or parquet.")
    with console.store() as store:
        written = _Counted(console.progress("exported"), _expected(store, f) if console.err.isatty() else None)
        if chosen == "txt":
            with store.reading() as reader:
                _write(blocks(written.each(_txt(reader, f))), arguments, console)
        else:
            wanted = Wanted(f.since, f.until, f.languages, f.outlets, history=arguments.history)
            row = BY_NAME[chosen]
            before = store.revision()
            _write(row.write(written.each(store.export(wanted))), arguments, console)
            if store.revision() != before:
                console.warn("The archive changed meanwhile: what came in may or may not be in the file.")
    written.progress.end()
    if not written.n:
        console.warn("There is nothing to export.")
    return 0 if written.n else 1


def _filter(arguments: argparse.Namespace) -> TimelineFilter:
    """Days, languages and outlets, checked as those of an address are. BadFilter."""
    since, until = arguments.since, arguments.until
    if arguments.day:
        if since or until:
            raise BadFilter("--day stands alone: use --from and --to for more days.", name="day")
        since = until = arguments.day
    if since and until and since > until:
        raise BadFilter(f"--to {until} is before --from {since}.", name="to")
    given = TimelineFilter(tuple(arguments.lang), tuple(arguments.outlet), since=since, until=until)
    return TimelineFilter.from_query(given.to_query())


def _named(output: Path | None) -> str:
    """The format that a file's name asks for."""
    suffixes = [suffix.lower() for suffix in output.suffixes] if output else []
    return next((_OF_SUFFIX[suffix] for suffix in reversed(suffixes) if suffix in _OF_SUFFIX), "ndjson")


def _expected(store: Store, f: TimelineFilter) -> int:
    """About how many headlines there are, for the bar."""
    with store.reading() as reader:
        counted = reader.volumes(f.since or date.min, f.until or date.max)
    return sum(n for (_, language), n in counted.items() if not f.languages or language in f.languages)


class _Counted:
    """Counts what passes."""

    def __init__(self, progress: Progress, expected: int | None) -> None:
        self.progress, self.expected, self.n = progress, expected, 0

    def each(self, items: Iterable[Passing]) -> Iterator[Passing]:
        for item in items:
            self.n += 1
            if self.n % 1000 == 0:
                self.progress(self.n, self.expected)
            yield item


def _write(parts: Iterator[bytes], arguments: argparse.Namespace, console: Console) -> None:
    output: Path | None = arguments.output
    if arguments.gzip or (output and output.suffix.lower() == ".gz"):
        parts = packed(parts)
    try:
        if output is None:
            _to_stream(parts, console.out)
            return
        with replaced_bytes(output) as file:
            file.writelines(parts)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OrtooError(f"{output or 'standard output'} cannot be written: {error.strerror}.") from error


def _to_stream(parts: Iterator[bytes], out: TextIO) -> None:
    binary = getattr(out, "buffer", None)
    out.flush()
    for part in parts:
        if binary is not None:
            binary.write(part)
        else:
            out.write(part.decode("utf-8"))


def _txt(reader: Reader, f: TimelineFilter) -> Iterator[str]:
    """Day after day, the oldest first; each with its heading where there are several."""
    days = [f.since] if f.since and f.since == f.until else _days(reader, f)
    for one in days:
        listed = reader.listed(TimelineFilter(), (), [one], ALL)
        (found,) = build_days(listed, [one], COLUMNS, {})
        for text in txt.lines(one, found.columns, reader.articles_of(one), headed=len(days) > 1):
            yield text + "\n"


def _days(reader: Reader, f: TimelineFilter) -> list[date]:
    return [found for found, _ in reversed(reader.days(f, (), ALL))]
