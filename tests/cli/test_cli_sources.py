"""`ortoo sources`: adding, changing, listing, checking, deciding; the network is a table of answers."""

import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.cli import main
from app.cli.console import Console
from app.model.fetch import Fetched, FetchState
from app.model.source import Doubt as Why
from app.model.source import FetchRecord, HeldBatch, Reservation, Settled, Source, SourceState
from app.settings import Settings
from app.store import Store
from tests.builders import NOW
from tests.cli.conftest import Said

Answer = str | FetchState
Sources = Callable[..., Said]
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>'
    "<item><title>Нүүрсний экспорт өслөө</title><link>https://a.mn/1</link></item>"
    "<item><title>Mongolia votes</title><link>https://a.mn/2</link></item></channel></rss>"
)
PAGE = '<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><body>Мэдээ</body></html>'
NETWORK: dict[str, Answer] = {
    "https://a.mn/": PAGE,
    "https://a.mn": PAGE,
    "https://a.mn/rss": FEED,
    "https://wide.org/rss": FEED.replace("/a.mn/1", "/b.mn/1"),
    "https://blocked.mn/rss": FetchState.BLOCKED,
    "http://10.0.0.1/rss": FetchState.REFUSED,
}


class Answers:
    """A network in a table; everything else is missing."""

    def fetch(self, url: str, *, validators: object = None, expect: str = "feed") -> Fetched:
        told = NETWORK.get(url, FetchState.MISSING)
        if isinstance(told, FetchState):
            return Fetched(told, url, url, NOW, error=f"It is {told}.")
        if expect == "feed" and told.startswith("<html"):
            return Fetched(FetchState.NOT_A_FEED, url, url, NOW)
        return Fetched(FetchState.OK, url, url, NOW, 200, told.encode(), "text/html" if told == PAGE else "text/xml")


@pytest.fixture
def sources(database_url: str) -> Sources:
    """`ortoo sources …` on an empty store, on each kind of database."""

    def run(*argv: object, stdin: str = "") -> Said:
        out, err = io.StringIO(), io.StringIO()
        console = Console(
            out,
            err,
            io.BytesIO(stdin.encode()),
            load_settings=lambda: Settings(database_url=database_url),
            clock=lambda: NOW,
            fetcher=lambda settings, clock: nullcontext(Answers()),
        )
        return Said(main(["sources", *map(str, argv)], console), out.getvalue(), err.getvalue())

    return run


def listed(sources: Sources) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sources("list", "--json").out)
    return found


def test_a_page_leads_to_its_feed_which_is_shown_and_added(sources: Sources) -> None:
    said = sources("add", "a.mn", stdin="y\n")
    assert said.code == 0
    assert "Нүүрсний экспорт өслөө  [a.mn]" in said.out
    assert said.out.endswith("added: source 1, https://a.mn/rss (rss)\n")
    assert said.err == "Add it? [y/N] "
    (source,) = listed(sources)
    assert (source["url"], source["kind"], source["outlet"], source["enabled"]) == (
        "https://a.mn/rss",
        "rss",
        "a.mn",
        True,
    )


@pytest.mark.parametrize("answer", ["", "n\n", "no\n", "\n"])
def test_nothing_is_added_without_a_yes(sources: Sources, answer: str) -> None:
    said = sources("add", "https://a.mn/rss", stdin=answer)
    assert said.code == 1
    assert "Nothing was added." in said.err
    assert listed(sources) == []


@pytest.mark.parametrize("answer", ["yes\n", "т\n", "Тийм\n"])
def test_yes_is_said_in_either_language(sources: Sources, answer: str) -> None:
    assert sources("add", "https://a.mn/rss", stdin=answer).code == 0


def test_a_rehearsal_adds_nothing(sources: Sources) -> None:
    said = sources("add", "https://a.mn/rss", "--dry-run", "--keywords", "mongolia", "--json")
    told = json.loads(said.out)
    assert (said.code, told["outcome"]) == (0, "would-be-added")
    assert (told["preview"]["headlines"], told["preview"]["filtered"]) == (1, 1)
    assert told["preview"]["items"][0]["title"] == "Mongolia votes"
    assert listed(sources) == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://blocked.mn/rss", "It is blocked."),
        ("http://10.0.0.1/rss", "It is refused."),
        ("https://nowhere.mn/", "It is missing."),
    ],
)
def test_what_cannot_be_a_source_is_refused_with_the_reason(sources: Sources, url: str, why: str) -> None:
    said = sources("add", url, "--yes")
    assert (said.code, said.out) == (1, "")
    assert said.err == f"ortoo: {url}: {why}\n"


def test_a_duplicate_is_refused_also_with_force(sources: Sources) -> None:
    sources("add", "https://a.mn/rss", "--yes")
    for flag in ("--yes", "--force"):
        said = sources("add", "http://www.a.mn/rss/", flag)
        assert said.code == 1
        assert "is source 1 already" in said.err


def test_force_adds_what_cannot_be_read_just_now(sources: Sources) -> None:
    said = sources("add", "https://blocked.mn/rss", "--force", "--kind", "rss", "--disabled", "--json")
    told = json.loads(said.out)
    assert (said.code, told["preview"]) == (0, None)
    assert (told["source"]["enabled"], told["source"]["kind"]) == (False, "rss")


def test_an_aggregator_has_no_outlet_of_its_own(sources: Sources) -> None:
    sources("add", "https://wide.org/rss", "--yes")
    sources("add", "https://a.mn/rss", "--yes", "--outlet", "")
    assert [source["outlet"] for source in listed(sources)] == [None, None]


FIELDS = {
    "--title": ("  A   title ", "title", "A title"),
    "--category": (" Region / Agencies/", "category", "Region/Agencies"),
    "--kind": ("atom", "kind", "atom"),
    "--outlet": ("https://news.gogo.mn/x", "outlet", "gogo.mn"),
    "--language": ("mn", "language", "mn"),
    "--zone": ("Asia/Hovd", "zone", "Asia/Hovd"),
    "--keywords": ("mongolia,  -inner-mongolia,", "keywords", "mongolia, -inner-mongolia"),
    "--interval": ("30m", "interval", 1800),
    "--note": (" asked them ", "note", "asked them"),
    "--listing": ("item=li.n", "listing", "item=li.n"),
    "--map": ("title=Гарчиг", "columns", {"title": "Гарчиг"}),
    "--url": ("b.mn/rss", "url", "https://b.mn/rss"),
}


@pytest.mark.parametrize("flag", FIELDS)
def test_every_field_can_be_changed(sources: Sources, flag: str) -> None:
    given, name, kept = FIELDS[flag]
    sources("add", "https://a.mn/rss", "--yes")
    (before,) = listed(sources)
    said = sources("edit", "https://a.mn/rss", flag, given)
    assert said.code == 0, said.err
    assert listed(sources) == [before | {name: kept}]


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("--kind", "telepathy"),
        ("--outlet", "not a host"),
        ("--language", "Mongolian"),
        ("--zone", "Asia/Nowhere"),
        ("--zone", "../etc/passwd"),
        ("--keywords", "a*b"),
        ("--interval", "5"),
        ("--interval", "soon"),
        ("--interval", "8d"),
        ("--listing", "title=h3"),
        ("--map", "colour=x"),
        ("--map", "title"),
        ("--url", "ftp://a.mn/"),
    ],
)
def test_what_a_field_cannot_be_is_said_with_the_value(sources: Sources, flag: str, value: str) -> None:
    sources("add", "https://a.mn/rss", "--yes")
    before = listed(sources)
    said = sources("edit", "1", flag, value)
    assert (said.code, said.out) == (2, "")
    assert value in said.err
    assert listed(sources) == before


def test_an_edit_that_changes_nothing_or_takes_anothers_address_is_refused(sources: Sources) -> None:
    sources("add", "https://a.mn/rss", "--yes")
    sources("add", "https://wide.org/rss", "--yes")
    assert sources("edit", "1").code == 2
    said = sources("edit", "1", "--url", "http://wide.org/rss/")
    assert (said.code, "is source 2 already" in said.err) == (1, True)


def test_switching_off_and_on_and_removing(sources: Sources) -> None:
    sources("add", "https://a.mn/rss", "--yes")
    sources("add", "https://wide.org/rss", "--yes")
    assert sources("disable", "1", "https://wide.org/rss", "--reason", "asked to").code == 0
    assert [source["enabled"] for source in listed(sources)] == [False, False]
    assert "asked to" in sources("check").out
    assert sources("enable", "2").out == "enabled: source 2, https://wide.org/rss\n"
    assert [source["enabled"] for source in listed(sources)] == [False, True]
    assert sources("remove", "1", "1").code == 0
    assert [source["id"] for source in listed(sources)] == [2]


def test_of_several_all_or_none(sources: Sources) -> None:
    sources("add", "https://a.mn/rss", "--yes")
    said = sources("remove", "1", "9")
    assert (said.code, said.err) == (2, "ortoo: There is no source 9: ortoo sources list shows all.\n")
    assert len(listed(sources)) == 1


def fetch(store: Store, source_id: int, record: FetchRecord, **state: Any) -> None:
    """Write down a fetch of a source."""
    store.claim(record.at, "w", 60, 9, ids=[source_id])
    made = SourceState(next_at=NOW + timedelta(hours=1), fetched_at=record.at, state=record.state, **state)
    with store.writing() as writer:
        writer.sources.finish(source_id, "w", record.at, Settled(made, record))


@pytest.fixture
def troubled(store: Store) -> Store:
    """One source that does well, one that fails since yesterday, one of which something is held."""
    with store.writing() as writer:
        for n, name in enumerate(("Well", "Broken", "Held"), 1):
            writer.sources.add(Source(f"https://a.mn/{n}", title=name), NOW)
        writer.sources.hold(
            HeldBatch(3, NOW, "https://a.mn/3", "text/xml", FEED.encode(), "rss", 2, (Reservation(Why.TOO_MANY, "2!"),))
        )
    fetch(store, 1, FetchRecord(NOW, FetchState.OK, 200, 0.2, 900, added=3))
    broken = FetchRecord(NOW, FetchState.TIMEOUT, error="No answer within 15 s.")
    fetch(store, 2, broken, failures=4, failing_since=NOW - timedelta(days=1), error=broken.error)
    fetch(store, 3, FetchRecord(NOW, FetchState.OK, 200, held=True))
    return store


def test_check_shows_the_worst_first_and_fails(sources: Sources, troubled: Store) -> None:
    assert troubled.dialect
    said = sources("check")
    lines = said.out.splitlines()
    assert said.code == 1
    assert [line.split()[:2] for line in lines[:3]] == [["failing", "2"], ["held", "3"], ["on-time", "1"]]
    assert "since 2026-01-14 17:00" in lines[0]
    assert "No answer within 15 s." in lines[0]
    assert lines[3] == "1 failing, 1 held, 1 on-time"
    told = json.loads(sources("check", "--json").out)
    assert [one["status"] for one in told] == ["failing", "held", "on-time"]
    assert told[0]["last"]["state"] == "timeout"
    assert len(told[2]["days"]) == 30
    assert told[2]["days"][-1] == {"day": "2026-01-15", "added": 3}


def test_check_of_a_healthy_list_is_content(sources: Sources) -> None:
    sources("add", "https://a.mn/rss", "--yes")
    assert sources("check").code == 0


def test_what_is_held_can_be_published(sources: Sources, troubled: Store) -> None:
    said = sources("held")
    assert (said.code, said.out) == (1, "1  2026-01-15 09:00Z  Held  2 items  2!\n")
    assert json.loads(sources("held", "--json").out)[0]["reasons"] == [{"code": "too-many", "detail": "2!"}]
    assert sources("publish", "1").out == "https://a.mn/3: 2 added, 0 updated, 0 duplicate, 0 rejected\n"
    assert sources("held").code == 0
    assert sources("publish", "1").code == 2
    assert troubled.revision() > 1


def test_what_is_held_can_be_thrown_away_and_is_not_lost_by_accident(sources: Sources, troubled: Store) -> None:
    assert troubled.dialect
    assert sources("remove", "3").code == 1
    assert sources("discard", "1").out == "discarded: 1\n"
    assert sources("remove", "3").code == 0


def test_a_control_character_in_a_title_stays_harmless(sources: Sources, store: Store) -> None:
    with store.writing() as writer:
        writer.sources.add(replace(Source("https://a.mn/1"), title="A \x1b[2J"), NOW)
    for command in ("list", "check"):
        assert "\x1b" not in sources(command).out
