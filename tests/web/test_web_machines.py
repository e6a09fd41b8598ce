"""What machines ask for; headers that stand on every answer; static files."""

import re

import pytest

from app.settings import resource_dir
from app.store import Store
from app.web.assets import Assets
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
    assert client.get("/robots.txt").text.startswith("User-agent: *")
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
