"""What a batch does to the store, and what it says it did."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.model.filters import TimelineFilter
from app.model.headline import Honesty, ItemResult, LanguageMethod, Outcome
from app.store import Store
from app.store.counts import kept, recount
from app.store.schema import metadata, title_edits
from tests.builders import DAY, NOW, article, entry, headline, put, results, rows

ALL = TimelineFilter()
EARLIER = DAY - timedelta(days=1)
LATER = NOW + timedelta(hours=1)
URL = "https://montsame.mn/1"


def places(store: Store) -> dict[tuple[Any, str], list[str]]:
    """(day, column) -> the titles of its digest."""
    with store.reading() as reader:
        days = [day for day, _ in reader.days(ALL, (), 100)]
        listed: dict[tuple[Any, str], list[str]] = {}
        for row in reader.listed(ALL, (), days, 100):
            if row.position is not None:
                listed.setdefault((row.day, row.language), []).append(f"{row.position} {row.row.title}")
        return listed


@pytest.fixture(autouse=True)
def _counts_are_exact(store: Store) -> Any:
    """After whatever a test did, the kept counts say what a recount says."""
    yield
    with store.reading() as reader:
        assert kept(reader._connection) == recount(reader._connection)


def test_new_known_and_changed(store: Store) -> None:
    assert put(store, headline("A", URL), headline("B")) == ["added", "added"]
    assert put(store, headline("A", URL), headline("B")) == ["duplicate", "duplicate"]
    assert put(store, headline("Changed", URL), headline("B")) == ["updated", "duplicate"]


def test_copies_inside_one_batch(store: Store) -> None:
    assert put(store, headline("A", URL), headline("A", URL), entry("A", 1)) == ["added", "duplicate", "updated"]
    assert len(rows(store, "headlines")) == 1


def test_the_result_says_what_is_stored(store: Store) -> None:
    put(store, headline("A", URL, at=NOW))
    (result,) = results(store, entry("a", 3, language="mn", digest=DAY, rank=7))
    assert result == ItemResult(
        Outcome.UPDATED, "a", "montsame.mn", "mn", DAY, rank=7, confidence=1.0, headline_id=1, article=False
    )


def test_numbers_go_up_in_order_of_time(store: Store) -> None:
    told = [headline(f"At {n}", f"https://a.mn/{n}", at=NOW - timedelta(minutes=n)) for n in (2, 0, 3, 1)]
    numbered = {result.title: result.headline_id for result in results(store, *told, headline("Bare", day=EARLIER))}
    assert numbered == {"Bare": 1, "At 3": 2, "At 2": 3, "At 1": 4, "At 0": 5}


def test_a_repetition_changes_only_its_sighting(store: Store) -> None:
    told = [
        headline("A", URL, at=NOW),
        headline("B"),
        headline("C", URL + "2", honesty=Honesty.FIRST_SEEN),
        entry("D", 1),
    ]
    put(store, *told, articles=[article()])
    before = {table: rows(store, table) for table in metadata.tables}
    assert set(put(store, *told, articles=[article()], at=LATER)) == {"duplicate"}
    after = {table: rows(store, table) for table in metadata.tables}
    assert {row["last_at"] for row in after["sightings"]} == {LATER}
    assert {row["first_at"] for row in after["sightings"]} == {NOW}
    for table in metadata.tables.keys() - {"sightings"}:
        assert after[table] == before[table], table


def test_an_older_message_does_not_turn_the_clock_back(store: Store) -> None:
    put(store, headline("A", URL))
    put(store, headline("A", URL), at=NOW - timedelta(days=1))
    assert [row["last_at"] for row in rows(store, "sightings")] == [NOW]


def test_every_origin_is_a_sighting(store: Store) -> None:
    put(store, headline("A", URL), origin="feed")
    before = store.revision()
    assert put(store, headline("A", URL), origin="sitemap", at=LATER) == ["duplicate"]
    assert store.revision() == before + 1, "the headline's page tells its sightings"
    assert [(row["origin_id"], row["first_at"]) for row in rows(store, "sightings")] == [(1, NOW), (2, LATER)]


def test_an_edit_keeps_its_history(store: Store) -> None:
    put(store, headline("First", URL))
    put(store, headline("Second", URL, title_given="Sec\\u202eond"), at=LATER, origin="sitemap")
    (edit,) = rows(store, "title_edits")
    assert (edit["before"], edit["after"], edit["at"], edit["origin_id"]) == ("First", "Second", LATER, 2)
    (row,) = rows(store, "headlines")
    assert (row["title"], row["folded"], row["title_given"]) == ("Second", " second ", "Sec\\u202eond")
    assert row["title_key"] == headline("Second").title_key
    assert (row["first_seen_at"], row["updated_at"]) == (NOW, LATER)


def test_a_stale_title_is_no_edit_in_a_later_batch_either(store: Store) -> None:
    put(store, headline("First", URL))
    put(store, headline("Second", URL))
    assert put(store, headline("First", URL)) == ["duplicate"]
    assert put(store, headline("Third", URL), headline("Second", URL)) == ["updated", "duplicate"]
    assert [row["after"] for row in rows(store, "title_edits")] == ["Second", "Third"]


def test_last_weeks_digest_still_knows_an_edited_headline(store: Store) -> None:
    digest = [entry("FIRST", 1)]
    put(store, *digest)
    put(store, headline("First", URL, at=NOW), headline("Second", URL))
    assert put(store, *digest) == ["duplicate"]
    assert places(store) == {(DAY, "en"): ["1 Second"]}
    assert len(rows(store, "headlines")) == 1


def test_last_weeks_digest_still_knows_a_headline_with_a_better_date(store: Store) -> None:
    digest = [entry("A", 1)]
    put(store, *digest, headline("A", URL))
    assert put(store, headline("A", URL, at=NOW - timedelta(days=1))) == ["updated"]
    assert put(store, *digest) == ["duplicate"]
    with store.reading() as reader:
        assert reader.days(ALL, (), 9) == ((DAY, 1), (EARLIER, 1))


def test_a_headline_moves_with_its_date_and_its_counts(store: Store) -> None:
    put(store, headline("A", URL, honesty=Honesty.FIRST_SEEN))
    assert put(store, headline("A", day=EARLIER)) == ["updated"]
    with store.reading() as reader:
        assert reader.days(ALL, (), 9) == ((EARLIER, 1),)
    assert put(store, headline("A", URL, honesty=Honesty.FIRST_SEEN)) == ["duplicate"]
    with store.reading() as reader:
        assert reader.days(ALL, (), 9) == ((EARLIER, 1),)


def test_a_headline_moves_with_its_language_and_its_counts(store: Store) -> None:
    put(store, headline("A", URL, language="en"))
    put(store, headline("A", URL, language="mn", method=LanguageMethod.EDITOR, confidence=1.0))
    put(store, headline("A", URL, language="en"))
    with store.reading() as reader:
        assert reader.column_totals(ALL, (), [DAY]) == {(DAY, "mn"): 1}


def test_a_digest_column_replaces_the_one_before(store: Store) -> None:
    put(store, entry("A", 1), entry("B", 2), entry("Г", 1, language="mn"))
    outcomes = put(store, entry("B", 1), entry("C", 2))
    assert outcomes == ["updated", "added"]
    assert places(store) == {(DAY, "en"): ["1 B", "2 C"], (DAY, "mn"): ["1 Г"]}
    with store.reading() as reader:
        assert reader.column_totals(ALL, (), [DAY]) == {(DAY, "en"): 3, (DAY, "mn"): 1}, "A is listed without a place"


def test_two_digests_carry_one_headline(store: Store) -> None:
    put(store, entry("A", 1, digest=EARLIER))
    put(store, entry("A", 5, digest=DAY, day=EARLIER))
    assert places(store) == {(EARLIER, "en"): ["1 A"], (DAY, "en"): ["5 A"]}
    assert len(rows(store, "headlines")) == 1


def test_an_entry_published_the_day_before_is_listed_twice(store: Store) -> None:
    put(store, entry("A", 1, day=EARLIER))
    with store.reading() as reader:
        assert reader.days(ALL, (), 9) == ((DAY, 1), (EARLIER, 1))


def test_both_columns_may_carry_the_same_title(store: Store) -> None:
    told = [entry("A", 1), entry("A", 1, language="mn")]
    assert put(store, *told) == ["added", "added"]
    assert put(store, *told) == ["duplicate", "duplicate"]
    assert places(store) == {(DAY, "en"): ["1 A"], (DAY, "mn"): ["1 A"]}


def test_no_entry_of_a_careless_digest_is_lost(store: Store) -> None:
    """Two entries at one position, one entry twice, a gap."""
    put(store, entry("A", 1), entry("B", 1), entry("A", 3), entry("C", 9), entry("D", 2))
    assert places(store) == {(DAY, "en"): ["1 A", "2 B", "3 D", "9 C"]}
    assert set(put(store, entry("A", 1), entry("B", 1), entry("A", 3), entry("C", 9), entry("D", 2))) == {"duplicate"}


def test_a_batch_beyond_every_limit_of_one_statement(store: Store) -> None:
    told = [headline(f"Headline {n}", f"https://a.mn/{n}" if n % 2 else None) for n in range(2500)]
    assert set(put(store, *told)) == {"added"}
    assert set(put(store, *told)) == {"duplicate"}
    with store.reading() as reader:
        assert reader.days(ALL, (), 1) == ((DAY, 2500),)


def test_an_empty_batch(store: Store) -> None:
    assert put(store) == []


def test_history_is_written_for_new_headlines_too(store: Store) -> None:
    put(store, headline("First", URL), headline("Second", URL))
    with store.reading() as reader:
        edits = reader._connection.execute(select(title_edits.c.before, title_edits.c.after)).all()
    assert [tuple(edit) for edit in edits] == [("First", "Second")]
    assert put(store, entry("FIRST", 1)) == ["updated"]


def test_a_new_headline_may_take_a_name_that_an_old_one_gives_up_in_the_same_batch(store: Store) -> None:
    put(store, headline("Rate", day=EARLIER, honesty=Honesty.FIRST_SEEN))
    assert put(store, headline("Rate", day=DAY), headline("Rate", day=EARLIER)) == ["updated", "added"]
    assert [(row["id"], row["day"]) for row in rows(store, "headlines")] == [(1, DAY), (2, EARLIER)]
