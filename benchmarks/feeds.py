"""Feeds: what 100 items cost, how much of known feeds is read right, and what hostile documents cost.

Run: `python benchmarks/feeds.py`. The known feeds are read from `feeds/` in the folder that ORTOO_DATA names (default
../shared/data): documents beside an expected.json. Without it only the parts that need no data run.
"""

import gzip
import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.errors import IngestError
from app.ingest.format import Reading
from app.ingest.payload import Payload
from app.ingest.sniff import identify
from app.model.headline import Headline, Honesty, RawItem, Rejection
from app.normalise.when import parse as parse_date
from app.pipeline import preview

NOW = datetime(2026, 7, 1, tzinfo=UTC)
DATA = Path(os.environ.get("ORTOO_DATA", "../shared/data")) / "feeds"
Field = str | datetime | date | None


def read(data: bytes, url: str, media_type: str | None) -> list[dict[str, Field] | Rejection]:
    """A document's items as title, absolute link and date; rejections as they are."""
    payload = Payload.of(data, url=url, media_type=media_type)
    return [_shown(item) for item in identify(payload).parse(payload, Reading())]


def understood(data: bytes, url: str, media_type: str | None) -> list[dict[str, Field]]:
    """The same through everything before the store: headlines, and what was understood of rejected items."""
    payload = Payload.of(data, url=url, media_type=media_type, received_at=NOW)
    return [{"title": found.title, "link": found.url, "published": _date(found)} for found in preview(payload)]


def _date(found: Headline | Rejection) -> Field:
    if isinstance(found, Headline) and found.draft.honesty is Honesty.FIRST_SEEN:
        return None
    return found.published_at or found.day


def _shown(item: object) -> dict[str, Field] | Rejection:
    if isinstance(item, Rejection):
        return item
    assert isinstance(item, RawItem)
    when = parse_date(item.published, now=NOW)
    return {"title": item.title or None, "link": item.link, "published": when.value if when else None}


def hundred_items() -> bytes:
    """An RSS feed of 100 Mongolian items with descriptions, 80 KB."""
    start = datetime(2026, 1, 15, 2, tzinfo=UTC)
    items = "".join(
        f"<item><title>Монгол Улс, БНХАУ худалдааны эргэлтээ нэмэгдүүлнэ {n}</title><link>https://example.mn/a/{n}</link>"
        f'<guid isPermaLink="false">id-{n}</guid><pubDate>{format_datetime(start - timedelta(minutes=n))}</pubDate>'
        f"<category>Эдийн засаг</category><dc:creator>Б.Бат</dc:creator>"
        f"<description>&lt;p&gt;{'Тайлбар текст энд байна. ' * 10}&lt;/p&gt;</description></item>\n"
        for n in range(100)
    )
    head = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    )
    return f"{head}<title>Мэдээ</title>{items}</channel></rss>".encode()


def speed() -> None:
    """CPU milliseconds for a feed of 100 items: recognising, reading, and reading with the dates."""
    body = hundred_items()
    payload = Payload.of(body, url="https://example.mn/rss", media_type="application/rss+xml")
    rss = identify(payload)
    print(f"100 items, {len(body) / 1000:.0f} kB of RSS, CPU ms:")
    print(f"  recognise {_cpu_ms(lambda: identify(payload)):.2f}")
    print(f"  read      {_cpu_ms(lambda: list(rss.parse(payload, Reading()))):.2f}  (wanted: 2)")
    print(f"  and dates {_cpu_ms(lambda: read(body, 'https://example.mn/rss', None)):.2f}")


def _cpu_ms(run: Callable[[], object], times: int = 100) -> float:
    run()
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) * 1000 / times


def accuracy() -> None:
    """The share of the titles, links and dates of known feeds that are right, and of feeds without a mistake."""
    if not (DATA / "expected.json").is_file():
        print(f"no known feeds in {DATA}: set ORTOO_DATA")
        return
    right = {"title": 0, "link": 0, "published": 0, "count": 0}
    asked = dict(right)
    perfect = 0
    feeds = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["feeds"]
    for feed in feeds:
        missed = False
        for field, good in _compared(feed):
            asked[field] += 1
            right[field] += good
            if not good:
                missed = True
                print(f"  {field:9} wrong in {feed['name']}")
        perfect += not missed
    shares = ", ".join(f"{field} {100 * right[field] / asked[field]:.2f} % of {asked[field]}" for field in right)
    print(f"{len(feeds)} known feeds: {shares}; {perfect} without a mistake")


def _compared(feed: dict[str, Any]) -> list[tuple[str, bool]]:
    """(field, whether right) for every value that is known of a feed."""
    body = (DATA / feed["file"]).read_bytes()
    found = understood(body, feed["url"], feed["content_type"])
    result = [("count", feed["count"] == len(found))] if feed["count"] is not None else []
    for place, wanted in enumerate(feed["entries"]):
        item = found[place] if place < len(found) else {}
        result.extend(
            (field, _same(field, wanted[field], item.get(field), feed["url"]))
            for field in ("title", "link", "published")
            if wanted.get(field) is not None
        )
    return result


def _same(field: str, wanted: Any, got: Field, base: str) -> bool:
    if got is None:
        return False
    if field == "title":
        titles = [wanted] if isinstance(wanted, str) else wanted
        return _bare(str(got)) in [_bare(title) for title in titles]
    if field == "link":
        return _address(str(got), base) == _address(wanted, base)
    if len(wanted) == len("2026-01-15"):
        day = date.fromisoformat(wanted)
        first, last = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=14), timedelta(hours=50)
        return first <= got <= first + last if isinstance(got, datetime) else got == day
    return isinstance(got, datetime) and abs(datetime.fromisoformat(wanted) - got) < timedelta(seconds=1)


def _bare(text: str) -> str:
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _address(link: str, base: str) -> str:
    link = urljoin(base, link.strip())
    scheme, _, rest = link.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}/{quote(path, safe='%/:@!$&()*+,;=?#~')}" if slash or path else f"{link}/"


def _items(content: bytes, times: int = 5) -> bytes:
    return b"<rss><channel>" + b"<item>" + (content + b"</item><item>") * times + b"</item></channel></rss>"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "brackets": lambda: _items(b"<title>" + b"<" * 1_900_000),
    "ampersands": lambda: _items(b"<title>" + b"&" * 1_900_000),
    "open CDATA": lambda: _items(b"<title>" + b"<![CDATA[" * 200_000),
    "empty elements": lambda: _items(b"<a/>" * 450_000),
    "attributes": lambda: _items(b"<a " + b" ".join(b'a%d=""' % n for n in range(180_000)) + b"/>"),
    "deep nesting": lambda: _items(b"<a>" * 600_000),
    "name spaces": lambda: b"<rss " + b" ".join(b'xmlns:a%d="u"' % n for n in range(500_000)) + b">" + _items(b""),
    "starts of items": lambda: b"<rss><channel>" + b"<item><title>x</title>" * 400_000,
    "hidden elements": lambda: _items(b"<title><![CDATA[" + b"<script></script>" * 1100 + b"]]></title>", 495),
    "JSON brackets": lambda: b'{"items":' + b"[" * 5_000_000,
    "JSON objects": lambda: b'{"items":[' + b'{"a":1},' * 1_200_000 + b"{}]}",
    "wide table": lambda: b"title,url\n" + b"a," * 100_000 + b"\nok,u\n",
    "open quotation": lambda: b'title,url\n"open,u\n' + b"ok,u\n" * 300_000,
    "one long line": lambda: b"title,url\n" + b"a" * 50_000_000 + b"\nok,u\n",
    "gzip bomb": lambda: gzip.compress(b"<urlset><url><loc>http://x.mn/</loc></url>" + b" " * 300_000_000, 1),
    "page of tags": lambda: b"<!doctype html>" + b"<a href=x>a</a>" * 600_000,
}


def hostile() -> None:
    """Wall seconds and the growth of the peak memory (Linux), one document after the other."""
    for name, make in HOSTILE.items():
        body = make()
        _forget_peak()
        before, start = _peak_mb(), time.perf_counter()
        try:
            found = str(len(read(body, "https://example.mn/f", None))) + " items and rejections"
        except IngestError as error:
            found = error.message[:60]
        seconds, grown = time.perf_counter() - start, _peak_mb() - before
        verdict = "" if seconds < 5 and grown < 300 else "  OVER THE LIMIT"
        print(f"  {name:16} {len(body) / 1e6:5.1f} MB  {seconds:5.2f} s  {grown:4d} MB  {found}{verdict}")


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1000


if __name__ == "__main__":
    speed()
    accuracy()
    if Path("/proc/self/clear_refs").exists():
        hostile()
