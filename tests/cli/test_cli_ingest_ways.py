"""`ortoo ingest` of addresses, of tables and pages of other people's making, and of the quarantine."""

import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli import main
from app.cli.console import Console
from app.model.fetch import Fetched, FetchState
from app.settings import Settings
from tests.cli.conftest import Ortoo, Said

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
ITEM = "<item><title>{0}</title><link>https://a.mn/{0}</link></item>"
FEED = "<rss><channel>" + ITEM.format("one") + ITEM.format("two") + "</channel></rss>"
PAGE = (
    "<!doctype html><title>A</title><link rel=alternate type=application/rss+xml href=/rss>"
    "<p class=n><a href=/3>Гурав</a>"
)
MAP = "<urlset><url><loc>https://a.mn/{0}</loc><news:news><news:title>{0}</news:title></news:news></url></urlset>"
NETWORK: dict[str, str] = {
    "https://a.mn/": PAGE,
    "https://a.mn/rss": FEED,
    "https://bare.mn/": "<!doctype html><title>Nothing</title>",
    "https://lost.mn/": PAGE.replace("href=/rss", "href=/gone"),
    "https://a.mn/index.xml": "<sitemapindex>"
    + "".join(f"<sitemap><loc>https://a.mn/map{n}.xml</loc></sitemap>" for n in range(25))
    + "</sitemapindex>",
    **{f"https://a.mn/map{n}.xml": MAP.format(f"story-{n}") for n in range(24)},
}


class Net:
    """A network in a table; everything else is missing. `asked` is what was fetched."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, url: str, *, validators: object = None, expect: str = "feed") -> Fetched:
        self.asked.append(url)
        told = NETWORK.get(url)
        if told is None:
            return Fetched(FetchState.MISSING, url, url, NOW, error="The address is gone (404).")
        return Fetched(FetchState.OK, url, url, NOW, 200, told.encode(), None)


@pytest.fixture
def net() -> Net:
    return Net()


@pytest.fixture
def online(net: Net, database_url: str) -> Callable[..., Said]:
    """`ortoo ingest …` with that network."""

    def run(*argv: object) -> Said:
        out, err = io.StringIO(), io.StringIO()
        console = Console(
            out,
            err,
            io.BytesIO(),
            load_settings=lambda: Settings(database_url=database_url),
            clock=lambda: NOW,
            fetcher=lambda settings, clock: nullcontext(net),
        )
        return Said(main(["ingest", *map(str, argv)], console), out.getvalue(), err.getvalue())

    return run


def test_a_feed_is_fetched_and_taken_in(online: Callable[..., Said], net: Net) -> None:
    said = online("https://a.mn/rss")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("https://a.mn/rss (rss): 2 added, 0 updated, 0 duplicate, 0 rejected\n")
    assert net.asked == ["https://a.mn/rss"]
    assert "0 added, 0 updated, 2 duplicate" in online("https://a.mn/rss").out


def test_a_page_leads_to_the_feed_that_it_names(online: Callable[..., Said]) -> None:
    said = online("https://a.mn/")
    assert said.err == "https://a.mn/ is a page that names 1 feeds (https://a.mn/rss); the first is read.\n"
    assert said.out.startswith("https://a.mn/rss (rss): 2 added")


def test_a_page_is_read_by_a_rule(online: Callable[..., Said], net: Net) -> None:
    said = online("https://a.mn/", "--rule", "item=.n", "--verbose")
    assert (said.code, net.asked) == (0, ["https://a.mn/"])
    assert "Гурав  [a.mn]" in said.out


def test_a_page_that_names_no_feed_says_so(online: Callable[..., Said]) -> None:
    said = online("https://bare.mn/")
    assert said.code == 1
    assert "rejected, unknown-format: This is an HTML page (Nothing), not a feed. It names no feed" in said.out


def test_an_address_that_cannot_be_read_does_not_stop_the_others(online: Callable[..., Said]) -> None:
    said = online("https://away.mn/", "https://lost.mn/", "https://a.mn/rss", "--json")
    assert said.code == 1
    told = json.loads(said.out)
    assert told["added"] == 2
    assert told["failed"] == [
        {"origin": "https://away.mn/", "error": "The address is gone (404)."},
        {"origin": "https://lost.mn/gone", "error": "The address is gone (404)."},
    ]


def test_an_index_leads_to_its_sitemaps_but_not_to_all(online: Callable[..., Said], net: Net) -> None:
    said = online("https://a.mn/index.xml")
    assert "is an index of 25 sitemaps; the first 20 are read." in said.err
    assert said.out.splitlines()[-1] == "20 files: 20 added, 0 updated, 0 duplicate, 0 rejected"
    assert len(net.asked) == 21


def test_other_peoples_columns_are_mapped(ortoo: Ortoo) -> None:
    body = "Нэр;Хуудас\nМэдээ;https://x.mn/1\n".encode()
    assert ortoo("ingest", "-", stdin=body).code == 1
    said = ortoo("ingest", "-", "--map", "title=Нэр", "--map", "url=Хуудас", stdin=body)
    assert (said.code, said.out.splitlines()[0]) == (0, "- (table): 1 added, 0 updated, 0 duplicate, 0 rejected")
    lines = '{"Нэр": "Мэдээ 2", "Хуудас": "https://x.mn/2"}\n'.encode()
    assert "1 added" in ortoo("ingest", "-", "--map", "title=Нэр", "--map", "url=Хуудас", stdin=lines).out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ((), "Name what to take in"),
        (("-", "--map", "heading=x"), "'heading=x': a column (title, url"),
        (("-", "--rule", "title=h2"), "a rule needs item="),
        (("-", "--rule", "away.toml"), "away.toml cannot be read"),
        (("-", "--retry-rejected"), "--retry-rejected takes no files"),
        (("--retry-rejected", "--dry-run"), "--retry-rejected takes no files"),
        (("gone.txt",), "gone.txt: there is no such file"),
    ],
)
def test_what_makes_no_sense_is_said(ortoo: Ortoo, argv: tuple[str, ...], told: str) -> None:
    said = ortoo("ingest", *argv)
    assert said.code == 2
    assert told in said.err


def test_the_quarantine_is_tried_again(ortoo: Ortoo, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("href=/3", "href=https://a.mn/3"), "utf-8")
    assert ortoo("ingest", page).code == 1
    said = ortoo("ingest", "--retry-rejected")
    assert (said.code, said.out.splitlines()[0][:34]) == (1, "1 tried again: 0 understood (0 add")
    said = ortoo("ingest", "--retry-rejected", "--rule", "item=.n", "--json")
    told = json.loads(said.out)
    assert (said.code, told["released"], told["added"], told["still"]) == (0, 1, 1, 0)
    assert ortoo("ingest", "--retry-rejected").out.startswith("0 tried again")


def test_what_is_cut_has_to_come_anew(small_ortoo: Ortoo) -> None:
    body = b"1 A WWW.X.MN PUBLISHED:2026/01/15\n" * 100
    assert small_ortoo("ingest", "-", stdin=body).code == 1
    said = small_ortoo("ingest", "--retry-rejected")
    assert said.code == 1
    assert said.out.splitlines()[-1] == "1 were not tried: only their beginning is kept. Ingest them anew."
