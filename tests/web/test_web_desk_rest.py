"""Outlets, long reads, sources and the quarantine at the desk, over HTTP."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.ingest.payload import Payload
from app.model.fetch import Fetched, FetchState
from app.model.filters import TimelineFilter
from app.pipeline.run import ingest
from app.settings import Settings
from app.store import Store
from app.store.counts import kept, recount
from app.web.app import create_app
from tests.builders import DAY, NOW, headline, put, rows
from tests.web.asking import Client
from tests.web.dom import Dom
from tests.web.paper import print_paper
from tests.web.relays import add_sources
from tests.web.seated import Browser, add_people, backstage

FEED = b"""<rss version="2.0"><channel><title>Ikon</title><item><title>Railway opens</title><link>https://ikon.mn/n/1</link>
<pubDate>Thu, 15 Jan 2026 08:00:00 +0800</pubDate></item></channel></rss>"""


class Net:
    """Stands for the guarded fetcher."""

    def fetch(self, url: str, **_: Any) -> Fetched:
        if "down" in url:
            return Fetched(FetchState.TIMEOUT, url, url, NOW, error="It did not answer.")
        return Fetched(FetchState.OK, url, url, NOW, 200, FEED, "application/rss+xml")


@contextmanager
def fetching() -> Iterator[Net]:
    yield Net()


@pytest.fixture
def client(sqlite_store: Store) -> Iterator[Client]:
    add_people(sqlite_store)
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    with Client(create_app(Settings(), sqlite_store, lambda: NOW, backstage(fetching=fetching))) as opened:
        yield opened


@pytest.fixture
def editor(client: Client) -> Browser:
    browser = Browser(client)
    browser.sign_in("editor")
    return browser


@pytest.fixture
def operator(client: Client) -> Browser:
    browser = Browser(client)
    browser.sign_in("operator")
    return browser


@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize(
    "rest", ["outlets", "outlets/gogo.mn", "analysis", "analysis/new", "sources", "quarantine", "quarantine?before=9"]
)
def test_pages_are_valid_in_both_languages(client: Client, ui: str, rest: str) -> None:
    admin = Browser(client)
    admin.sign_in("admin")
    answer = admin.get(f"/desk/{ui}/{rest}")
    assert answer.status_code == 200
    Dom(answer.text)


OUTLET = "/desk/en/outlets/gogo.mn"
NAMED = {"do": "save", "name_en": "Gogo News", "name_mn": "Гогоо", "kind": "portal", "country": "mn", "languages": "mn"}


def test_an_outlets_names_are_what_readers_see_and_stay(editor: Browser, sqlite_store: Store) -> None:
    assert "saved" in editor.submit(OUTLET, NAMED | {"hosts": "gogo.example.mn"}).headers["location"]
    put(sqlite_store, headline("Another", outlet="gogo.mn"))
    assert "Gogo News" in editor.get("/en/outlets/gogo.mn").text
    assert "Гогоо" in editor.get("/mn/outlets/gogo.mn").text
    assert "same" in editor.submit(OUTLET, NAMED | {"hosts": "gogo.example.mn"}).headers["location"]
    assert editor.submit(OUTLET, NAMED | {"name_en": " "}).status_code == 422
    assert editor.submit(OUTLET, NAMED | {"hosts": "not-a-host"}).status_code == 422
    assert editor.submit(OUTLET, NAMED | {"hosts": "akipress.com"}).status_code == 422
    assert editor.get("/desk/en/outlets/nobody.mn").status_code == 404


def test_two_outlets_become_one_and_what_comes_later_follows(editor: Browser, sqlite_store: Store) -> None:
    with sqlite_store.reading() as reader:
        before = {c.outlet.domain: c.n for c in reader.outlet_counts(TimelineFilter(), (), DAY, DAY)}
    assert "same-outlet" in editor.submit(OUTLET, {"do": "merge", "into": "gogo.mn"}).headers["location"]
    assert "same-outlet" in editor.submit(OUTLET, {"do": "merge", "into": "nobody.mn"}).headers["location"]
    assert "merged" in editor.submit(OUTLET, {"do": "merge", "into": "montsame.mn"}).headers["location"]
    put(sqlite_store, headline("Later news", outlet="gogo.mn"))
    with sqlite_store.reading() as reader:
        counted = {c.outlet.domain: c.n for c in reader.outlet_counts(TimelineFilter(), (), DAY, DAY)}
        assert kept(reader._connection) == recount(reader._connection)
        assert "gogo.mn" not in [outlet.domain for outlet in reader.outlets()]
    assert counted["montsame.mn"] == before["montsame.mn"] + before["gogo.mn"] + 1
    assert "Later news" in editor.get("/en/?outlet=gogo.mn").text, "old addresses still lead to its headlines"


ESSAY = {
    "do": "save",
    "title_en": "Why rails matter",
    "body_en": "First *words*.\n\n## Part\n\n- [a link](https://example.org/)\n",
    "title_mn": "Төмөр замын ач",
    "body_mn": "Эхний догол мөр.",
    "host": "montsame.mn",
    "author": "Б. Болд",
    "licence": "CC BY 4.0",
    "published_on": "2026-01-10",
    "digest_day": "2026-01-15",
    "version": "0",
}


def test_a_long_read_is_written_previewed_published_and_withdrawn(editor: Browser, sqlite_store: Store) -> None:
    new = "/desk/en/analysis/new"
    shown = editor.submit(new, ESSAY | {"do": "preview"})
    assert "<h2>Part</h2>" in shown.text
    assert rows(sqlite_store, "analyses") == []
    saved = editor.submit(new, ESSAY)
    page = saved.headers["location"].partition("?")[0]
    assert editor.get("/en/analysis/why-rails-matter").status_code == 404, "a draft is nobody's"
    assert "Why rails matter" not in editor.get("/en/2026-01-15").text
    editor.submit(page, ESSAY | {"do": "publish", "version": "1"})
    told = editor.get("/en/analysis/why-rails-matter").text
    assert "<em>words</em>" in told
    assert "CC BY 4.0" in told
    assert "Төмөр замын ач" in editor.get("/mn/analysis/why-rails-matter-mn").text
    assert "Why rails matter" in editor.get("/en/2026-01-15").text
    assert "First words." in editor.get("/en/analysis.json").text
    editor.submit(page, ESSAY | {"do": "unpublish", "version": "2"})
    assert editor.get("/en/analysis/why-rails-matter").status_code == 404
    assert len(rows(sqlite_store, "analyses")) == 1


def test_the_second_of_two_writers_keeps_his_text(editor: Browser) -> None:
    page = editor.submit("/desk/en/analysis/new", ESSAY).headers["location"].partition("?")[0]
    editor.submit(page, ESSAY | {"title_en": "The first one’s", "version": "1"})
    second = editor.submit(page, ESSAY | {"title_en": "The second one’s", "version": "1"})
    assert second.status_code == 409
    assert "The second one’s" in second.text
    assert "The first one’s" in editor.get(page).text
    assert 'name="version" value="2"' in second.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "nowhere"},
        {"title_en": "", "title_mn": ""},
        {"published_on": "soon"},
        {"source_url": "javascript:alert(1)"},
        {"do": "publish", "body_en": "", "body_mn": ""},
        {"author": "x" * 501},
    ],
)
def test_what_is_no_long_read_is_shown_again(editor: Browser, wrong: dict[str, str]) -> None:
    answer = editor.submit("/desk/en/analysis/new", ESSAY | wrong)
    assert answer.status_code == 422
    assert "Эхний догол мөр." in answer.text or "body_mn" in wrong


ATTACKS = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://evil.test/x.png)",
    "<iframe src=//evil.test></iframe>",
    "<svg/onload=alert(1)>",
    '[x](https://a.test/"onclick=alert(1))',
)


def test_nothing_that_an_editor_writes_runs_in_a_readers_browser(editor: Browser) -> None:
    body = "\n\n".join(ATTACKS)
    fields = ESSAY | {
        "do": "publish",
        "body_en": body,
        "title_en": "Title <script>alert(1)</script>",
        "author": ATTACKS[2],
    }
    assert "published" in editor.submit("/desk/en/analysis/new", fields).headers["location"]
    for address in ("/en/analysis", "/en/2026-01-15", "/en/analysis/title-script-alert-1-script", "/desk/en/analysis"):
        dom = editor.get(address)
        assert dom.status_code == 200, address
        text = re.sub(
            r"<script[^>]*src=[^>]*></script>|<script type=\"application/ld\+json\">.*?</script>",
            "",
            dom.text,
            flags=re.S,
        )
        assert "<script" not in text, address
        assert not re.search(r"<[^>]+\s(?:onerror|onload|onclick)=", text), address
        assert not re.search(r"(?:href|src)=[\"']?\s*(?:javascript|data):", text, re.I), address
        assert "<iframe" not in text
        assert "evil.test/x.png" not in re.sub(r"&lt;.*?&gt;", "", text) or "<img" not in text


SOURCES = "/desk/en/sources"


def test_a_source_is_looked_at_before_it_is_added(operator: Browser, sqlite_store: Store) -> None:
    before = len(rows(sqlite_store, "sources"))
    looked = operator.submit(SOURCES, {"do": "look", "url": "ikon.mn/rss"})
    assert "Railway opens" in looked.text
    assert len(rows(sqlite_store, "sources")) == before
    form = looked.text.split('name="do" value="add"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', form))
    assert "added" in operator.submit(SOURCES, {"do": "add", **fields}).headers["location"]
    (made,) = [row for row in rows(sqlite_store, "sources") if "ikon.mn" in row["url"]]
    assert (made["kind"], made["outlet"]) == ("rss", "ikon.mn")
    assert "said=source" in operator.submit(SOURCES, {"do": "add", **fields}).headers["location"]
    failed = operator.submit(SOURCES, {"do": "look", "url": "https://down.test/"})
    assert failed.status_code == 422
    assert "It did not answer." in failed.text
    assert "said=url" in operator.submit(SOURCES, {"do": "look", "url": "file:///etc/passwd"}).headers["location"]


def test_sources_are_switched_checked_and_exchanged(operator: Browser, sqlite_store: Store) -> None:
    number = rows(sqlite_store, "sources")[0]["id"]
    operator.submit(SOURCES, {"do": "disable", "source": str(number)})
    assert rows(sqlite_store, "sources")[0]["enabled"] is False
    operator.submit(SOURCES, {"do": "enable", "source": str(number)})
    assert "said=due" in operator.submit(SOURCES, {"do": "check", "source": str(number)}).headers["location"]
    assert "not-there" in operator.submit(SOURCES, {"do": "check", "source": "999"}).headers["location"]
    listed = operator.get("/desk/en/sources.opml")
    assert "<opml" in listed.text
    assert "said=same" in operator.submit(SOURCES, {"do": "import", "opml": listed.text}).headers["location"]
    other = '<opml version="2.0"><body><outline type="rss" text="B" xmlUrl="https://b.test/rss"/></body></opml>'
    assert "said=added" in operator.submit(SOURCES, {"do": "import", "opml": other}).headers["location"]
    assert "said=source" in operator.submit(SOURCES, {"do": "import", "opml": "<nothing"}).headers["location"]
    told = [row["action"] for row in rows(sqlite_store, "audit") if row["kind"] == "source"]
    assert told == ["disable", "enable", "check", "import", "import"]


QUARANTINE = "/desk/en/quarantine"
BROKEN = b'{"title": "Broken", "url": "ftp://x", "outlet": "montsame.mn"}\n{"title": "", "outlet": "gogo.mn"}\n'


def test_what_was_rejected_is_repaired_and_taken_in(operator: Browser, sqlite_store: Store) -> None:
    ingest(Payload.of(BROKEN, name="lines.ndjson"), sqlite_store, now=NOW)
    first, second = (row["id"] for row in rows(sqlite_store, "rejections"))
    listed = operator.get(QUARANTINE)
    assert "ftp://x" in listed.text
    assert "said=still" in operator.submit(QUARANTINE, {"rejected": [str(first), str(second)]}).headers["location"]
    page = f"{QUARANTINE}/{first}"
    assert "Broken" in operator.get(page).text
    assert (
        "said=still"
        in operator.submit(page, {"text": '{"title": "Still broken", "url": "ftp://y"}'}).headers["location"]
    )
    assert len(rows(sqlite_store, "rejections")) == 2, "a repair that did not help changes nothing"
    repaired = '{"title": "Mended headline", "url": "https://montsame.mn/7", "outlet": "montsame.mn"}'
    assert "said=retried" in operator.submit(page, {"text": repaired}).headers["location"]
    assert "Mended headline" in [row["title"] for row in rows(sqlite_store, "headlines")]
    assert [row["id"] for row in rows(sqlite_store, "rejections")] == [second]
    (entry,) = [row for row in rows(sqlite_store, "audit") if row["action"] == "retry"]
    assert "ftp://x" in entry["before"]["raw"]
    assert operator.get(page).status_code == 404


def test_stories_are_joined_and_split_by_hand(editor: Browser, sqlite_store: Store) -> None:
    one, two, three = (row["id"] for row in rows(sqlite_store, "headlines")[:3])
    page = f"/desk/en/headlines/{one}"
    assert (
        "merged"
        in editor.submit(page, {"do": "merge", "headlines": f"{two}, {three}"}, f"{page}/story").headers["location"]
    )
    with sqlite_store.reading() as reader:
        story = reader.stories.story_ids([one, two, three])
    assert len(story) == 3
    assert len(set(story.values())) == 1
    shown = editor.get(page).text
    assert f'name="leaving" value="{two}"' in shown
    editor.submit(page, {"do": "split", "leaving": [str(two)]}, f"{page}/story")
    with sqlite_store.reading() as reader:
        assert two not in reader.stories.story_ids([one, two, three])
    for wrong in ({"do": "merge", "headlines": "999"}, {"do": "merge", "headlines": ""}, {"do": "split"}):
        assert "not-there" in editor.submit(page, wrong, f"{page}/story").headers["location"]
    told = [row["action"] for row in rows(sqlite_store, "audit") if row["kind"] == "story"]
    assert told == ["link", "split"]
