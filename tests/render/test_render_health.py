"""What readers are told of a source, and what they are not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.i18n import translators
from app.model.fetch import FetchState
from app.model.source import FetchRecord, Source, SourceHealth, SourceState, Status
from app.render.health import line, outcome, public_address, silence
from app.settings import resource_dir
from tests.builders import NOW

T = translators(resource_dir("locale"))
HEALTH = SourceHealth(Source("https://a.mn/rss"), SourceState(next_at=NOW), Status.ON_TIME)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.montsame.mn/mn/rss/", "montsame.mn/mn/rss"),
        ("https://user:word@montsame.mn/rss", "montsame.mn/rss"),
        ("https://montsame.mn:8443/rss?key=abc#x", "montsame.mn/rss"),
        ("https://montsame.mn/feeds/0123456789abcdef0123/all", "montsame.mn/feeds/…/all"),
        ("https://montsame.mn/mongolian-business-news", "montsame.mn/mongolian-business-news"),
        ("https://montsame.mn", "montsame.mn"),
        ("http://10.0.0.5/rss", ""),
        ("http://[fd00::5]:8080/rss", ""),
        ("http://rsshub:1200/rss", ""),
        ("http://feeds.internal/rss", ""),
        ("http://nas.local/rss", ""),
        ("nonsense", ""),
    ],
)
def test_an_address_is_shown_without_what_may_be_a_secret(url: str, shown: str) -> None:
    assert public_address(url) == shown


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_every_end_of_a_fetch_has_words_in_both_editions(ui: str) -> None:
    told = {state: outcome(FetchRecord(NOW, state), T[ui]) for state in FetchState}
    assert all(told.values())
    assert len(set(told.values())) == len(told) - 1, "unchanged by its status or by its body is one thing for readers"


@pytest.mark.parametrize(
    ("source", "name", "part"),
    [
        (Source("https://a.mn/rss", outlet="gogo.mn"), "GoGo", ""),  # from the registry
        (Source("https://a.mn/rss", outlet="gogo.mn", title="Sport"), "GoGo", "Sport"),
        (Source("https://a.mn/rss", title="All of Asia"), "All of Asia", ""),
        (Source("https://a.mn/rss", title="https://a.mn/rss?key=1"), "a.mn", ""),
        (Source("http://10.0.0.5/rss"), "A source without a name", ""),
    ],
)
def test_a_source_is_called_what_its_readers_know(source: Source, name: str, part: str) -> None:
    told = line(replace(HEALTH, source=source), {}, T["en"])
    assert (told.name, told.part) == (name, part)


def test_silence_is_told_beside_the_habit() -> None:
    assert silence(HEALTH, T["en"]) == "Has not brought anything yet."
    assert silence(replace(HEALTH, silent_days=0), T["en"]) == ""
    assert silence(replace(HEALTH, silent_days=1), T["en"]) == "Nothing new for 1 day."
    told = silence(replace(HEALTH, silent_days=9, usual_days=0.2), T["en"])
    assert told == "Nothing new for 9 days; usually no longer than 1 day."


def test_a_late_worker_is_not_the_sources_fault() -> None:
    late = NOW - timedelta(days=1)
    overdue = replace(HEALTH, state=SourceState(next_at=late), status=Status.LATE, since=late)
    assert line(overdue, {}, T["en"]).standing == "overdue"
    assert line(replace(overdue, since=late - timedelta(days=3)), {}, T["en"]).standing == "silent"
