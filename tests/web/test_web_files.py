"""Lists as files: every list in every format, the same headlines as the page, and back in again."""

import csv
import io
import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import etree

import app
from app.clock import Clock
from app.ingest.payload import Payload
from app.model.headline import Honesty
from app.pipeline import ingest
from app.render.formats import FORMATS
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, NOW, batch, entry, headline
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text
from tests.web.paper import ENGLISH, MONGOLIAN, YESTERDAY, print_paper

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLES = Path(app.__file__).parent / "data" / "samples"

LISTS = (
    "/en/",
    "/mn/?lang=mn",
    "/en/2026-01-15",
    "/mn/2026-01-15?outlet=gogo.mn",
    "/en/archive",
    "/en/archive/2026",
    "/mn/archive/2026-01",
    "/en/outlets/montsame.mn",
    "/mn/analysis",
    "/en/search?q=visa",
)
ATOM = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
PUBLISHED = [*(title for title, _, _ in ENGLISH), *(title for title, _ in MONGOLIAN)]


def in_format(address: str, suffix: str) -> str:
    path, mark, query = address.partition("?")
    return path.rstrip("/") + suffix + mark + query


def atom(client: Client, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def titles(feed: etree._Element) -> list[str]:
    return [str(t.text) for t in feed.findall("a:entry/a:title", ATOM)]


def links(feed: etree._Element) -> dict[str, str]:
    return {str(link.get("rel")): str(link.get("href")) for link in feed.findall("a:link", ATOM)}


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.suffix)
@pytest.mark.parametrize("address", LISTS)
def test_every_list_in_every_format(client: Client, address: str, row: object) -> None:
    suffix, media_type = getattr(row, "suffix", ""), getattr(row, "media_type", "")
    own = in_format(address, suffix)
    answer = client.get(own)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["access-control-allow-origin"] == "*"
    again = client.get(own, {"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.body) == (304, b"")
    head = client.head(own)
    assert (head.status_code, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    packed = client.get(own, {"accept-encoding": "gzip"})
    assert packed.content == answer.content


@pytest.mark.parametrize("address", LISTS)
def test_a_page_names_its_files(client: Client, address: str) -> None:
    named = [
        e.get("href")
        for e in Dom(client.get(address).text).all("link")
        if e.get("rel") == "alternate" and e.get("type") and "feed" not in str(e.get("class"))
    ]
    assert named == [f"http://ortoo.test{in_format(address, row.suffix)}" for row in FORMATS]


def test_the_digest_as_atom_in_the_order_of_the_page(each_client: Client) -> None:
    feed = atom(each_client, "/en/2026-01-15.atom")
    shown = [text(e) for e in Dom(each_client.get("/en/2026-01-15").text).all("h3")]
    assert set(titles(feed)) >= set(PUBLISHED)
    assert [t for t in titles(feed) if t in PUBLISHED] == [t for t in shown if t in PUBLISHED]
    first = feed.find("a:entry", ATOM)
    assert first is not None
    assert first.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert first.findtext("a:published", namespaces=ATOM) == "2026-01-15T00:00:00+08:00"
    assert first.findtext("a:summary", namespaces=ATOM) == "AKIpress. The outlet gives a date but no time."


def test_a_feed_has_each_headline_once(client: Client) -> None:
    ids = [e.text for e in atom(client, "/en.atom").findall("a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids)) > 5
    assert str(ids[0]).startswith("tag:ortoo.test,2026:headline/")


def test_the_authority_of_ids_and_the_hub_are_settings(sqlite_store: Store, clock: Clock) -> None:
    sqlite_store_settings = Settings(tag_authority="news.example", websub_hub="https://hub.example/")
    with Client(create_app(sqlite_store_settings, sqlite_store, clock)) as client:
        feed = atom(client, "/en.atom")
        assert str(feed.findtext("a:id", namespaces=ATOM)).startswith("tag:news.example,2026:")
        assert links(feed)["hub"] == "https://hub.example/"
        assert b'rel="hub" href="https://hub.example/"' in client.get("/en.rss").content
        assert client.get("/en.json").json()["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_rss_says_the_same(client: Client) -> None:
    channel = etree.fromstring(client.get("/mn/2026-01-15.rss").content).find("channel")
    assert channel is not None
    found = [str(item.findtext("title")) for item in channel.findall("item")]
    assert found == titles(atom(client, "/mn/2026-01-15.atom"))
    timed = next(i for i in channel.findall("item") if i.findtext("title") == "Маргааш ихэнх нутгаар цас орно")
    assert parsedate_to_datetime(str(timed.findtext("pubDate"))) == datetime.fromisoformat("2026-01-15T12:05:00+08:00")


def test_json_feed(client: Client) -> None:
    feed = client.get("/mn/2026-01-15.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == titles(atom(client, "/mn/2026-01-15.atom"))
    assert all(item["id"] and item["url"] and item["content_text"] and item["language"] for item in feed["items"])


def test_a_table_that_no_spreadsheet_runs(sqlite_store: Store, ask: Asker) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch([headline('=HYPERLINK("https://a.example","x"), ИХ', "https://montsame.mn/1")]))
    body = ask(sqlite_store).get("/en.csv").content
    assert body.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    assert row["title"].startswith("'=HYPERLINK")
    assert (row["day"], row["url"]) == (DAY.isoformat(), "https://montsame.mn/1")


def test_text_goes_in_again_and_comes_out_the_same(sqlite_store: Store, store: Store, ask: Asker) -> None:
    print_paper(sqlite_store)
    told = ask(sqlite_store).get("/en/2026-01-15.txt").content
    ingest(Payload.of(told, name="day.txt"), store, now=NOW)
    assert ask(store).get("/en/2026-01-15.txt").content == told


HOSTILE = (
    "9 PROVINCES, 75 COUNTRIES",
    "=HYPERLINK(1) == DIGEST 2026-01-01 == IN A TITLE",
    "PUBLISHED: A REPORT ON WHAT THE WORD НИЙТЭЛСЭН MEANS TO EDITORS",
    "WWW.D-GOV.MN AND HTTPS://A.MN/B?C=D OPEN",
    "ᠮᠣᠩᠭᠣᠯ “Ү” \U0001f1f2\U0001f1f3 <b>&amp;</b>",
    "1",
)


def test_text_of_hostile_titles_goes_in_and_comes_out_the_same(sqlite_store: Store, store: Store, ask: Asker) -> None:
    """Days with a digest, days of single headlines only (in the order of the page), undated ones, several days."""
    with sqlite_store.writing() as writer:
        made = [entry(title, n, outlet="gogo.mn") for n, title in enumerate(HOSTILE, 1)]
        made += [headline(f"{title}; again", outlet="montsame.mn", day=YESTERDAY) for title in HOSTILE[:4]]
        writer.put(
            batch(
                [*made, headline("Огноогүй мэдээ гарлаа", outlet="gogo.mn", language="mn", honesty=Honesty.FIRST_SEEN)]
            )
        )
    client = ask(sqlite_store)
    told = client.get("/en/archive.txt")
    assert ingest(Payload.of(told.content, name="all.txt"), store, now=NOW).rejected == 0
    again = ask(store)
    for address in ("/en/archive.txt", "/en.txt", f"/en/{DAY}.txt", f"/mn/{YESTERDAY}.txt"):
        assert again.get(address).content == client.get(address).content


@pytest.mark.parametrize("name", ["2024-12-19-shape", "2025-09-16-shape", "2026-01-15"])
def test_every_sample_digest_comes_out_as_text_that_gives_it_back(
    sqlite_store: Store, store: Store, ask: Asker, name: str
) -> None:
    folder = CASES if name.endswith("shape") else SAMPLES
    ingest(Payload.of(folder / f"{name}.txt"), sqlite_store, now=NOW)
    client = ask(sqlite_store)
    told = client.get("/en/archive.txt")
    ingest(Payload.of(told.content, name="all.txt"), store, now=NOW)
    assert ask(store).get("/en/archive.txt").content == told.content
    days = [row["day"] for row in client.get("/api/v1/days").json()["items"]]
    assert len(days) > 1
    for day in days:
        assert ask(store).get(f"/mn/{day}.txt").content == client.get(f"/mn/{day}.txt").content


def test_a_narrowed_text_claims_no_digest(client: Client) -> None:
    told = client.get("/en/2026-01-15.txt?lang=mn").text
    assert told.startswith("== HEADLINES 2026-01-15 ==")
    assert MONGOLIAN[0][0] in told
    assert ENGLISH[0][0] not in told


def test_more_than_a_page_is_streamed_whole(sqlite_store: Store, ask: Asker) -> None:
    many = [headline(f"Headline number {n}", f"https://montsame.mn/{n}") for n in range(3_000)]
    with sqlite_store.writing() as writer:
        writer.put(batch(many))
    lines = ask(sqlite_store).get("/en.ndjson").content.splitlines()
    assert len(lines) == 3_000
    assert {json.loads(line)["title"] for line in lines} == {h.title for h in many}


@pytest.mark.parametrize(
    ("address", "status", "location"),
    [
        ("/en/.atom", 302, "/en.atom"),
        ("/en.atom?lang=", 302, "/en.atom"),
        ("/en.atom?outlet=GOGO.mn", 302, "/en.atom?outlet=gogo.mn"),
        ("/2026-01-15.atom", 302, "/en/2026-01-15.atom"),
        ("/en/2026-13-40.atom", 404, None),
        ("/en/2026-01-02.json", 404, None),
        ("/en/outlets/nobody.example.csv", 404, None),
        ("/en/archive/20260.csv", 404, None),
        ("/en/search.csv", 400, None),
        ("/en.atom?lang=english", 400, None),
        ("/en.exe", 404, None),
    ],
)
def test_odd_addresses(client: Client, address: str, status: int, location: str | None) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("location")) == (status, location)


def test_addresses_become_uris_and_titles_stay_inert(sqlite_store: Store, ask: Asker) -> None:
    title = 'Үнэ <b>&amp; "ханш" ]]>'
    with sqlite_store.writing() as writer:
        writer.put(batch([headline(title, "https://montsame.mn/мэдээ/үнэ?a=1&b=2", language="mn")]))
    client = ask(sqlite_store)
    feed = atom(client, "/mn.atom")
    assert titles(feed) == [title]
    entry = feed.find("a:entry/a:link", ATOM)
    assert entry is not None
    assert entry.get("href") == "https://montsame.mn/%D0%BC%D1%8D%D0%B4%D1%8D%D1%8D/%D2%AF%D0%BD%D1%8D?a=1&b=2"
    assert client.get("/mn.json").json()["items"][0]["title"] == title
