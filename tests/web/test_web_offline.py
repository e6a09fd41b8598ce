"""What devices keep and how they show it: service worker, manifest, kept days, the page without a connection."""

import json
import re
import shutil
import struct
from pathlib import Path
from typing import Any

import pytest

from app.settings import resource_dir
from app.web.assets import Assets, fingerprint
from tests.web.asking import Client
from tests.web.dom import Dom, text

UI = pytest.mark.parametrize("ui", ["en", "mn"])


def told(client: Client) -> dict[str, Any]:
    """What the service worker is told in its first line."""
    first = client.get("/sw.js").text.partition(";\n")[0]
    found: dict[str, Any] = json.loads(first.removeprefix("const KEPT = "))
    return found


def test_the_service_worker_is_asked_for_each_time(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, no-cache"
    assert client.get("/sw.js", {"If-None-Match": answer.headers["etag"]}).status_code == 304
    policy = answer.headers["content-security-policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


def test_everything_in_the_shell_is_there_for_ever(client: Client) -> None:
    shell = told(client)["shell"]
    for address in shell:
        assert client.get(address).headers["cache-control"].endswith("immutable"), address
    page = Dom(client.get("/en/").text)
    loaded = {e.get("src") for e in page.all("script") if e.get("src")}
    loaded |= {e.get("href") for e in page.all("link") if e.get("rel") in ("stylesheet", "preload", "icon")}
    assert loaded <= set(shell), "a page without its parts is no page"
    assert not [a for a in shell if "-more" in a or "italic" in a]


@UI
def test_what_the_worker_is_told_of_an_edition_is_true(client: Client, ui: str) -> None:
    edition = told(client)["editions"][ui]
    for address in edition.values():
        assert client.get(address).status_code == 200, address


@UI
def test_the_newest_days_are_kept(client: Client, ui: str) -> None:
    days = client.get(f"/{ui}/kept.json").json()["days"]
    assert [day["href"] for day in days] == [f"/{ui}/{d}" for d in ("2026-01-15", "2026-01-14", "2024-12-19")]
    for day in days:
        page = Dom(client.get(day["href"]).text)
        assert text(page.one("h1")) == day["label"]


@UI
def test_the_page_without_a_connection(client: Client, ui: str) -> None:
    page = Dom(client.get(f"/{ui}/offline").text)
    assert page.one("meta", name="robots").get("content") == "noindex, follow"
    assert page.by_id("kept").get("data-editions") == {"en": "en mn", "mn": "mn en"}[ui]
    assert text(page.by_id("none-kept"))


@UI
def test_the_manifest(client: Client, ui: str) -> None:
    answer = client.get(Dom(client.get(f"/{ui}/").text).one("link", rel="manifest").get("href") or "")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["lang"], manifest["start_url"], manifest["display"]) == (ui, f"/{ui}/", "standalone")
    assert manifest["name"] == {"en": "Örtöö", "mn": "Өртөө"}[ui]
    for icon in manifest["icons"]:
        body = client.get(icon["src"]).body
        assert "x".join(map(str, struct.unpack(">II", body[16:24]))) == icon["sizes"]
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert [icon["sizes"] for icon in manifest["icons"] if icon.get("purpose") == "maskable"] == ["512x512"]
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code in (200, 302)


def test_the_manifest_without_an_edition_leads_to_the_readers(client: Client) -> None:
    answer = client.get("/manifest.webmanifest", {"Accept-Language": "mn"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/mn/manifest.webmanifest")
    assert answer.headers["vary"] == "Accept-Language"


@UI
def test_the_bar_around_the_page_has_its_colour_in_both_themes(client: Client, ui: str) -> None:
    colours = {
        e.get("media"): e.get("content") for e in Dom(client.get(f"/{ui}/").text).all("meta", name="theme-color")
    }
    sheet = (resource_dir("static") / "css/ortoo.css").read_text("utf-8")
    papers = re.findall(r"--paper: (#[0-9a-f]{6})", sheet)
    assert list(colours.values()) == [papers[0], papers[1]]
    assert colours.keys() == {"(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"}


def test_a_change_of_a_file_or_of_a_template_makes_another_version(tmp_path: Path) -> None:
    static, templates = tmp_path / "static", tmp_path / "templates"
    shutil.copytree(resource_dir("static"), static)
    shutil.copytree(resource_dir("templates"), templates)
    seen = set()
    for change in (None, static / "css/print.css", templates / "pages/day.html"):
        if change:
            change.write_text(change.read_text("utf-8") + "\n\n\n/**/a{}", "utf-8")
        seen.add(fingerprint(Assets.load(static).version, templates))
    assert len(seen) == 3
