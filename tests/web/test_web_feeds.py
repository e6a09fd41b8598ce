"""Feeds: what a feed reader reads of them is what the page shows; ids and chains that can be relied on for years."""

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import feedparser
import pytest
from lxml import etree

from app.clock import Clock
from app.model.day import day_start
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, NOW, article, batch, entry, headline
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text
from tests.web.feed_rules import faults
from tests.web.paper import YESTERDAY, print_paper

SITE = "http://ortoo.test"
LISTS = (
    "/en",
    "/mn",
    "/en/2026-01-15",
    "/mn/2026-01-15",
    "/en/2026-01-14",
    "/mn/outlets/gogo.mn",
    "/en/archive/2026-01",
)
ATOM = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Shown = dict[str, tuple[str, str | None, str | None, datetime]]
"""Address of a headline's own page -> its title, language, link and date."""


def shown_on(client: Client, page: str, day: date) -> Shown:
    """The headlines on the page of `day`, as a reader sees them."""
    dom = Dom(client.get(page).text)
    return dict(_shown(dom, e, day) for e in dom.all("li") if set(str(e.get("class")).split()) & {"row", "item"})


def _shown(dom: Dom, line: Element, day: date) -> tuple[str, tuple[str, str | None, str | None, datetime]]:
    own = next(a for a in dom.within(line, "a") if "/headlines/" in str(a.get("href")))
    (heading,) = dom.within(line, "h3", "hl")
    (link,) = dom.within(heading, "a")
    times = [time.get("datetime") or text(time) for time in dom.within(line, "time")]
    days = [date.fromisoformat(t[:10]) for t in times if "-" in t]
    when = day_start(days[0] if days else day)
    for clock in (t.partition("T")[2][:5] or t for t in times if ":" in t):  # in Ulaanbaatar, as the day is
        when += timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))
    address = SITE + str(own.get("href"))
    target = address if link.get("title") else link.get("href")  # one without an address of its own leads to us
    return address, (text(heading), heading.get("lang"), target, when.astimezone(UTC))


def instant(parsed: Any) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


@pytest.mark.parametrize("suffix", [".atom", ".rss"])
@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize("day", [DAY, YESTERDAY])
def test_a_feed_reader_reads_what_the_page_shows(client: Client, ui: str, day: date, suffix: str) -> None:
    page = f"/{ui}/{day}"
    shown = shown_on(client, page, day)
    read = feedparser.parse(client.get(page + suffix).content)
    assert not read.bozo
    assert read.feed.link == SITE + page
    by_number = {e.id.rpartition("/")[2]: e for e in read.entries if "headline/" in e.id}
    assert [f"{SITE}/{ui}/headlines/{number}" for number in by_number] == list(shown)
    for own, (title, language, target, when) in shown.items():
        found = by_number[own.rpartition("/")[2]]
        assert (found.title, found.link, instant(found.published_parsed)) == (title, target, when)
        assert found.title_detail.language == (language or "und")


HOSTILE = (
    "AT&T and Forex &amp; Gold, &#8364; and &euro;",
    "a < b, x <b>y</b>, ]]> <script>alert(1)</script>",
    "</title></entry></feed> <!-- <![CDATA[ ]]>",
    "=1+1 \u202e RTL, \U0001f1f2\U0001f1f3 ᠮᠣᠩᠭᠣᠯ “ишлэл”",
)


def literal(element: Element) -> str:
    """What a title says: as text, or as HTML in which everything is text."""
    words = str(element.text)
    return unescape(words) if element.get("type") == "html" else words


@pytest.mark.parametrize("title", HOSTILE)
def test_titles_are_read_as_they_stand_and_nothing_in_them_as_markup(
    sqlite_store: Store, ask: Asker, title: str
) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch([headline(title, "https://montsame.mn/1")]))
    client = ask(sqlite_store)
    atom, rss = client.get("/en.atom"), client.get("/en.rss")
    told = etree.fromstring(atom.content).find("a:entry/a:title", ATOM)
    assert told is not None
    assert literal(told) == title
    assert etree.fromstring(rss.content).findtext("channel/item/title") == title
    (read,) = feedparser.parse(atom.content).entries
    assert (unescape(read.title) if read.title_detail.type == "text/html" else read.title) == title
    assert client.get("/en.json").json()["items"][0]["title"] == title


def test_what_might_be_taken_for_markup_is_written_so_that_it_is_not(sqlite_store: Store, ask: Asker) -> None:
    """The RSS Best Practices Profile wants hexadecimal references in titles; the W3C's validator warns without them,
    and of Atom text that looks like HTML."""
    with sqlite_store.writing() as writer:
        writer.put(batch([headline("AT&amp;T <b>x", "https://montsame.mn/1"), headline("</b>", "https://a.mn/2")]))
    client = ask(sqlite_store)
    for suffix in (".atom", ".rss"):
        assert "<title>AT&#x26;amp;T &#x3C;b&#x3E;x</title>" in client.get(f"/en{suffix}").text
    assert '<title type="html">&#x26;lt;/b&#x26;gt;</title>' in client.get("/en.atom").text


@pytest.mark.parametrize("address", LISTS)
def test_json_feeds_keep_every_rule(client: Client, address: str) -> None:
    feed = client.get(f"{address}.json").json()
    assert faults(feed) == []
    assert feed["items"]


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "version": lambda feed: feed.update(version="https://jsonfeed.org/version/1"),
    "no title": lambda feed: feed.pop("title"),
    "unknown member author": lambda feed: feed.update(author={"name": "x"}),
    "next_url is the feed itself": lambda feed: feed.update(next_url=feed["feed_url"]),
    "an id twice": lambda feed: feed["items"].append(feed["items"][0]),
    "no content": lambda feed: feed["items"][0].pop("content_text"),
    "date_published": lambda feed: feed["items"][0].update(date_published="2026-01-15"),
    "language": lambda feed: feed["items"][0].update(language="Mongolian"),
    "is no address": lambda feed: feed["items"][0].update(url="/en/headlines/1"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_rules_find_what_is_wrong(client: Client, fault: str) -> None:
    feed = client.get("/en.json").json()
    BROKEN[fault](feed)
    assert any(fault in found for found in faults(feed))


def parsed(client: Client, address: str) -> etree._Element:
    answer = client.get(address.removeprefix(SITE))
    assert answer.status_code == 200, address
    return etree.fromstring(answer.content)


def links(feed: etree._Element) -> dict[str, str]:
    return {str(link.get("rel")): str(link.get("href")) for link in feed.findall("a:link", ATOM)}


def ids(feed: etree._Element) -> list[str]:
    return [str(e.text) for e in feed.findall("a:entry/a:id", ATOM)]


def print_days(store: Store, days: int = 30, each: int = 12) -> None:
    """So many days with so many headlines each, up to yesterday."""
    for back in range(1, days + 1):
        day = DAY - timedelta(days=back)
        made = [headline(f"Headline {n} of {day}", f"https://montsame.mn/{day}/{n}", day=day) for n in range(each)]
        with store.writing() as writer:
            writer.put(batch(made))


def test_the_chain_of_days_leads_to_every_headline(sqlite_store: Store, ask: Asker) -> None:
    print_days(sqlite_store)
    client = ask(sqlite_store)
    head = parsed(client, "/en.atom")
    assert head.find("fh:archive", ATOM) is None
    found, older = ids(head), links(head).get("prev-archive")
    assert older
    while older:
        document = parsed(client, older)
        assert document.find("fh:archive", ATOM) is not None
        assert links(document)["current"] == f"{SITE}/en.atom"
        found += ids(document)
        older = links(document).get("prev-archive")
    assert len(found) == len(set(found)) == 30 * 12


def test_the_chain_of_json_feeds_does_too(sqlite_store: Store, ask: Asker) -> None:
    print_days(sqlite_store)
    client = ask(sqlite_store)
    found, address = [], f"{SITE}/en.json"
    while address:
        feed = client.get(address.removeprefix(SITE)).json()
        found += [item["id"] for item in feed["items"]]
        address = feed.get("next_url", "")
    assert len(found) == len(set(found)) == 30 * 12


def test_a_narrowed_chain_goes_through_days_that_match(client: Client) -> None:
    day = parsed(client, "/en/2026-01-14.atom?lang=en")
    assert links(day)["current"] == f"{SITE}/en.atom?lang=en"
    assert links(day)["prev-archive"] == f"{SITE}/en/2024-12-19.atom?lang=en"
    assert "next-archive" not in links(day)
    assert "prev-archive" not in links(parsed(client, "/en/2026-01-14.atom?lang=mn"))


def test_a_day_is_a_link_of_the_chain_when_it_is_over(client: Client, sqlite_store: Store) -> None:
    assert parsed(client, "/en/2026-01-15.atom").find("fh:archive", ATOM) is None
    assert links(parsed(client, "/en/2026-01-15.atom"))["prev-archive"] == f"{SITE}/en/2026-01-14.atom"
    assert parsed(client, "/en/2026-01-14.atom").find("fh:archive", ATOM) is not None
    assert "next-archive" not in links(parsed(client, "/en/2026-01-14.atom"))
    later: Clock = lambda: NOW + timedelta(days=2)  # noqa: E731
    with Client(create_app(Settings(), sqlite_store, later)) as then:
        assert parsed(then, "/en/2026-01-15.atom").find("fh:archive", ATOM) is not None
        assert links(parsed(then, "/en/2026-01-14.atom"))["next-archive"] == f"{SITE}/en/2026-01-15.atom"


@pytest.mark.parametrize("suffix", [".atom", ".rss", ".json", ".csv", ".ndjson", ".txt", ".md"])
def test_a_finished_day_stays_as_it_is(client: Client, sqlite_store: Store, suffix: str) -> None:
    days = (NOW + timedelta(days=2), NOW + timedelta(days=700))
    bodies = set()
    for now in days:
        with Client(create_app(Settings(), sqlite_store, lambda now=now: now)) as then:  # type: ignore[misc]
            bodies.add(then.get(f"/mn/2026-01-14{suffix}").content)
    with sqlite_store.writing() as writer:
        writer.put(batch([headline("Something of a later day", "https://montsame.mn/later", day=DAY)]))
    with Client(create_app(Settings(), sqlite_store, lambda: days[1])) as then:
        bodies.add(then.get(f"/mn/2026-01-14{suffix}").content)
    assert len(bodies) == 1


def test_ids_outlive_new_titles_addresses_and_editions(sqlite_store: Store, ask: Asker) -> None:
    first = headline("Railway opens", "https://montsame.mn/1")
    with sqlite_store.writing() as writer:
        writer.put(batch([first], articles=[article()]))
    client = ask(sqlite_store)
    before = ids(parsed(client, "/en/2026-01-15.atom"))
    with sqlite_store.writing() as writer:
        again = headline("Railway opens at last", "https://montsame.mn/1")
        writer.put(batch([replace(again, url_key=first.url_key)], at=NOW + timedelta(hours=1)))
    after = parsed(client, "/en/2026-01-15.atom")
    assert after.findtext("a:entry/a:title", namespaces=ATOM) == "Railway opens at last"
    assert ids(after) == before == ids(parsed(client, "/mn.atom"))
    assert all(name.startswith("tag:ortoo.test,2026:") for name in before)


def test_entries_of_one_batch_are_told_apart_by_their_instants(client: Client) -> None:
    changed = [e.text for e in parsed(client, "/en.atom").findall("a:entry/a:updated", ATOM)]
    assert len(changed) == len(set(changed)) > 5
    assert all(str(instant).endswith("Z") and "." in str(instant) for instant in changed if "+" not in str(instant))


def test_every_entry_says_its_language(sqlite_store: Store, ask: Asker) -> None:
    titles = {"en": "A railway", "mn": "Төмөр зам", "kk": "Темір жол", "und": "2026"}
    with sqlite_store.writing() as writer:
        writer.put(batch([headline(title, language=code) for code, title in titles.items()]))
    client = ask(sqlite_store)
    feed = parsed(client, "/mn.atom?lang=en&lang=kk&lang=mn&lang=und")
    assert {e.get(XML_LANG): e.findtext("a:title", namespaces=ATOM) for e in feed.findall("a:entry", ATOM)} == titles
    assert {e.find("a:summary", ATOM).get(XML_LANG) for e in feed.findall("a:entry", ATOM)} == {"mn"}


def test_a_day_without_a_time_begins_in_ulaanbaatar_and_says_so(sqlite_store: Store, ask: Asker) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch([entry("ONE", 1)]))
    feed = parsed(ask(sqlite_store), "/en.atom")
    assert feed.findtext("a:entry/a:published", namespaces=ATOM) == "2026-01-15T00:00:00+08:00"
    assert "gives a date but no time" in str(feed.findtext("a:entry/a:summary", namespaces=ATOM))


def test_the_file_of_an_outlet_has_the_languages_of_its_page(sqlite_store: Store, ask: Asker) -> None:
    print_paper(sqlite_store)
    with sqlite_store.writing() as writer:
        writer.put(batch([headline("Жаңалық", "https://azattyq.org/1", outlet="azattyq.org", language="kk")]))
    client = ask(sqlite_store)
    feed = parsed(client, "/en/outlets/azattyq.org.atom")
    assert [e.text for e in feed.findall("a:entry/a:title", ATOM)] == ["Жаңалық"]
    assert links(feed)["alternate"] == f"{SITE}/en/outlets/azattyq.org"
