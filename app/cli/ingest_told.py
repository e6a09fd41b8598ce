"""How `ortoo ingest` tells what became of a payload, to people and to machines."""

from collections.abc import Sequence
from typing import Any

from app.cli.console import Console
from app.language import doubtful
from app.model.headline import IngestReport, ItemResult, Reason, Rejection
from app.normalise.text import escaped

SHOWN_CHARS = 160
"""Characters of a rejected item that are shown."""

SHOWN_REJECTIONS = 20
"""Rejections of a file that are listed; all are kept in the store."""


def tell(report: IngestReport, console: Console, *, verbose: bool) -> None:
    """What became of a payload, for people."""
    kind = f" ({report.format})" if report.format else ""
    rehearsed = " would be" if report.dry_run else ""
    console.say(f"{escaped(report.origin)}{kind}:{rehearsed} {summary([report])}")
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


def summary(reports: Sequence[IngestReport]) -> str:
    """The counts of several, on one line."""
    return ", ".join(f"{n:,} {name}" for name, n in counts(reports).items())


def counts(reports: Sequence[IngestReport]) -> dict[str, int]:
    """The counts of several together."""
    names = ("added", "updated", "duplicate", "rejected")
    return {name: sum(getattr(report, name) for report in reports) for name in names}


def _shown(rejection: Rejection) -> str:
    """The beginning of what was rejected, on one line and harmless on a terminal; nothing of binary data."""
    if rejection.reason is Reason.BINARY:
        return ""
    text = " ".join(rejection.raw[: 8 * SHOWN_CHARS].decode("utf-8", "replace").split())
    return escaped(text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…")


def told(report: IngestReport) -> dict[str, Any]:
    """What became of a payload, for machines."""
    return {
        "origin": report.origin,
        "format": report.format,
        **counts([report]),
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
