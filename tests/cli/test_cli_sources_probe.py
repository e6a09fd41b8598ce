"""`ortoo sources probe` against servers that behave and that do not."""

import io
import json
from typing import Any

import pytest

from app.cli import main
from app.cli.console import Console
from app.clock import Clock
from app.settings import Settings
from tests.ingest.faulty_server import FEED, Behaviour, answer, redirect, serving

PAGE = (
    b'<!doctype html><title>Site</title><link rel="alternate" type="application/rss+xml" href="/rss"><h1>News</h1><p>x'
)
HOMELESS = FEED.replace(b"https://montsame.mn/1", b"http://127.0.0.1:9/1")
KEYS = {"state", "url", "final_url", "status", "bytes", "seconds", "items", "rejected", "error", "moved_to"}


def probe(url: str, clock: Clock, *flags: str) -> tuple[int, str]:
    out = io.StringIO()
    settings = Settings(fetch_allow="127.0.0.1/32", database_url="sqlite:////nowhere/at/all.db")
    console = Console(out, io.StringIO(), io.BytesIO(), load_settings=lambda: settings, clock=clock)
    return main(["sources", "probe", url, *flags], console), out.getvalue()


def told(behaviour: Behaviour, clock: Clock) -> tuple[int, dict[str, Any]]:
    with serving({"/": behaviour, "/new": answer()}) as server:
        code, out = probe(server.url(), clock, "--json")
    return code, json.loads(out)


ENDS: dict[str, tuple[Behaviour, int, str, int]] = {
    "a feed": (answer(), 0, "ok", 1),
    "a feed whose source has to name the outlet": (answer(HOMELESS), 0, "ok", 1),
    "a feed without items": (answer(b"<rss><channel><title>t</title></channel></rss>"), 0, "ok", 0),
    "a feed in JSON": (
        answer(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}).encode()),
        0,
        "ok",
        0,
    ),
    "a page": (answer(PAGE, media_type="text/html"), 1, "not-a-feed", 0),
    "binary data": (answer(b"\x89PNG\r\n\x1a\n" + bytes(200)), 1, "unreadable", 0),
    "nothing": (answer(b""), 1, "unreadable", 0),
    "an error": (answer(b"no", "404 Not Found"), 1, "missing", 0),
    "a redirect to a file": (redirect("file:///etc/passwd"), 1, "refused", 0),
}


@pytest.mark.parametrize("what", ENDS)
def test_for_machines(what: str, clock: Clock) -> None:
    behaviour, code, state, items = ENDS[what]
    got_code, got = told(behaviour, clock)
    assert (got_code, got["state"], got["items"]) == (code, state, items)
    assert got.keys() >= KEYS
    assert (got["error"] is None) is (code == 0)


def test_a_move_is_told(clock: Clock) -> None:
    code, got = told(redirect("/new", "301 Moved Permanently"), clock)
    assert (code, got["final_url"], got["moved_to"], got["status"]) == (0, got["url"] + "new", got["url"] + "new", 200)


def test_for_people(clock: Clock) -> None:
    with serving({"/": answer(), "/page": answer(PAGE)}) as server:
        code, out = probe(server.url(), clock)
        assert code == 0
        assert "ok (200)" in out
        assert "2026-01-15 mn  Улаанбаатарт агаарын чанар сайжирчээ" in out
        code, out = probe(server.url("/page"), clock)
        assert code == 1
        assert (
            f"error        This is an HTML page (Site), not a feed. It names these feeds: {server.url('/rss')}." in out
        )


def test_an_address_that_is_none_is_a_refused_fetch(clock: Clock) -> None:
    code, out = probe("not an address\x1b[31m", clock)
    assert code == 1
    assert "refused" in out
    assert "\x1b" not in out


def test_without_an_address_it_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "probe"]) == 2
    assert "URL" in capsys.readouterr().err
