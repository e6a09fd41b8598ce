"""`ortoo ingest`: take in files, folders or standard input. What cannot be taken in is kept with its reason."""

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.arguments import day, json_flag
from app.cli.console import Console
from app.errors import BadFilter
from app.ingest.format import Reading
from app.ingest.formats import FORMATS
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.ingest.reader import ChildReader, Reader
from app.language import doubtful
from app.model.headline import IngestReport, ItemResult, Reason, Rejection
from app.normalise.text import escaped
from app.pipeline import ingest
from app.store import Store

if TYPE_CHECKING:
    from app.cli.arguments import Commands

SHOWN_CHARS = 160
"""Characters of a rejected item that are shown."""

SHOWN_REJECTIONS = 20
"""Rejections of a file that are listed; all are kept in the store."""


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("ingest", help="take headlines in", description=__doc__)
    command.add_argument("paths", nargs="+", metavar="FILE", help="a file, a folder, or - for standard input")
    command.add_argument("--format", choices=[f.name for f in FORMATS], help="do not guess the format")
    command.add_argument("--day", type=day, metavar="DAY", help="the digest's day, such as 2026-01-15")
    command.add_argument("--dry-run", action="store_true", help="work everything out, keep nothing")
    command.add_argument("-v", "--verbose", action="store_true", help="list every item with its language")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Ingest every file; exit code 1 when something was rejected. An unreadable file does not stop the others."""
    reports = []
    with ExitStack() as pipes:
        payloads = list(_payloads(arguments.paths, console, pipes))
        reading = Reading(Limits.of(console.load_settings()), day=arguments.day)
        with console.store(fresh=True, rehearsal=arguments.dry_run) as store, ChildReader() as reader:
            for payload in payloads:
                report = _ingest(payload, store, arguments, reading, reader, console)
                reports.append(report)
                if not arguments.json:
                    _tell(report, console, verbose=arguments.verbose)
    if arguments.json:
        console.say_json({"dry_run": arguments.dry_run, **_counts(reports), "files": [_told(r) for r in reports]})
    elif len(reports) != 1:
        console.say(f"{len(reports)} files: {_summary(reports)}")
    return 1 if any(report.rejected for report in reports) else 0


def _ingest(
    payload: Payload, store: Store, arguments: argparse.Namespace, reading: Reading, reader: Reader, console: Console
) -> IngestReport:
    progress = console.progress(payload.name)
    try:
        return ingest(
            payload,
            store,
            now=console.clock(),
            format=arguments.format,
            reading=reading,
            reader=reader,
            dry_run=arguments.dry_run,
            progress=progress,
        )
    finally:
        progress.end()


def _payloads(paths: Sequence[str], console: Console, pipes: ExitStack) -> Iterator[Payload]:
    """What the arguments name. A folder gives its files, without hidden ones. `pipes` closes what is opened."""
    if paths.count("-") > 1:
        raise BadFilter("Standard input (-) can be read only once.", name="paths")
    for given in paths:
        path = Path(given)
        if given == "-":
            yield Payload.of(console.stdin, name="-")
        elif path.is_dir():
            yield from (Payload.of(file) for file in _files(path))
        elif path.is_file():
            yield Payload.of(path)
        elif path.exists():  # a pipe, as shells make them for <(…)
            yield Payload.of(pipes.enter_context(path.open("rb")), name=given)
        else:
            raise BadFilter(f"{given}: there is no such file or folder.", name="paths")


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(place, name) for name in sorted(files) if not name.startswith("."))
        yield from (path for path in paths if path.is_file())


def _tell(report: IngestReport, console: Console, *, verbose: bool) -> None:
    kind = f" ({report.format})" if report.format else ""
    rehearsed = " would be" if report.dry_run else ""
    console.say(f"{escaped(report.origin)}{kind}:{rehearsed} {_summary([report])}")
    if verbose:
        for item in report.items:
            console.say(f"  {_item_line(item)}")
    elif unsure := sum(_doubtful(item) for item in report.items):
        console.say(f"  {unsure:,} in a language that is not certain; --verbose marks them with ?.")
    for rejection in report.rejections[:SHOWN_REJECTIONS]:
        console.say(f"  rejected, {rejection.reason.value}: {escaped(rejection.detail)}")
        if shown := _shown(rejection):
            console.say(f"    {shown}")
    if report.rejected > SHOWN_REJECTIONS:
        console.say(f"  … and {report.rejected - SHOWN_REJECTIONS:,} more rejected.")


def _item_line(item: ItemResult) -> str:
    sure = f"{item.confidence:.2f}{'?' if _doubtful(item) else ' '}" if item.confidence is not None else "     "
    what = "article" if item.article else "" if item.rank is None else str(item.rank)
    return f"{item.outcome.value:9} {item.day} {item.language:3} {sure} {what:>7} {item.title}  [{item.outlet}]"


def _doubtful(item: ItemResult) -> bool:
    return item.confidence is not None and doubtful(item.confidence)


def _summary(reports: Sequence[IngestReport]) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in _counts(reports).items())


def _counts(reports: Sequence[IngestReport]) -> dict[str, int]:
    names = ("added", "updated", "duplicate", "rejected")
    return {name: sum(getattr(report, name) for report in reports) for name in names}


def _shown(rejection: Rejection) -> str:
    """The beginning of what was rejected, on one line and harmless on a terminal; nothing of binary data."""
    if rejection.reason is Reason.BINARY:
        return ""
    text = " ".join(rejection.raw[: 8 * SHOWN_CHARS].decode("utf-8", "replace").split())
    return escaped(text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…")


def _told(report: IngestReport) -> dict[str, Any]:
    return {
        "origin": report.origin,
        "format": report.format,
        **_counts([report]),
        "seconds": {step: round(cpu, 6) for step, cpu in report.seconds.items()},
        "items": [_told_item(item) for item in report.items],
        "rejections": [{"reason": r.reason.value, "detail": r.detail, "raw": _shown(r)} for r in report.rejections],
    }


def _told_item(item: ItemResult) -> dict[str, Any]:
    return {
        "outcome": item.outcome.value,
        "title": item.title,
        "outlet": item.outlet,
        "language": item.language,
        "confidence": item.confidence,
        "doubtful": _doubtful(item),
        "day": item.day.isoformat() if item.day else None,
        "rank": item.rank,
        "article": item.article,
        "id": item.headline_id,
    }
