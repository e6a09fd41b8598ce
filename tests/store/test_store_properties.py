"""Whatever comes, in whatever order, however often: the same store, and counts that are right.

Two worlds. The *orderly* one holds all that the rules of `app.store.identity` promise to be independent of order:
several copies of an article with and without address, with better and worse dates and languages, titles that recur,
digests. The *wild* one holds anything, also what depends on order by nature (edits, two addresses for a title without
one): there the promise is that a repetition adds nothing and that counts stay exact.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.model.headline import Headline, Honesty, LanguageMethod
from app.store import Store
from app.store.counts import kept, recount
from app.store.schema import digest_entries, headlines, metadata, outlets, store_state
from tests.builders import DAY, NOW, batch, entry, headline

DAYS = [DAY - timedelta(days=n) for n in range(3)]
OUTLETS = ["montsame.mn", "gogo.mn"]
EXAMPLES = {"sqlite": 150, "postgresql": 20}
"""PostgreSQL answers each of the some thirty statements of an example a process switch later."""

Unit = tuple[Headline, ...]
"""Headlines that come in one batch: a single one, or a whole digest."""


def empty(store: Store) -> None:
    """Back to the beginning, within one test; not to its revision: what a store remembers holds for a revision."""
    with store.writing() as writer:
        for table in reversed(metadata.sorted_tables):
            if table is not store_state:
                writer._connection.execute(delete(table))
        if store.dialect == "sqlite":  # a table that SQLAlchemy does not know
            writer._connection.exec_driver_sql("INSERT INTO title_fts (title_fts) VALUES ('delete-all')")
        writer.visible = True


def tell(store: Store, units: Sequence[Unit], cuts: Sequence[int]) -> int:
    """Put the units in batches that end at `cuts`; how many headlines were added."""
    added, start = 0, 0
    for end in [*sorted(set(cuts)), len(units)]:
        with store.writing() as writer:
            results = writer.put(batch([one for unit in units[start:end] for one in unit]))
        added += sum(result.outcome == "added" for result in results)
        start = max(start, end)
    return added


def contents(store: Store) -> dict[str, Any]:
    """Everything that the promise is about, without numbers. A title that only copies without address gave is
    compared by its words, since whose capitals it has is the first one's."""
    h = headlines.c
    columns = (h.url, h.honesty, h.published_at, h.language, h.language_method, h.confidence, h.day, outlets.c.domain)
    with store.reading() as reader:
        ask = reader._connection.execute
        told = {row.id: row for row in ask(select(h.id, h.title, h.folded, *columns).join(outlets))}
        names = {n: (row.url or row.folded, row.day, row.language, row.domain) for n, row in told.items()}
        assert kept(reader._connection) == recount(reader._connection)
        numbers = {row.id: row.domain for row in ask(select(outlets))}
        return {
            "headlines": sorted(str((row.title if row.url else row.folded, *row[3:])) for row in told.values()),
            "digests": sorted(
                (row.day, row.language, row.position, row.rank, str(names[row.headline_id]))
                for row in ask(select(digest_entries))
            ),
            "counts": {(day, code, numbers[number]): n for (day, code, number), n in kept(reader._connection).items()},
        }


# The orderly world ----------------------------------------------------------------------------------------------------


@st.composite
def language(draw: st.DrawFn) -> dict[str, Any]:
    """Who says which language."""
    if draw(st.integers(0, 4)) == 0:
        return {"method": LanguageMethod.EDITOR, "language": "mn", "confidence": 1.0}
    return {"language": draw(st.sampled_from(["en", "mn", "kk"])), "confidence": draw(st.sampled_from([0.5, 0.7, 0.9]))}


def undated() -> dict[str, Any]:
    """A copy that says nothing of its date, seen today."""
    return {"honesty": Honesty.FIRST_SEEN, "day": DAY}


@st.composite
def with_addresses(draw: st.DrawFn, n: int) -> list[Headline]:
    """One title at one or two addresses; each copy with any date and any language."""
    dates: list[dict[str, Any]] = [undated(), *({"day": day} for day in DAYS)]
    dates += [{"at": NOW - timedelta(hours=h), "honesty": Honesty.ZONE_ASSUMED} for h in (0, 20)]
    dates += [{"at": NOW - timedelta(hours=h)} for h in (0, 3, 30)]
    outlet = OUTLETS[n % 2]
    return [
        headline(
            f"Addressed {n}",
            f"https://{outlet}/{n}/{draw(st.integers(0, 1))}",
            outlet=outlet,
            **draw(language()),
            **draw(st.sampled_from(dates)),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]


@st.composite
def one_article(draw: st.DrawFn, n: int) -> list[Headline]:
    """One article: at most one address, copies without it in capitals, one declared day, undated copies."""
    day = draw(st.sampled_from(DAYS))
    start = NOW - timedelta(days=(DAY - day).days)
    dates: list[dict[str, Any]] = [undated(), {"day": day}, *({"at": start - timedelta(hours=h)} for h in (0, 3))]
    outlet = OUTLETS[n % 2]
    known_as: list[dict[str, Any]] = [
        {"title": f"Article {n}", "url": f"https://{outlet}/{n}"},
        {"title": f"ARTICLE {n}"},
    ]
    return [
        headline(**draw(st.sampled_from(known_as)), outlet=outlet, **draw(language()), **draw(st.sampled_from(dates)))
        for _ in range(draw(st.integers(1, 4)))
    ]


@st.composite
def recurring(draw: st.DrawFn, n: int) -> list[Headline]:
    """A title that comes again on other days, without address."""
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4))
    return [headline(f"Rate {n}", day=day, outlet=OUTLETS[n % 2]) for day in days]


@st.composite
def digest(draw: st.DrawFn, day: date, column: str, copies: Sequence[Headline]) -> Unit:
    """A column of a day's digest: some of these, in any order, in capitals and without address."""
    chosen = draw(st.lists(st.sampled_from(copies), unique_by=lambda copy: (copy.folded, copy.day), max_size=4))
    return tuple(
        entry(copy.title.upper(), n, language=column, digest=day, day=copy.day, outlet=copy.draft.outlet)
        for n, copy in enumerate(chosen, 1)
    )


@st.composite
def orderly(draw: st.DrawFn) -> list[Unit]:
    """Units that may come in any order. A title stands in one column only: contradicting markers make two headlines,
    and which of them an unmarked copy meets depends on order."""
    copies: list[Headline] = []
    columns: dict[str, list[Headline]] = {"en": [], "mn": []}
    for n in range(draw(st.integers(1, 4))):
        told = draw(st.one_of(with_addresses(n), one_article(n), recurring(n)))
        copies += told
        if not told[0].title.startswith("Addressed"):
            columns[draw(st.sampled_from(["en", "mn"]))] += [
                copy for copy in told if copy.draft.honesty is not Honesty.FIRST_SEEN
            ]
    digests = [draw(digest(day, column, listed)) for day in DAYS[:2] for column, listed in columns.items() if listed]
    return [unit for unit in [*((copy,) for copy in copies), *digests] if unit]


def in_any_order(store: Store, data: st.DataObject) -> None:
    units = data.draw(orderly())
    cuts = st.lists(st.integers(0, len(units)), max_size=3)
    empty(store)
    tell(store, units, [])
    expected = contents(store)
    for order in (units[::-1], data.draw(st.permutations(units))):
        empty(store)
        tell(store, order, data.draw(cuts))
        assert contents(store) == expected
    assert tell(store, data.draw(st.permutations(units)), data.draw(cuts)) == 0
    assert contents(store) == expected


# The wild world -------------------------------------------------------------------------------------------------------


@st.composite
def anything(draw: st.DrawFn) -> Headline:
    """Any headline out of few titles, addresses and days, so that they meet."""
    title, outlet = draw(st.sampled_from(["One", "ONE", "Two", "Three"])), draw(st.sampled_from(OUTLETS))
    day, column = draw(st.sampled_from(DAYS)), draw(st.sampled_from(["en", "mn"]))
    if draw(st.booleans()):
        carried = draw(st.sampled_from(DAYS))
        return entry(title, draw(st.integers(1, 3)), language=column, digest=carried, day=day, outlet=outlet)
    instant = NOW - timedelta(days=(DAY - day).days, hours=1)
    dates: list[dict[str, Any]] = [{"honesty": Honesty.FIRST_SEEN, "day": day}, {"day": day}, {"at": instant}]
    url = draw(st.sampled_from([None, f"https://{outlet}/1", f"https://{outlet}/2"]))
    return headline(title, url, outlet=outlet, **draw(language()), **draw(st.sampled_from(dates)))


def nothing_is_added_twice(store: Store, data: st.DataObject) -> None:
    batches = data.draw(st.lists(st.lists(anything(), max_size=6), min_size=1, max_size=4))
    units = [tuple(told) for told in batches]
    every_batch = list(range(1, len(units)))
    empty(store)
    tell(store, units, every_batch)
    assert contents(store)
    assert tell(store, units, every_batch) == 0
    once_more = contents(store)
    assert tell(store, units, every_batch) == 0
    assert contents(store) == once_more


@pytest.mark.parametrize("promise", [in_any_order, nothing_is_added_twice])
def test_the_promise_holds(store: Store, promise: Callable[[Store, st.DataObject], None]) -> None:
    def check(data: st.DataObject) -> None:
        promise(store, data)

    settings(
        max_examples=EXAMPLES[store.dialect],
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )(given(data=st.data())(check))()
