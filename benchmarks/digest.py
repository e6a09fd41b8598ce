"""Reading digest text: CPU seconds at growing sizes, for real text and for text made to hurt. Doubling the text should
double the time; the last column is the time of 1 MB over that of half of it."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import app
from app.ingest.formats.digest import parse_text

SAMPLE = (Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt").read_text("utf-8")
MEGABYTE = 1_000_000
WORST_RATIO = 3.0

TEXTS: dict[str, Callable[[int], str]] = {
    "the sample, again and again": lambda n: (SAMPLE * (n // len(SAMPLE) + 1))[:n],
    "shortest entries": lambda n: ("1 A WWW.X.MN PUBLISHED:2026/01/15 " * (n // 34 + 1))[:n],
    "entries without ranks": lambda n: ("75 A WWW.X.MN PUBLISHED:2026/01/15\n" * (n // 35 + 1))[:n],
    "numbers on every line": lambda n: "3 A\n7 B\n" * (n // 8) + " WWW.X.MN PUBLISHED:2026/01/15",
    "one endless title": lambda n: "1 " + "A" * n + " WWW.X.MN PUBLISHED:2026/01/15",
    "blanks": lambda n: "1 A" + " " * n + "B WWW.X.MN PUBLISHED:2026/01/15",
    "line breaks": lambda n: "1 A" + "\n" * n + "B WWW.X.MN PUBLISHED:2026/01/15",
    "blank lines of blanks": lambda n: "1 A" + "\n     " * (n // 6) + "B WWW.X.MN PUBLISHED:2026/01/15",
    "markers only": lambda n: "PUBLISHED:" * (n // 10),
    "markers and blanks": lambda n: ("PUBLISHED" + " " * 991) * (n // 1000),
    "hosts only": lambda n: "WWW." * (n // 4),
    "dots": lambda n: "A." * (n // 2) + " PUBLISHED:2026/01/15",
    "digits": lambda n: "PUBLISHED:" + "1" * n,
    "dates only": lambda n: "2026/01/15" * (n // 10),
    "article dates": lambda n: "Published Date:2020-06-30\n" * (n // 26),
    "articles": lambda n: "Title www.a.com\n\nOne.\n\nPublished Date:2020-06-30\n\n" * (n // 50),
    "an article of hosts": lambda n: "www.a.com\n" * (n // 10) + "Published Date:2020-06-30",
    "headings of parts": lambda n: "== DIGEST 2026-01-15 ==\n" * (n // 24),
    "equals signs": lambda n: "==" * (n // 2),
}


def seconds(text: str) -> float:
    """The least CPU time of two readings."""
    found = []
    for _ in range(2):
        start = time.process_time()
        for _item in parse_text(text):
            pass
        found.append(time.process_time() - start)
    return min(found)


def main() -> int:
    """Print the table; exit code 1 where doubling the text takes more than WORST_RATIO times as long."""
    bad = 0
    print(f"{'CPU s':>30}   1/4 MB   1/2 MB     1 MB   ratio")
    for name, make in TEXTS.items():
        times = [seconds(make(size)) for size in (MEGABYTE // 4, MEGABYTE // 2, MEGABYTE)]
        ratio = times[2] / max(times[1], 1e-4)
        bad += ratio > WORST_RATIO and times[2] > 0.05
        print(f"{name:>30} {times[0]:8.3f} {times[1]:8.3f} {times[2]:8.3f} {ratio:7.1f}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
