"""The same articles, coming again in other clothes and at other times: nothing is run again, and nothing is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.ingest.payload import Payload
from app.model.filters import TimelineFilter
from app.model.headline import IngestReport
from app.pipeline import ingest
from app.store import Store
from tests.builders import rows

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
TODAY = date(2026, 1, 15)
FEED = "https://montsame.mn/rss"


def rss(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Мэдээ</title>{items}</channel></rss>'.encode()


def item(number: int, *, title: str = "", link: str = "", guid: str = "", published: datetime | None = NOW) -> str:
    date_ = f"<pubDate>{published:%a, %d %b %Y %H:%M:%S +0000}</pubDate>" if published else ""
    link = link or f"https://montsame.mn/mn/read/{number}"
    guid = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>{title or f'Мэдээний гарчиг {number}'}</title><link>{link}</link>{guid}{date_}</item>"


def take(store: Store, items: str, at: datetime = NOW, name: str = FEED) -> IngestReport:
    return ingest(Payload.of(rss(items), url=name, media_type="application/rss+xml", received_at=at), store, now=at)


def days(store: Store) -> list[tuple[date, int]]:
    with store.reading() as reader:
        return list(reader.days(TimelineFilter(), (), 100))


CHURN: dict[str, dict[str, Any]] = {
    "other numbers of its own": {"guid": "new-id"},
    "https for http": {"link": "https://montsame.mn/mn/read/{n}"},
    "with www": {"link": "http://www.montsame.mn/mn/read/{n}"},
    "tracking": {"link": "http://montsame.mn/mn/read/{n}?utm_source=rss&amp;utm_medium=feed&amp;fbclid=abc"},
    "a fragment": {"link": "http://montsame.mn/mn/read/{n}#comments"},
}


@pytest.mark.parametrize("change", CHURN.values(), ids=CHURN)
def test_changed_numbers_and_addresses_do_not_run_the_archive_again(store: Store, change: dict[str, Any]) -> None:
    first = "".join(item(n, guid=f"old-{n}", link=f"http://montsame.mn/mn/read/{n}") for n in range(20))
    assert take(store, first).added == 20
    before = days(store)
    again = "".join(item(n, **{key: value.format(n=n) for key, value in change.items()}) for n in range(20))
    report = take(store, again, NOW + timedelta(days=3))
    assert (report.added, report.updated, report.rejected) == (0, 0, 0)
    assert report.duplicate == 20
    assert days(store) == before
    assert rows(store, "title_edits") == []


def test_a_back_log_goes_under_its_own_days(store: Store) -> None:
    told = "".join(item(n, published=NOW - timedelta(days=n)) for n in range(60))
    assert take(store, told).added == 60
    assert days(store) == [(TODAY - timedelta(days=n), 1) for n in range(60)]


def test_a_changed_title_is_an_edit(store: Store) -> None:
    take(store, item(1, title="Үнэ 5 хувиар өслөө"))
    report = take(store, item(1, title="Үнэ 6 хувиар өслөө"), NOW + timedelta(hours=1), "https://montsame.mn/other")
    assert (report.added, report.updated) == (0, 1)
    (edit,) = rows(store, "title_edits")
    assert (edit["before"], edit["after"]) == ("Үнэ 5 хувиар өслөө", "Үнэ 6 хувиар өслөө")
    assert edit["at"] == NOW + timedelta(hours=1)


def test_an_undated_item_keeps_its_first_day(store: Store) -> None:
    for later in (0, 1, 5):
        take(store, item(1, published=None), NOW + timedelta(days=later))
    assert days(store) == [(TODAY, 1)]


def test_a_better_date_moves_an_undated_item_back_and_never_forward(store: Store) -> None:
    take(store, item(1, published=None))
    take(store, item(1, published=NOW + timedelta(days=6)), NOW + timedelta(days=6))
    assert days(store) == [(TODAY, 1)], "it was seen before: the date is that of a change"
    take(store, item(1, published=NOW - timedelta(days=2)), NOW + timedelta(days=7))
    assert days(store) == [(TODAY - timedelta(days=2), 1)]
    (row,) = rows(store, "headlines")
    assert (row["honesty"], row["stated"]) == ("declared", None)


def test_a_date_ahead_is_kept_beside_and_not_believed_later_either(store: Store) -> None:
    ahead = NOW + timedelta(days=31)
    for later in (timedelta(), timedelta(days=32)):
        assert take(store, item(1, published=ahead), NOW + later).rejected == 0
    assert days(store) == [(TODAY, 1)]
    (row,) = rows(store, "headlines")
    assert (row["honesty"], row["published_at"], row["stated"]) == ("first-seen", None, "2026-02-15T09:00:00+00:00")


def test_the_order_of_dates_ahead_makes_no_difference(store: Store) -> None:
    dates = [NOW + timedelta(days=n) for n in (40, 31, 35)]
    for published in dates:
        take(store, item(1, published=published))
    (row,) = rows(store, "headlines")
    assert row["stated"] == min(dates).isoformat()


def test_an_entry_dated_ahead_stays_in_its_digest(store: Store) -> None:
    text = "1 FIRST STORY WWW.MONTSAME.MN PUBLISHED:2026/01/15 2 A SLIP WWW.GOGO.MN PUBLISHED:2062/01/15"
    payload = Payload.of(text.encode(), url="digest.txt", media_type="text/plain", received_at=NOW)
    for _ in range(2):
        assert ingest(payload, store, now=NOW).rejected == 0
    assert days(store) == [(TODAY, 2)]
    assert [(row["position"], row["rank"]) for row in rows(store, "digest_entries")] == [(1, 1), (2, 2)]
