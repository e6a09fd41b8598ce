"""Validators, compression, and what becomes of the browser's address."""

import gzip

import pytest

from app.store import Store
from app.web.answer import history_header
from app.web.validators import etag, matches, weak_etag
from tests.builders import batch, headline
from tests.web.asking import Asker, Client
from tests.web.paper import print_paper

PAGES = ["/en/", "/mn/?lang=mn", "/en/2026-01-15", "/mn/archive", "/en/outlets", "/en/about"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_the_client_has_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    assert first.headers["cache-control"] == "public, max-age=5, stale-while-revalidate=30"
    assert first.headers["vary"] == "HX-Request, Accept-Encoding"
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(address, {"If-None-Match": known})
        assert (again.status_code, again.body) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(address, {"If-None-Match": 'W/"other"'}).status_code == 200


def test_a_part_is_another_thing_than_the_page(client: Client) -> None:
    tag = client.get("/en/").headers["etag"]
    part = client.get("/en/", {"HX-Request": "true", "If-None-Match": tag})
    assert part.status_code == 200
    assert part.headers["etag"] != tag


def test_what_came_in_is_seen_at_once(store: Store, ask: Asker) -> None:
    print_paper(store)
    client = ask(store)
    tag = client.get("/en/").headers["etag"]
    with store.writing() as writer:
        writer.put(batch([headline("Something new")]))
    later = client.get("/en/", {"If-None-Match": tag})
    assert later.status_code == 200
    assert "Something new" in later.text


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "*", "GZIP"])
def test_pages_are_compressed_for_those_who_can_read_it(client: Client, accepted: str) -> None:
    plain = client.get("/mn/2026-01-15")
    packed = client.get("/mn/2026-01-15", {"Accept-Encoding": accepted})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert int(packed.headers["content-length"]) == len(packed.body)
    assert packed.headers["etag"] == plain.headers["etag"].removesuffix('"') + '-gzip"'


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity", "*;q=0"])
def test_and_not_for_others(client: Client, accepted: str) -> None:
    assert "content-encoding" not in client.get("/mn/", {"Accept-Encoding": accepted}).headers


def test_small_answers_are_sent_as_they_are(client: Client) -> None:
    assert "content-encoding" not in client.get("/healthz", {"Accept-Encoding": "gzip"}).headers


def test_tags_differ_with_the_body() -> None:
    assert etag(b"a") != etag(b"b")
    assert etag(b"a") != etag(b"a", "gzip")
    assert weak_etag(b"a").startswith('W/"')
    assert not matches(None, etag(b"a"))
    assert not matches("", etag(b"a"))


@pytest.mark.parametrize(
    ("current", "canonical", "wanted"),
    [
        ("http://x/en/", "/en/?lang=mn", {"HX-Push-Url": "/en/?lang=mn"}),
        ("http://x/en/?lang=mn", "/en/", {"HX-Push-Url": "/en/"}),
        ("http://x/en/?lang=mn#q", "/en/?lang=mn", {"HX-Push-Url": "false"}),
        ("http://x/en/2026-01-14", "/en/2026-01-15", {"HX-Push-Url": "/en/2026-01-15"}),
        ("http://x/en/?q=mo", "/en/?q=mongolia", {"HX-Replace-Url": "/en/?q=mongolia"}),
        ("http://x/en/", "/en/?q=mo", {"HX-Push-Url": "/en/?q=mo"}),
        ("http://x/en/?lang=mn&q=mo", "/en/?q=mongolia", {"HX-Push-Url": "/en/?q=mongolia"}),
        (
            "http://x/en/?lang=mn",
            "/en/?lang=mn&before=2026-01-09",
            {"HX-Replace-Url": "/en/?lang=mn&before=2026-01-09"},
        ),
        ("http://x/en/?q=%ff", "/en/", {"HX-Push-Url": "/en/"}),
        ("http://[bad", "/en/", {"HX-Push-Url": "/en/"}),
        ("", "/en/", {"HX-Push-Url": "/en/"}),
    ],
)
def test_the_history_keeps_where_one_came_from(current: str, canonical: str, wanted: dict[str, str]) -> None:
    assert history_header(current, canonical) == wanted
