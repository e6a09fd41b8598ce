"""`ortoo sources list` and `check`: what is fetched, and how it is doing."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.model.day import ULAANBAATAR
from app.model.source import FetchRecord, Source, SourceHealth, Status
from app.normalise.text import escaped
from app.worker.health import first_day, health, worst_first
from app.worker.schedule import Pace

if TYPE_CHECKING:
    from app.cli.arguments import Commands

TROUBLED = (Status.FAILING, Status.BLOCKED, Status.HELD, Status.LATE)
"""What makes a check fail."""

_BARS = " ▁▂▃▄▅▆▇█"
_WEEK = 7


def register(commands: "Commands") -> None:
    """Add both sub-commands."""
    listed = commands.add_parser("list", help="list the sources")
    listed.set_defaults(run=run_list)
    checked = commands.add_parser("check", help="say how the sources are doing, the worst first")
    checked.set_defaults(run=run_check)
    for command in (listed, checked):
        json_flag(command)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    """A line a source."""
    with console.store() as store, store.reading() as reader:
        sources = reader.sources.all()
    if arguments.json:
        console.say_json([told(source) for source in sources])
        return 0
    rows = [
        (
            str(source.id),
            "" if source.enabled else "off",
            source.kind,
            source.outlet or "each its own",
            source.language or "",
            source.keywords,
            f"{source.name}  {source.url}" if source.title else source.url,
        )
        for source in sources
    ]
    table(console, rows)
    if not rows:
        console.warn("There are no sources yet: ortoo sources import --starter brings a first list.")
    return 0


def run_check(arguments: argparse.Namespace, console: Console) -> int:
    """A line a source, the worst first; exit code 1 when one needs somebody."""
    now = console.clock()
    pace = Pace.of(console.load_settings())
    with console.store() as store, store.reading() as reader:
        facts = reader.sources.facts(first_day(now))
    healths = worst_first(health(one, now, pace) for one in facts)
    if arguments.json:
        console.say_json([told_health(one) for one in healths])
    else:
        table(console, [_row(one) for one in healths])
        console.say(_summary(healths) or "There are no sources.")
    return 1 if any(one.status in TROUBLED for one in healths) else 0


def table(console: Console, rows: Sequence[tuple[str, ...]]) -> None:
    """Rows in columns; the last is as long as it likes."""
    safe = [tuple(escaped(" ".join(cell.split())) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*safe, strict=True)]
    for row in safe:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        console.say("  ".join([*cells, row[-1]]).rstrip())


def told(source: Source) -> dict[str, Any]:
    """A source for machines."""
    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "category": source.category,
        "kind": source.kind,
        "outlet": source.outlet,
        "language": source.language,
        "zone": source.zone,
        "keywords": source.keywords,
        "interval": source.interval,
        "enabled": source.enabled,
        "note": source.note,
        "listing": source.listing,
        "columns": dict(source.columns),
        "worked_on": source.worked_on.isoformat() if source.worked_on else None,
        "added_at": instant(source.added_at),
    }


def told_health(one: SourceHealth) -> dict[str, Any]:
    """A source's health for machines. Instants are UTC."""
    state = one.state
    return {
        "id": one.source.id,
        "url": one.source.url,
        "title": one.source.title,
        "outlet": one.source.outlet,
        "status": one.status.value,
        "since": instant(one.since),
        "state": state.state.value if state.state else None,
        "error": state.error or state.disabled_reason or None,
        "failures": state.failures,
        "held": one.held,
        "silent_days": one.silent_days,
        "usual_days": round(one.usual_days, 2) if one.usual_days is not None else None,
        "per_day": round(state.habit.per_day, 2),
        "next_at": instant(one.next_at),
        "good_at": instant(state.good_at),
        "last": _told_fetch(one.last) if one.last else None,
        "days": [{"day": day.isoformat(), "added": n} for day, n in one.days],
    }


def _told_fetch(record: FetchRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in FetchRecord.__slots__}
    return values | {"at": instant(record.at), "state": record.state.value, "error": record.error or None}


def instant(value: datetime | None) -> str | None:
    """RFC 3339, UTC."""
    return value.isoformat().replace("+00:00", "Z") if value else None


def _row(one: SourceHealth) -> tuple[str, ...]:
    silent = f"{one.silent_days} d" if one.silent_days is not None else "-"
    week = sum(n for _, n in one.days[-_WEEK:])
    why = one.state.disabled_reason or one.state.error
    held = f"{one.held} held" if one.held else ""
    return (
        one.status.value,
        str(one.source.id),
        bars([n for _, n in one.days[-2 * _WEEK :]]),
        f"{week:,}/week",
        f"silent {silent}",
        f"since {_clock(one.since)}" if one.since else "",
        f"next {_clock(one.next_at)}" if one.next_at else "",
        "; ".join(filter(None, (one.source.name, held, why))),
    )


def bars(values: list[int]) -> str:
    """A bar for each value, the highest full."""
    most = max([*values, 1])
    return "".join(_BARS[-(-n * (len(_BARS) - 1) // most)] for n in values)


def _clock(value: datetime) -> str:
    """As the clock in Ulaanbaatar shows it."""
    return f"{value.astimezone(ULAANBAATAR):%Y-%m-%d %H:%M}"


def _summary(healths: tuple[SourceHealth, ...]) -> str:
    n = {status: sum(one.status is status for one in healths) for status in Status}
    return ", ".join(f"{count:,} {status.value}" for status, count in n.items() if count)
