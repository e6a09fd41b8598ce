"""The outlets and the sources as files."""

import csv
import io
import json

import pytest

from app.ingest import opml
from app.render.formats.outlets import REGISTER_FORMATS
from tests.web.asking import Client
from tests.web.dom import Dom, text
from tests.web.relays import SECRET


def names(client: Client, page: str) -> list[str]:
    shown = Dom(client.get(page).text).one("ol", "tally--wide")
    return [a.get("href", "").rpartition("/")[2] for a in shown.iter("a")]


@pytest.mark.parametrize("row", REGISTER_FORMATS, ids=lambda row: row.suffix)
def test_every_format_of_the_outlets(client: Client, row: object) -> None:
    suffix, media_type = getattr(row, "suffix", ""), getattr(row, "media_type", "")
    answer = client.get(f"/mn/outlets{suffix}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get(f"/mn/outlets{suffix}", {"if-none-match": answer.headers["etag"]}).status_code == 304


def test_the_files_have_the_outlets_of_the_page_in_its_order(each_client: Client) -> None:
    shown = names(each_client, "/mn/outlets")
    rows = list(csv.DictReader(io.StringIO(each_client.get("/mn/outlets.csv").content.decode("utf-8-sig"))))
    document = each_client.get("/mn/outlets.json").json()
    lines = [json.loads(line) for line in each_client.get("/mn/outlets.ndjson").text.splitlines()]
    assert [row["domain"] for row in rows] == shown
    assert document["outlets"] == lines
    assert [line["domain"] for line in lines] == shown
    assert (document["from"], document["to"]) == ("2025-12-17", "2026-01-15")
    (montsame,) = (line for line in lines if line["domain"] == "montsame.mn")
    assert montsame["languages"] == ["mn", "en"]
    assert montsame["headlines"] > 0


def test_a_feed_reader_can_follow_every_outlet(client: Client) -> None:
    told = opml.parse(client.get("/en/outlets.opml").content)
    assert told.refused == ()
    assert {source.url for source in told.sources} == {
        f"http://ortoo.test/en/outlets/{domain}.atom" for domain in names(client, "/en/outlets")
    }
    for source in told.sources:
        assert client.get(source.url.removeprefix("http://ortoo.test")).status_code == 200


def test_the_page_names_its_files(client: Client) -> None:
    for page in ("/en/outlets", "/en/outlets?sort=volume"):
        dom = Dom(client.get(page).text)
        named = [e.get("href") for e in dom.all("link", rel="alternate") if e.get("type")]
        assert named == [f"http://ortoo.test/en/outlets{row.suffix}" for row in REGISTER_FORMATS]
        shown = [text(a).rpartition(" ")[2] for a in dom.one("ul", "formats").iter("a")]
        assert shown == [row.suffix for row in REGISTER_FORMATS]


@pytest.mark.parametrize("suffix", [".atom", ".rss", ".txt", ".exe"])
def test_the_outlets_are_no_feed(client: Client, suffix: str) -> None:
    assert client.get(f"/en/outlets{suffix}").status_code == 404


def test_the_sources_as_opml_without_a_secret(client: Client) -> None:
    answer = client.get("/en/sources.opml")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/x-opml; charset=utf-8")
    assert SECRET not in answer.text
    assert "rsshub" not in answer.text
    told = opml.parse(answer.content)
    assert {source.url for source in told.sources} >= {"https://gogo.mn/feed", "https://news.mn/feed"}
    assert "https://closed.mn/rss" not in answer.text
    link = Dom(client.get("/en/sources").text).one("link", type="text/x-opml")
    assert link.get("href") == "http://ortoo.test/en/sources.opml"


def test_without_sources_there_is_an_empty_list(blank: Client) -> None:
    nothing = blank.get("/mn/sources.opml").content
    assert opml.parse(nothing).sources == ()
    assert nothing.count(b"<outline ") == 1  # opml.org/spec2.opml: a body has one at least
    assert blank.get("/mn/outlets.json").json()["outlets"] == []
