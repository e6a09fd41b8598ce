"""Dates and addresses: microseconds for each form, and how right the dates are. `python benchmarks/dates.py`

The table of dates is read from `dates.json` in the folder that ORTOO_DATA names (default ../shared/data): rows with
`text` and `expected` (an instant, a day, or null for what is no date).
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.normalise.url import canonical, link
from app.normalise.when import When, parse

NOW = datetime(2027, 1, 20, tzinfo=UTC)
TIMES = 2000
TEXTS = (
    "2026-01-15T14:30:00+08:00",
    "Thu, 15 Jan 2026 14:30:00 GMT",
    "2026.01.15 13:53",
    "2026 оны 1-р сарын 15",
    "2 цагийн өмнө",
    "Thu, 15 Jan 2026 14:30:00 EST",
    "а" * 200,
    "1-р " * 50,
)
ADDRESSES = (
    "https://www.montsame.mn/mn/read/398309",
    "http://ikon.mn/n?utm_source=rss&id=3",
    "https://ikon.mn/мэдээ/шинэ-мэдээ",
)


def microseconds(call: Callable[[str], Any], text: str) -> float:
    """CPU time of one call, the mean of TIMES."""
    start = time.process_time()
    for _ in range(TIMES):
        call(text)
    return (time.process_time() - start) / TIMES * 1e6


def dated(text: str) -> When | None:
    """What the pipeline does with a date."""
    return parse(text, now=NOW)


def linked(url: str) -> tuple[str | None, str | None]:
    """What the pipeline does with a link."""
    return link(url), canonical(url)


def agrees(expected: str, got: When) -> bool:
    """An instant must be the same second; a day is met by that day or by an instant on it somewhere on earth."""
    if len(expected) > 10:
        return got.instant is not None and got.instant.replace(microsecond=0) == datetime.fromisoformat(expected)
    if got.instant is None:
        return got.day == date.fromisoformat(expected)
    start = datetime.fromisoformat(expected).replace(tzinfo=UTC)
    return start - timedelta(hours=14) <= got.instant <= start + timedelta(hours=36)


def score(table: Path) -> Counter[str]:
    """How many rows are right, wrong, missed, refused (rightly) or invented."""
    counts: Counter[str] = Counter()
    for row in json.loads(table.read_text("utf-8"))["dates"]:
        got, expected = parse(row["text"], now=NOW), row["expected"]
        if expected is None:
            counts["refused" if got is None else "invented"] += 1
        else:
            counts["missed" if got is None else "right" if agrees(expected, got) else "wrong"] += 1
    return counts


def main() -> None:
    """Print the figures."""
    for text in TEXTS:
        print(f"{microseconds(dated, text):8.1f} µs  {text[:40]}")
    for url in ADDRESSES:
        print(f"{microseconds(linked, url):8.1f} µs  {url}")
    table = Path(os.environ.get("ORTOO_DATA", "../shared/data")) / "dates.json"
    print(dict(score(table)) if table.is_file() else f"no table of dates at {table}: set ORTOO_DATA")


if __name__ == "__main__":
    main()
