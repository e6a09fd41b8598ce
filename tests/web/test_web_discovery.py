"""What search engines and other programs learn of a page's address: one canonical address for each, and which pages are
worth keeping."""

import json
import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest

from app.clock import Clock
from app.render.formats import FORMATS
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.web.asking import Client
from tests.web.dom import Dom
from tests.web.paper import SLUG, print_paper

SITE = "http://ortoo.test"
KEPT = (
    "/",
    "/2026-01-15",
    "/archive",
    "/archive/2026",
    "/archive/2026-01",
    "/outlets",
    "/outlets/gogo.mn",
    "/headlines/1",
    "/analysis",
    f"/analysis/{SLUG}",
    "/sources",
    "/about",
)
NARROWED = (
    "/?lang=mn",
    "/?outlet=gogo.mn",
    "/?q=visa",
    "/?from=2026-01-01",
    "/?to=2026-01-31",
    "/?before=2026-01-15",
    "/2026-01-15?lang=mn",
    "/2026-01-15?outlet=gogo.mn&q=x",
    "/outlets/gogo.mn?lang=mn",
    "/outlets/gogo.mn?before=2026-01-15",
    "/outlets?sort=volume",
    "/search",
    "/search?q=visa",
    "/offline",
)


def relations(dom: Dom, rel: str) -> list[tuple[str | None, str | None]]:
    return [(e.get("hreflang"), e.get("href")) for e in dom.all("link", rel=rel) if not e.get("type")]


@pytest.mark.parametrize("page", KEPT)
@pytest.mark.parametrize("ui", ["en", "mn"])
def test_a_page_to_keep_has_one_address_and_names_its_other_edition(client: Client, ui: str, page: str) -> None:
    dom = Dom(client.get(f"/{ui}{page}").text)
    assert dom.all("meta", name="robots") == []
    assert relations(dom, "canonical") == [(None, f"{SITE}/{ui}{page}")]
    editions = dict(relations(dom, "alternate"))
    assert (editions["en"], editions["mn"]) == (f"{SITE}/en{page}", f"{SITE}/mn{page}")
    assert "x-default" in editions
    assert dom.one("meta", property="og:url").get("content") == f"{SITE}/{ui}{page}"


@pytest.mark.parametrize("page", NARROWED)
@pytest.mark.parametrize("ui", ["en", "mn"])
def test_a_page_that_only_narrows_another_is_not_to_be_kept(client: Client, ui: str, page: str) -> None:
    dom = Dom(client.get(f"/{ui}{page}").text)
    assert dom.one("meta", name="robots").get("content") == "noindex, follow"
    assert relations(dom, "canonical") == []
    assert dom.all("script", type="application/ld+json") == []


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.suffix)
@pytest.mark.parametrize("page", ["/en/2026-01-15?lang=mn", "/mn/archive/2026"])
def test_a_file_says_which_page_it_is_of(client: Client, page: str, row: object) -> None:
    path, mark, query = page.partition("?")
    address = f"{path}{getattr(row, 'suffix', '')}{mark}{query}"
    told = f'<{SITE}{page}>; rel="canonical"'
    assert client.get(address).headers["link"] == told
    assert client.head(address).headers["link"] == told


def test_feeds_name_their_hub_in_headers_too(sqlite_store: Store, clock: Clock) -> None:
    print_paper(sqlite_store)
    settings = Settings(base_url="https://ortoo.mn", websub_hub="https://hub.example/")
    with Client(create_app(settings, sqlite_store, clock)) as client:
        for suffix in (".atom", ".rss", ".json"):
            link = client.get(f"/mn{suffix}").headers["link"]
            assert '<https://hub.example/>; rel="hub"' in link
            assert f'<https://ortoo.mn/mn{suffix}>; rel="self"' in link
        assert "hub" not in client.get("/mn.csv").headers["link"]


def test_crawlers_may_read_pages_and_feeds_and_not_what_never_ends(client: Client) -> None:
    rules = client.get("/robots.txt").text
    reader = RobotFileParser()
    reader.parse(rules.splitlines())
    for address in ("/en/", "/mn/2026-01-15", "/en.atom", "/sitemap.xml", "/static/css/ortoo.css"):
        assert reader.can_fetch("AnyBot", SITE + address)
    assert not reader.can_fetch("AnyBot", f"{SITE}/desk/login")
    wild = [re.escape(line.split()[1]).replace(r"\*", ".*") for line in rules.splitlines() if "Disallow" in line]
    refused = re.compile("|".join(wild))
    assert refused.match("/en/search?q=visa")
    assert refused.match("/en/?lang=mn&outlet=gogo.mn")
    assert not refused.match("/en/2026-01-15")


def test_every_address_that_machines_are_led_to_is_there(client: Client) -> None:
    for ui in ("en", "mn"):
        dom = Dom(client.get(f"/{ui}/").text)
        for link in dom.all("link"):
            parts = urlsplit(str(link.get("href")))
            if link.get("rel") in ("manifest", "search", "alternate", "canonical", "icon"):
                status = client.get(parts.path + (f"?{parts.query}" if parts.query else "")).status_code
                assert status == 200 or link.get("hreflang") == "x-default"


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_the_manifest(client: Client, ui: str) -> None:
    told = json.loads(client.get(f"/{ui}/manifest.webmanifest").content)
    assert (told["lang"], told["start_url"], told["display"]) == (ui, f"/{ui}/", "standalone")
    assert {icon["sizes"] for icon in told["icons"]} >= {"192x192", "512x512"}
    for address in [told["start_url"], *(icon["src"] for icon in told["icons"])]:
        assert client.get(address).status_code == 200
    shortcuts = [client.get(shortcut["url"]).status_code for shortcut in told["shortcuts"]]
    assert set(shortcuts) <= {200, 302}
