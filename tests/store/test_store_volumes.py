"""Sums of the kept counts, and where words are found, on both databases."""

from datetime import date, timedelta

import pytest

from app.model.timeline import Found, LanguageShare
from app.store import Store, finding
from tests.asking import sought
from tests.builders import DAY, entry, headline, put

BEFORE = DAY - timedelta(days=1)
OLD = date(2020, 2, 29)


def fill(store: Store) -> None:
    put(
        store,
        headline("Visa rules change", language="en"),
        headline("Виз олгохыг зогсоолоо", language="mn"),
        headline("Визийн тухай", language="mn", day=BEFORE),
        headline("Виз режимі", language="kk", outlet="akipress.com"),
        entry("VISA ENTRY OF THE DAY BEFORE", 1, outlet="gogo.mn", day=BEFORE),
        headline("Visa of long ago", day=OLD),
    )


def test_volumes_take_in_every_language(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        everything = reader.volumes(BEFORE, DAY)
        assert everything == {(DAY, "en"): 2, (DAY, "mn"): 1, (DAY, "kk"): 1, (BEFORE, "en"): 1, (BEFORE, "mn"): 1}
        assert reader.volumes(BEFORE, DAY, "montsame.mn") == {(DAY, "en"): 1, (DAY, "mn"): 1, (BEFORE, "mn"): 1}
        assert reader.volumes(BEFORE, DAY, "nowhere.mn") == {}
        assert reader.volumes(OLD, OLD) == {(OLD, "en"): 1}


def test_shares_of_an_outlet(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        assert reader.shares("montsame.mn") == (
            LanguageShare("en", 2, OLD, DAY),
            LanguageShare("mn", 2, BEFORE, DAY),
        )
        assert reader.shares("gogo.mn") == (LanguageShare("en", 2, BEFORE, DAY),), "under its day and its digest's"
        assert reader.shares("nowhere.mn") == ()


def test_where_words_are_found(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        visa, cut = reader.found(sought(reader, "visa"), 100)
        assert visa == (
            Found(DAY, "en", "gogo.mn", 1),
            Found(DAY, "en", "montsame.mn", 1),
            Found(BEFORE, "en", "gogo.mn", 1),
            Found(OLD, "en", "montsame.mn", 1),
        )
        assert not cut
        viz, _ = reader.found(sought(reader, "виз"), 100, BEFORE, DAY)
        assert {(f.day, f.language) for f in viz} == {(DAY, "mn"), (BEFORE, "mn"), (DAY, "kk")}
        assert reader.found(sought(reader, "visa"), 100, until=OLD)[0] == (Found(OLD, "en", "montsame.mn", 1),)
        assert reader.found(sought(reader, "visa"), 100, since=DAY)[0] == visa[:2]
        assert reader.found(sought(reader, "nothing"), 100) == ((), False)


def test_the_look_ends_when_enough_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "RARE", 10)
    monkeypatch.setattr(finding, "RARE_POSTGRESQL", 10)
    put(store, *(headline(f"Visa {n}", day=DAY - timedelta(days=n)) for n in range(100)))
    with store.reading() as reader:
        visa = sought(reader, "visa")
        found, cut = reader.found(visa, 5)
        assert cut
        assert [f.day for f in found] == [DAY - timedelta(days=n) for n in range(8)], "whole blocks of days"
        found, cut = reader.found(visa, 40)
        assert (len(found), cut) == (40, True)
        found, cut = reader.found(visa, 200)
        assert (len(found), cut) == (100, False)
