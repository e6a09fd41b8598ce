"""From an address to a source that can be read. The answers are a table; what was asked for is kept."""

from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from app.errors import SourceRefused
from app.ingest.limits import Limits
from app.model.fetch import Fetched, FetchState, Validators
from app.model.source import Source
from app.worker.find import Found, find, same_address
from tests.builders import NOW

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>'
    "<item><title>Нүүрс</title><link>https://a.mn/1</link></item></channel></rss>"
)
NAMING = '<html><head><link rel=alternate type="application/rss+xml" href="{}"></head><body>Мэдээ</body></html>'


@dataclass
class Answers:
    """A network: address -> body, or the state of a failure; everything else is missing."""

    table: dict[str, str | FetchState]
    asked: list[str] = field(default_factory=list)

    def fetch(
        self, url: str, *, validators: Validators | None = None, expect: Literal["feed", "any"] = "feed"
    ) -> Fetched:
        self.asked.append(url)
        told = self.table.get(url, FetchState.MISSING)
        if isinstance(told, FetchState):
            return Fetched(told, url, url, NOW, error=f"It is {told}.")
        if expect == "feed" and "<html" in told:
            return Fetched(FetchState.NOT_A_FEED, url, url, NOW, error="A web page.")
        return Fetched(FetchState.OK, url, url, NOW, 200, told.encode(), "text/html" if "<html" in told else "text/xml")


def ask(
    table: dict[str, str | FetchState], url: str = "https://a.mn/", *known: Source, **rest: Any
) -> tuple[Found, list[str]]:
    answers = Answers(table)
    return find(Source(url, **rest), answers, known, Limits()), answers.asked


def test_a_feed_is_taken_as_it_is() -> None:
    found, asked = ask({"https://a.mn/rss": FEED}, "https://a.mn/rss")
    assert (found.source.url, found.source.kind, asked) == ("https://a.mn/rss", "rss", ["https://a.mn/rss"])
    assert [h.title for h in found.taken.headlines] == ["Нүүрс"]


def test_a_page_leads_to_the_feed_that_it_names() -> None:
    page = NAMING.format("/news.xml") + '<link rel=alternate type="application/rss+xml" href="/comments.xml">'
    found, asked = ask({"https://a.mn/": page, "https://a.mn/news.xml": FEED, "https://a.mn/comments.xml": FEED})
    assert (found.source.url, found.others) == ("https://a.mn/news.xml", ("https://a.mn/comments.xml",))
    assert asked == ["https://a.mn/", "https://a.mn/news.xml"]


def test_without_a_word_the_usual_places_are_tried() -> None:
    found, asked = ask({"https://a.mn/": "<html>Мэдээ</html>", "https://a.mn/rss.xml": FEED})
    assert found.source.url == "https://a.mn/rss.xml"
    assert asked == ["https://a.mn/", "https://a.mn/feed/", "https://a.mn/rss", "https://a.mn/rss.xml"]


def test_a_named_feed_that_is_dead_is_passed_over() -> None:
    found, _ = ask({"https://a.mn/": NAMING.format("/dead"), "https://a.mn/feed/": FEED})
    assert found.source.url == "https://a.mn/feed/"


def test_a_site_that_answers_every_path_with_a_page_has_no_feed() -> None:
    class Everything(dict[str, str | FetchState]):
        def get(self, key: str, default: object = None) -> str:
            return "<html>Нүүр хуудас</html>"

    with pytest.raises(SourceRefused, match="--listing") as caught:
        ask(Everything())
    assert caught.value.facts["reason"] == "not-a-feed"


def test_text_at_a_guessed_address_is_not_taken_for_a_table() -> None:
    with pytest.raises(SourceRefused) as caught:
        ask({"https://a.mn/": "<html></html>", "https://a.mn/feed/": "title,url\nNot a feed,https://a.mn/1\n"})
    assert caught.value.facts["reason"] == "not-a-feed"


@pytest.mark.parametrize("state", [FetchState.BLOCKED, FetchState.REFUSED, FetchState.ROBOTS, FetchState.TIMEOUT])
def test_what_cannot_be_fetched_is_refused_with_the_state(state: FetchState) -> None:
    with pytest.raises(SourceRefused, match=f"It is {state}") as caught:
        ask({"https://a.mn/": state})
    assert caught.value.facts["reason"] == state.value


def test_who_sends_us_away_is_not_asked_at_ten_more_doors() -> None:
    answers = Answers({"https://a.mn/": "<html></html>", "https://a.mn/feed/": FetchState.BLOCKED})
    with pytest.raises(SourceRefused) as caught:
        find(Source("https://a.mn/"), answers, (), Limits())
    assert caught.value.facts["reason"] == "blocked"
    assert answers.asked == ["https://a.mn/", "https://a.mn/feed/"]


@pytest.mark.parametrize("url", ["https://a.mn/rss", "http://www.a.mn/rss/", "https://A.mn:443/rss#top"])
def test_an_address_that_is_a_source_already_is_not_fetched(url: str) -> None:
    answers = Answers({})
    with pytest.raises(SourceRefused, match=r"source 7 already \(A\)") as caught:
        find(Source(url), answers, [Source("https://a.mn/rss", id=7, title="A")], Limits())
    assert (caught.value.facts["reason"], answers.asked) == ("duplicate", [])


def test_a_page_whose_feed_is_a_source_already_is_refused() -> None:
    with pytest.raises(SourceRefused) as caught:
        ask(
            {"https://a.mn/": NAMING.format("/rss"), "https://a.mn/rss": FEED},
            "https://a.mn/",
            Source("https://a.mn/rss"),
        )
    assert caught.value.facts["reason"] == "duplicate"


def test_a_page_with_a_rule_is_a_source_itself() -> None:
    page = "<html><body><li><a href=/1>Нүүрс</a></li></body></html>"
    found, asked = ask({"https://a.mn/": page}, kind="html", listing="item=li")
    assert (found.source.url, found.source.kind, asked) == ("https://a.mn/", "html", ["https://a.mn/"])
    assert [h.title for h in found.taken.headlines] == ["Нүүрс"]


def test_an_empty_feed_is_one() -> None:
    empty = '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title></channel></rss>'
    found, _ = ask({"https://a.mn/rss": empty}, "https://a.mn/rss")
    assert (found.source.kind, found.taken.headlines) == ("rss", ())


def test_only_what_tells_feeds_apart_counts() -> None:
    assert same_address("https://n.org/rss?q=a&hl=mn") != same_address("https://n.org/rss?q=a&hl=en")
    assert same_address("https://n.org:8080/rss") != same_address("https://n.org/rss")
