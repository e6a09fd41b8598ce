"""The list of sources that comes with the product: only addresses for which there is evidence."""

import csv
from pathlib import Path

import app
from app.model.day import parse_day
from app.model.source import AUTO, Source

STARTER = Path(app.__file__).parent / "data" / "sources.csv"


def starter_sources() -> tuple[Source, ...]:
    """The sources of the list, in its order."""
    with STARTER.open(encoding="utf-8", newline="") as file:
        return tuple(_source(row) for row in csv.DictReader(file))


def _source(row: dict[str, str]) -> Source:
    return Source(
        url=row["url"],
        title=row["title"],
        category=row["category"],
        kind=row["kind"] or AUTO,
        outlet=row["outlet"] or None,
        language=row["language"] or None,
        keywords=row["keywords"],
        interval=int(row["interval"]) if row["interval"] else None,
        enabled=row["enabled"] == "yes",
        worked_on=parse_day(row["worked_on"]),
        note=row["note"],
    )
