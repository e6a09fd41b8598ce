"""What machines ask for; headers that stand on every answer; static files."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from app.clock import Clock
from app.errors import SettingsError
from app.settings import Settings, resource_dir
from app.store import Store
from app.web.app import create_app
from app.web.assets import Assets
from app.web.machines import _months_later
from app.web.security import CONTENT_POLICY
from tests.web.asking import Asker, Client
from tests.web.dom import Dom

ASSETS = Assets.load(resource_dir("static"))


def test_alive_and_ready(each_client: Client) -> None:
    assert each_client.get("/healthz").json() == {"status": "ok"}
    ready = each_client.get("/readyz")
    assert ready.json()["status"] == "ready"
    assert ready.json()["revision"] > 0
    assert ready.headers["cache-control"] == "no-store"


def test_a_database_without_tables_is_not_ready(bare_url: str, ask: Asker) -> None:
    store = Store.open(bare_url)
    response = ask(store).get("/readyz", {"Accept": "application/json"})
    store.close()
    assert response.status_code == 503
    assert response.json()["status"] == 503


def test_robots_and_the_icon(client: Client) -> None:
    robots = client.get("/robots.txt").text
    assert robots.startswith("User-agent: *")
    assert "Sitemap: http://ortoo.test/sitemap.xml" in robots
    assert client.get("/sitemap.xml").status_code == 200
    icon = client.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "address",
    ["/", "/en/", "/en/nowhere", "/en/?lang=x", "/healthz", "/robots.txt", ASSETS.address("css/ortoo.css"), "/en"],
)
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"] == CONTENT_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_the_content_policy_lets_nothing_inline_and_nothing_foreign_in() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert not re.search(r"https?:|\*|data:", CONTENT_POLICY)
    for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert directive in CONTENT_POLICY


@pytest.mark.parametrize("address", ["/en/", "/mn/2026-01-15", "/en/nowhere", "/mn/outlets/gogo.mn"])
def test_pages_hold_nothing_inline_and_load_nothing_foreign(client: Client, address: str) -> None:
    dom = Dom(client.get(address).text)
    for element in dom.all():
        assert element.get("style") is None
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
    assert not dom.all("style")
    assert {e.get("type") for e in dom.all("script") if not e.get("src")} <= {"application/ld+json"}
    loaded = [e.get("src") for e in dom.all("script") if e.get("src")] + [
        e.get("href") for e in dom.all("link") if e.get("rel") != "canonical"
    ]
    for target in loaded:
        assert target is not None
        assert target.startswith(("/static/", "/en/", "/mn/", "http://ortoo.test/"))


NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize(("ui", "name"), [("en", "Örtöö"), ("mn", "Өртөө")])
def test_a_browsers_search_field_learns_how_to_search(client: Client, ui: str, name: str) -> None:
    link = Dom(client.get(f"/{ui}/").text).one("link", rel="search")
    answer = client.get(link.get("href") or "")
    assert answer.headers["content-type"] == link.get("type") == "application/opensearchdescription+xml"
    told = ElementTree.fromstring(answer.content)
    assert told.findtext("o:ShortName", namespaces=NAMES) == name
    pages, feed, own = told.findall("o:Url", NAMES)
    assert own.get("template") == f"http://ortoo.test/{ui}/opensearch.xml"
    (example,) = told.findall("o:Query", NAMES)
    words = str(example.get("searchTerms"))
    assert words.isascii(), "percent-encoded, as in the address"
    for url in (pages, feed):
        found = client.get(str(url.get("template")).removeprefix("http://ortoo.test").replace("{searchTerms}", words))
        assert found.status_code == 200
        assert found.headers["content-type"].partition(";")[0] == url.get("type")
    assert "<entry" in found.text


def test_the_search_description_without_an_edition_leads_to_the_readers(client: Client) -> None:
    answer = client.get("/opensearch.xml", {"Accept-Language": "mn-MN"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/mn/opensearch.xml")


def test_the_security_contact(sqlite_store: Store, clock: Clock) -> None:
    settings = Settings(security_contact="mailto:security@ortoo.mn", base_url="https://ortoo.mn")
    with Client(create_app(settings, sqlite_store, clock)) as client:
        answer = client.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Contact: mailto:security@ortoo.mn",
        "Expires: 2026-08-01T00:00:00Z",
        "Preferred-Languages: en, mn",
        "Canonical: https://ortoo.mn/.well-known/security.txt",
    ]


def test_without_a_contact_there_is_no_file(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("contact", ["security@ortoo.mn", "http://ortoo.mn", "a\nb"])
def test_a_contact_that_is_no_address_is_refused(contact: str) -> None:
    with pytest.raises(SettingsError, match="ORTOO_SECURITY_CONTACT"):
        Settings.load({"ORTOO_SECURITY_CONTACT": contact}, None)


@pytest.mark.parametrize(
    ("now", "expires"), [("2026-12-31", "2027-07-01"), ("2026-05-01", "2026-12-01"), ("2026-06-30", "2027-01-01")]
)
def test_the_contact_holds_for_six_months_and_a_bit(now: str, expires: str) -> None:
    assert _months_later(datetime.fromisoformat(now)).date().isoformat() == expires
