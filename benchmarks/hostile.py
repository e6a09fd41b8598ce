"""Hostile documents through everything before the store: CPU seconds, memory, and what was kept of them.

Run: `python benchmarks/hostile.py [part of a name]`. Each document is read in a child process that is killed at
KILLED_AFTER of CPU and can have MEGABYTES more than it began with; `--json` prints the results for a test. Linux only.
"""

import base64
import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.ingest.payload import Payload
from app.model.headline import Headline, Rejection
from app.pipeline import preview

NOW = datetime(2026, 7, 1, tzinfo=UTC)
SECONDS, MEGABYTES = 5, 300
KILLED_AFTER = 3 * SECONDS  # CPU seconds: a busy machine is three times as slow, and the worst takes half of SECONDS
"""What a document may cost."""

OK = b"<item><title>ok</title><link>https://example.mn/ok</link></item>"
_LINK = b"<link>https://example.mn/1</link>"
_ENTITY = b'<!DOCTYPE rss [<!ENTITY a "%s">%s]><rss><channel><item><title>&%s;</title>' + _LINK + b"</item>"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document: `titles` of the first headlines and the last, `reasons` of the first rejections and of
    the `last`. `died` says how its process ended early, empty where it did not."""

    name: str
    megabytes: float
    seconds: float
    grown: int
    headlines: int
    rejections: int
    titles: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    last: str = ""
    died: str = ""


def _rss(*items: bytes) -> bytes:
    return b"<rss><channel>" + b"".join(items) + OK + b"</channel></rss>"


def _items(content: bytes, times: int = 5) -> bytes:
    return _rss((b"<item>" + content + b"</item>") * times)


def _titles(title: str, times: int = 2_000) -> bytes:
    return _rss(f"<item><title>{title}</title>{_LINK.decode()}</item>".encode() * times)


def _dates(text: str, times: int = 10_000) -> bytes:
    return _rss(f"<item><title>T</title><pubDate>{text}</pubDate>{_LINK.decode()}</item>".encode() * times)


def _links(link: str, times: int = 2_000) -> bytes:
    return _rss(f"<item><title>T</title><link>{link}</link></item>".encode() * times)


def _laughs() -> bytes:
    levels = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    return _ENTITY % (b"ha", levels.replace(b"&a0;", b"&a;"), b"a9") + OK + b"</channel></rss>"


def _lines(*lines: bytes) -> bytes:
    good = b'{"title": "ok", "url": "https://example.mn/ok"}\n'
    return good + b"\n".join(lines) + b"\n" + good


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "brackets": lambda: _items(b"<title>" + b"<" * 1_900_000),
    "ampersands": lambda: _items(b"<title>" + b"&" * 1_900_000),
    "open CDATA": lambda: _items(b"<title>" + b"<![CDATA[" * 200_000),
    "open comment": lambda: _rss(b"<item><title>first</title>" + _LINK + b"</item><!--" + b" a" * 2_000_000),
    "empty elements": lambda: _items(b"<a/>" * 450_000),
    "attributes": lambda: _items(b"<a " + b" ".join(b'a%d=""' % n for n in range(180_000)) + b"/>"),
    "one long attribute": lambda: _items(b'<a b="' + b"x" * 1_900_000 + b'"/>'),
    "deep nesting": lambda: _items(b"<a>" * 600_000),
    "deep and closed": lambda: _items(b"<a>" * 250_000 + b"</a>" * 250_000),
    "name spaces": lambda: b"<rss " + b" ".join(b'xmlns:a%d="u"' % n for n in range(500_000)) + b">" + _items(b""),
    "starts of items": lambda: b"<rss><channel>" + b"<item><title>x</title>" * 400_000,
    "hidden elements": lambda: _items(b"<title><![CDATA[" + b"<script></script>" * 1100 + b"]]></title>", 495),
    "billion laughs": _laughs,
    "quadratic entity": lambda: _ENTITY % (b"x" * 100_000, b"", b"a;&a" * 50_000) + OK + b"</channel></rss>",
    "external entity": lambda: (
        b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title>'
        + _LINK + b"</item>" + OK + b"</channel></rss>"
    ),
    "external type": lambda: b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x">' + _items(b"<title>&a;</title>" + _LINK),
    "title of 50 MB": lambda: _rss(b"<item><title>" + b"a" * 50_000_000 + b"</title></item>"),
    "author of 128 kB": lambda: _items(b"<title>T</title><author>" + b"a" * 128_000 + b"@b.mn</author>" + _LINK, 50),
    "zero bytes": lambda: _items(b"<title>a\0b\0</title>" + _LINK).replace(b"channel", b"chan\0nel"),
    "only zeros": lambda: b"\0" * 9_000_000,
    "random bytes": lambda: b"".join(bytes((n * n * 31 + n // 7) % 256 for n in range(4096)) for _ in range(500)),
    "JSON brackets": lambda: b'{"items":' + b"[" * 5_000_000,
    "JSON objects": lambda: b'{"items":[' + b'{"a":1},' * 1_200_000 + b"{}]}",
    "JSON nested": lambda: b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b'[{"a":' * 100_000,
    "JSON number": lambda: b'{"items":[{"title":' + b"9" * 5_000_000 + b"}]}",
    "JSON array nested": lambda: b"[" + b'{"a":' * 1_000_000,
    "NDJSON nested": lambda: _lines(b'{"title":' * 100_000, b"[" * 900_000),
    "NDJSON number": lambda: _lines(b'{"title": ' + b"9" * 900_000 + b"}"),
    "NDJSON long line": lambda: _lines(b'{"title": "' + b"a" * 50_000_000 + b'"}'),
    "wide table": lambda: b"title,url\n" + b"a," * 100_000 + b"\nok,https://example.mn/ok\n",
    "wide header": lambda: b"title,url," + b"a," * 100_000 + b"\nok,https://example.mn/ok\n",
    "open quotation": lambda: b'title,url\n"open,u\n' + b"ok,https://example.mn/ok\n" * 100_000,
    "one long line": lambda: b"title,url\n" + b"a" * 50_000_000 + b"\nok,https://example.mn/ok\n",
    "table of zeros": lambda: b"title,url\n" + b"o\0k,https://example.mn/\0ok\n" * 1_000,
    "gzip bomb": lambda: gzip.compress(b"<urlset><url><loc>http://x.mn/</loc></url>" + b" " * 300_000_000, 1),
    "gzip cut": lambda: gzip.compress(b"<urlset>" + b"<url><loc>http://x.mn/</loc></url>" * 50_000)[:-500],
    "gzip in gzip": lambda: gzip.compress(gzip.compress(b" " * 50_000_000)),
    "page of tags": lambda: b"<!doctype html>" + b"<a href=x>a</a>" * 600_000,
    "page for a feed": lambda: b"<!DOCTYPE html><html><head><title>Not found</title></head><body>Sorry</body></html>",
    "same guid": lambda: _items(b"<title>T</title><guid>1</guid>" + _LINK, 20_000),
    "links that act": lambda: _links("javascript:alert(1)", 500) + _links("data:text/html,x", 500),
    "UTF-16 without a mark": lambda: _rss().decode().encode("utf-16-le"),
    "UTF-8 called cp1251": lambda: b'<?xml version="1.0" encoding="windows-1251"?>' + _titles("Мэдээ", 9),
    "digest without an end": lambda: b"1 " + b"NEWS EXAMPLE.MN " * 500_000,
    "digest of markers": lambda: b"PUBLISHED:2026/01/15 " * 400_000,
    "blanks": lambda: ("\u00a0\u2003 \t" * 900_000).encode(),
    "title of tags": lambda: _titles("&lt;a b='" * 240),
    "title of entities": lambda: _titles("&amp;amp;#38;" * 150),
    "title of signs": lambda: _titles("!a." * 600 + "@"),
    "title of marks": lambda: _titles("а" + "\u0301\u0323" * 900),
    "title of blanks": lambda: _titles("а" + " \u00a0\u200b" * 600 + "б"),
    "title of numbers": lambda: _titles("1-р " * 490),
    "date of blanks": lambda: _dates("2026" + " " * 190 + "x"),
    "date of brackets": lambda: _dates("2026-01-15 10:00 " + "(" * 180),
    "date of numbers": lambda: _dates("1-р " * 49),
    "date of words": lambda: _dates("хагас цагийн " * 15),
    "date of dots": lambda: _dates("2026." + "1." * 97),
    "link of dots": lambda: _links("http://" + "a." * 900 + "mn/"),
    "link of percents": lambda: _links("http://a.mn/" + "%" * 1_900),
    "link of slashes": lambda: _links("http://a.mn/" + "a/../" * 390),
    "link of pairs": lambda: _links("http://a.mn/?" + "a=b&amp;" * 400),
    "link in links": lambda: _links("https://www.google.com/url?q=" * 60),
    "link of AMP": lambda: _links("http://a.mn/a" + "/amp" * 450),
    "Google News code": lambda: _links(
        "https://news.google.com/articles/" + base64.urlsafe_b64encode(b"http:/" * 220).decode()
    ),
    "base in base": lambda: _items(b'<title>T</title><link xml:base="http://a.mn/' + b"a/" * 5_000 + b'">x</link>'),
    "sitemap of a million": lambda: b"<urlset>" + b"<url><loc>http://x.mn/</loc></url>" * 300_000 + b"</urlset>",
}  # fmt: skip


def _status(field: str) -> int:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.partition(f"{field}:")[2].split()[0]) // 1000


def _read(name: str, body: bytes) -> Result:
    """In the child: bounded, measured."""
    size = _status("VmSize") + MEGABYTES
    resource.setrlimit(resource.RLIMIT_AS, (size * 1_000_000, size * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (KILLED_AFTER, KILLED_AFTER + 1))
    before, start = _status("VmRSS"), time.process_time()
    found = preview(Payload.of(body, url="https://example.mn/f", received_at=NOW))
    seconds, grown = time.process_time() - start, _status("VmHWM") - before
    made = [one for one in found if isinstance(one, Headline)]
    refused = [one for one in found if isinstance(one, Rejection)]
    return Result(
        name, len(body) / 1e6, round(seconds, 2), grown, len(made), len(refused),
        titles=tuple(one.title for one in (*made[:2], *made[-1:])),
        links=tuple(sorted({one.url or "" for one in made})[:5]),
        reasons=tuple(_told(one) for one in refused[:3]),
        last=_told(refused[-1]) if refused else "",
    )  # fmt: skip


def _told(one: Rejection) -> str:
    return f"{one.reason}: {one.detail[:200]}"


def read(name: str) -> Result:
    """A document in a process of its own."""
    body = DOCUMENTS[name]()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        try:
            told = _read(name, body)
        except BaseException as error:  # whatever it is, the parent has to hear of it
            told = Result(name, len(body) / 1e6, 0.0, 0, 0, 0, died=f"{type(error).__name__}: {error}"[:200])
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(json.dumps(asdict(told)).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if not answer:
        return Result(name, len(body) / 1e6, 0.0, 0, 0, 0, died=f"killed, status {status}")
    return Result(**json.loads(answer))


def results(part: str = "") -> Iterator[Result]:
    """One result after the other, of the documents whose name holds `part`."""
    preview(Payload.of(_rss(), url="https://example.mn/f", received_at=NOW))  # what is read once is not theirs
    yield from (read(name) for name in DOCUMENTS if part in name)


def main() -> None:
    """Print a line for each document."""
    if sys.argv[1:] == ["--json"]:
        print(json.dumps([asdict(result) for result in results()]))
        return
    bad = 0
    for one in results(" ".join(sys.argv[1:])):
        over = bool(one.died) or one.seconds > SECONDS or one.grown > MEGABYTES
        bad += over
        told = one.died or (one.reasons[0][:60] if one.reasons else "")
        print(
            f"{one.name:22} {one.megabytes:5.1f} MB {one.seconds:5.2f} s {one.grown:4d} MB more "
            f"{one.headlines:6,} kept {one.rejections:6,} rejected  {told}{'  OVER THE LIMIT' if over else ''}",
            flush=True,
        )
    print(f"{bad} over {SECONDS} s or {MEGABYTES} MB")


if __name__ == "__main__":
    main()
