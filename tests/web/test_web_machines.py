"""What machines ask for; headers that stand on every answer; static files."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from app.settings import resource_dir
from app.store import Store
from app.web.assets import Assets
from app.web.security import CONTENT_POLICY
from tests.web.asking import Asker, Client
from tests.web.dom import Dom

STATIC = resource_dir("static")
ASSETS = Assets.load(STATIC)
VENDORED = STATIC / "vendor" / "htmx@2.0.11"


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
    ["/", "/en/", "/en/nowhere", "/en/?lang=x", "/healthz", "/robots.txt", f"{ASSETS.base}/css/ortoo.css", "/en"],
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
    loaded = [e.get("src") for e in dom.all("script")] + [
        e.get("href") for e in dom.all("link") if e.get("rel") != "canonical"
    ]
    for target in loaded:
        assert target is not None
        assert target.startswith(("/static/", "http://ortoo.test/"))


def test_everything_that_a_page_loads_is_there_and_keeps_for_ever(client: Client) -> None:
    dom = Dom(client.get("/en/").text)
    wanted = [e.get("src") for e in dom.all("script")]
    wanted += [e.get("href") for e in dom.all("link") if e.get("rel") in ("stylesheet", "preload", "icon")]
    assert len(wanted) == 9
    for address in wanted:
        response = client.get(str(address))
        assert response.status_code == 200, address
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_style_sheets_find_their_fonts(client: Client) -> None:
    sheet = client.get(f"{ASSETS.base}/css/ortoo.css")
    fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', sheet.text)
    assert len(fonts) == 11
    assert sheet.text.count("url(") == len(fonts)
    for font in fonts:
        response = client.get(f"{ASSETS.base}/{font}", {"Accept-Encoding": "gzip"})
        assert response.headers["content-type"] == "font/woff2"
        assert "content-encoding" not in response.headers, "a font is compressed already"


def test_another_version_is_served_but_not_kept(client: Client) -> None:
    response = client.get("/static/0123456789ab/css/ortoo.css")
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-cache")


def test_static_files_have_validators_and_are_compressed(client: Client) -> None:
    address = f"{ASSETS.base}/js/ortoo.js"
    plain, packed = client.get(address), client.get(address, {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain.body == (STATIC / "js/ortoo.js").read_bytes()
    assert client.get(address, {"If-None-Match": plain.headers["etag"]}).status_code == 304
    head = client.head(address)
    assert (head.body, head.headers) == (b"", plain.headers)


def test_a_change_of_any_file_changes_every_address(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    before = Assets.load(tmp_path).version
    (tmp_path / "a.css").write_text("b{}")
    assert Assets.load(tmp_path).version != before


def test_htmx_is_the_published_file() -> None:
    """Checksums of htmx.org 2.0.11 on the npm registry (dist/htmx.min.js and LICENSE)."""
    listed = dict(line.split("  ")[::-1] for line in (VENDORED / "SHA256SUMS").read_text("utf-8").splitlines())
    assert listed.keys() == {"htmx.min.js", "LICENSE"}
    assert listed["htmx.min.js"] == "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
    for name, wanted in listed.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == wanted


def test_fonts_come_with_their_licences() -> None:
    for name in ("Source-Serif-4", "Source-Sans-3"):
        assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / f"OFL-{name}.txt").read_text("utf-8")
