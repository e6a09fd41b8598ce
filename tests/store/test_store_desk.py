"""What editors hide, correct and order: readers see it at once everywhere, nothing that comes later takes it back, the
kept counts and the index agree. On both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.dedupe import near
from app.errors import Conflict, DeskRefused, NotFound
from app.model.desk import DeskRow, Slot
from app.model.filters import TimelineFilter
from app.model.headline import Headline
from app.search.expand import SPELLING
from app.search.folding import fold
from app.store import Store
from app.store.corrections import Wanted
from app.store.counts import kept, recount
from tests.builders import DAY, NOW, OUTLETS, entry, headline, key, put, results, rows

EVERYTHING = TimelineFilter()
LATER = NOW + timedelta(hours=1)
URL = "https://montsame.mn/en/read/7"


def agrees(store: Store) -> None:
    """The kept counts say what there is, and the index finds every title as it is shown."""
    with store.reading() as reader:
        assert kept(reader._connection) == recount(reader._connection)
        assert reader.index.missing(SPELLING, 100) == []


def listed(store: Store, day: date = DAY) -> list[tuple[str, int | None, str]]:
    with store.reading() as reader:
        found = reader.listed(EVERYTHING, (), [day], 100)
    return [(row.language, row.position, row.row.title) for row in found]


def hide(store: Store, number: int) -> None:
    with store.writing() as writer:
        writer.corrections.hide(number, "an advertisement", "anna", NOW, SPELLING)


def row_of(store: Store, number: int) -> DeskRow:
    with store.reading() as reader:
        return reader.desk_digests.row(number)


def wanted(store: Store, number: int, **changes: Any) -> Wanted:
    """The headline as it is, but for `changes`."""
    row = row_of(store, number).row
    title = changes.get("title", row.title)
    keys = near.keys(fold(title), fresh=True)
    told = {
        "title": title,
        "folded": fold(title),
        "near_key": keys[0] if keys else None,
        "language": row.language,
        "outlet": OUTLETS[row.outlet.domain],
        "title_key": key("title", row.outlet.domain, title),
        "day": row.day,
        "url": row.url,
        "canonical_url": row.url,
        "url_key": key("url", row.url) if row.url else None,
        "note": "",
    }
    return Wanted(**(told | changes))


def correct(store: Store, number: int, **changes: Any) -> DeskRow:
    with store.writing() as writer:
        return writer.corrections.correct(number, wanted(store, number, **changes), None, "anna", LATER, SPELLING)[1]


def test_a_hidden_headline_is_nowhere_for_readers_and_stays_for_editors(store: Store) -> None:
    first, second = results(store, headline("Mongolia opens a railway", URL), headline("A quiet day"))
    assert first.headline_id
    assert second.headline_id
    hide(store, first.headline_id)
    agrees(store)
    assert [title for _, _, title in listed(store)] == ["A quiet day"]
    with store.reading() as reader:
        assert reader.column_totals(EVERYTHING, (), [DAY]) == {(DAY, "en"): 1}
        assert reader.rows([first.headline_id]) == ()
        assert [record.title for record in reader.export()] == ["A quiet day"]
        with pytest.raises(NotFound):
            reader.headline(first.headline_id)
    assert row_of(store, first.headline_id).hidden_reason == "an advertisement"


def test_what_is_hidden_stays_so_when_it_comes_again(store: Store) -> None:
    (made,) = results(store, headline("Mongolia opens a railway", URL, day=DAY))
    assert made.headline_id
    hide(store, made.headline_id)
    put(store, headline("Mongolia opens a new railway", URL, day=DAY - timedelta(days=1)))
    put(store, entry("Mongolia opens a new railway", 1))
    assert listed(store) == listed(store, DAY - timedelta(days=1)) == []
    agrees(store)
    with store.writing() as writer:
        writer.corrections.show(made.headline_id, "anna", LATER, SPELLING)
    agrees(store)
    assert len(listed(store)) == 1


def test_a_corrected_title_is_shown_and_the_outlets_own_is_kept_up_to_date(store: Store) -> None:
    (made,) = results(store, headline("Mongolia opnes railway", URL))
    assert made.headline_id
    after = correct(store, made.headline_id, title="Mongolia opens railway", note="A slip of the outlet’s.")
    assert (after.row.title, after.title_published) == ("Mongolia opens railway", "Mongolia opnes railway")
    assert put(store, headline("Mongolia opnes railway", URL)) == ["duplicate"]
    assert put(store, headline("Mongolia opnes its railway", URL)) == ["updated"]
    kept_row = row_of(store, made.headline_id)
    assert (kept_row.row.title, kept_row.title_published) == ("Mongolia opens railway", "Mongolia opnes its railway")
    assert kept_row.note == "A slip of the outlet’s."
    agrees(store)
    back = correct(store, made.headline_id, title="Mongolia opnes its railway")
    assert back.title_published is None


def test_a_corrected_day_language_and_outlet_survive_every_copy(store: Store) -> None:
    (made,) = results(store, headline("Засаг хуралдав", URL, language="ru", at=NOW - timedelta(days=2)))
    assert made.headline_id
    other = DAY - timedelta(days=5)
    correct(store, made.headline_id, language="mn", outlet=OUTLETS["gogo.mn"], day=other)
    agrees(store)
    again = headline("Засаг хуралдав", URL, language="ru", at=NOW - timedelta(days=9), confidence=1.0)
    put(store, again)
    put(store, entry("Засаг хуралдав", 1, language="en", day=DAY - timedelta(days=2)))
    row = row_of(store, made.headline_id).row
    assert (row.language, row.outlet.domain, row.day) == ("mn", "gogo.mn", other)
    assert len(rows(store, "headlines")) == 1
    agrees(store)


def test_a_corrected_address_is_shown_and_the_old_one_still_finds_it(store: Store) -> None:
    (made,) = results(store, headline("Mongolia opens a railway", URL))
    assert made.headline_id
    correct(store, made.headline_id, url="https://montsame.mn/en/read/8")
    assert put(store, headline("Mongolia opens a railway", URL)) == ["duplicate"]
    assert row_of(store, made.headline_id).row.url == "https://montsame.mn/en/read/8"


def test_an_address_for_one_that_had_none_is_its_identity_from_now_on(store: Store) -> None:
    made, other = results(store, headline("Mongolia opens a railway"), headline("Another", "https://montsame.mn/9"))
    assert made.headline_id
    with pytest.raises(DeskRefused, match="address"):
        correct(store, made.headline_id, url="https://montsame.mn/9", url_key=key("url", "https://montsame.mn/9"))
    correct(store, made.headline_id, url=URL, canonical_url=URL, url_key=key("url", URL))
    assert put(store, headline("A title that changed", URL)) == ["updated"]
    assert other.headline_id != made.headline_id


def test_no_correction_makes_a_twin(store: Store) -> None:
    today, tomorrow = results(
        store, headline("Exchange rates"), headline("Exchange rates", day=DAY + timedelta(days=1))
    )
    assert tomorrow.headline_id
    with pytest.raises(DeskRefused, match="such a headline"):
        correct(store, tomorrow.headline_id, day=DAY)
    assert today.headline_id != tomorrow.headline_id


def test_an_older_form_does_not_overwrite_a_newer_correction(store: Store) -> None:
    (made,) = results(store, headline("One", URL))
    assert made.headline_id
    correct(store, made.headline_id, title="Two")
    third = wanted(store, made.headline_id, title="Three")
    with store.writing() as writer, pytest.raises(DeskRefused, match="meanwhile"):
        writer.corrections.correct(made.headline_id, third, NOW, "bold", LATER, SPELLING)


def ordered(store: Store, ids: list[int], *, who: str = "anna", seen: str = "", **changes: Any) -> str:
    """Give the English column this order; the token of what is there then."""
    with store.writing() as writer:
        present = writer.desk_digests.digest(DAY)
        columns = {**present.columns, "en": tuple(Slot(n) for n in ids)}
        changed = replace(present, columns=columns, **changes)
        made = writer.desk_digests.save(changed, seen or present.token, "order", who, LATER, SPELLING)
        return made.token


def three(store: Store) -> list[int]:
    made = results(store, *(entry(title, n) for n, title in enumerate(("One", "Two", "Three"), 1)))
    return [result.headline_id or 0 for result in made]


def digest_of(*titles: str) -> list[Headline]:
    return [entry(title, n) for n, title in enumerate(titles, 1)]


def test_an_editors_order_is_what_readers_see_and_no_later_text_changes_it(store: Store) -> None:
    one, two, last = three(store)
    ordered(store, [last, one, two])
    assert [title for _, _, title in listed(store)] == ["Three", "One", "Two"]
    put(store, *digest_of("Two", "One", "Four"))
    agrees(store)
    assert [title for _, _, title in listed(store)][:3] == ["Three", "One", "Two"]
    with store.reading() as reader:
        arrived = reader.desk_digests.digest(DAY).arrived
        titles = [reader.headline(n).title for n in (arrived or {})["en"]]
    assert titles == ["Two", "One", "Four"]


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(store: Store) -> None:
    one, two, last = three(store)
    with store.reading() as reader:
        seen = reader.desk_digests.digest(DAY).token
    ordered(store, [two, one, last], seen=seen)
    with pytest.raises(Conflict):
        ordered(store, [last, two, one], who="bold", seen=seen)
    assert [title for _, _, title in listed(store)] == ["Two", "One", "Three"]


def test_an_ingest_between_two_looks_is_a_change_too(store: Store) -> None:
    one, two, _ = three(store)
    with store.reading() as reader:
        seen = reader.desk_digests.digest(DAY).token
    put(store, *digest_of("Two", "One"))
    with pytest.raises(Conflict):
        ordered(store, [one, two], seen=seen)


def test_an_unpublished_digest_is_seen_by_editors_only(store: Store) -> None:
    numbers = three(store)
    ordered(store, numbers, published=False)
    agrees(store)
    assert [position for _, position, _ in listed(store)] == [None, None, None]
    ordered(store, numbers[::-1], published=True)
    agrees(store)
    assert [title for _, _, title in listed(store)] == ["Three", "Two", "One"]


def test_a_hidden_entry_leaves_no_gap_and_comes_back_to_its_place(store: Store) -> None:
    one, two, last = three(store)
    ordered(store, [one, two, last])
    hide(store, two)
    assert [(position, title) for _, position, title in listed(store)] == [(1, "One"), (2, "Three")]
    with store.writing() as writer:
        writer.corrections.show(two, "anna", LATER, SPELLING)
    assert [(position, title) for _, position, title in listed(store)] == [(1, "One"), (2, "Two"), (3, "Three")]
    agrees(store)


def test_every_state_is_kept_as_a_version(store: Store) -> None:
    one, two, last = three(store)
    ordered(store, [two, one, last])
    ordered(store, [last, two, one])
    with store.reading() as reader:
        versions = reader.desk_digests.versions(DAY)
        first = reader.desk_digests.version(DAY, 0)
    assert [version.version for version in versions] == [2, 1, 0]
    assert first.columns["en"] == (Slot(one), Slot(two), Slot(last))
    assert versions[0].who == "anna"
