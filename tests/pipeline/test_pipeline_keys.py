"""Keys of an older version are made anew, once."""

from sqlalchemy import delete, update

from app.dedupe import near
from app.model.search import Lookup
from app.pipeline import keys
from app.search.folding import fold
from app.store import Store
from app.store.schema import headlines, key_versions, near_pairs
from tests.builders import headline, put, rows

TITLE = "M" + "ОНГОЛ УЛСЫН ИХ ХУРАЛ ХУРАЛДЛАА"  # a Latin M


def age(store: Store) -> None:
    """Back to how an older version left it."""
    with store.writing() as writer:
        connection = writer._connection
        connection.execute(update(headlines).values(folded=f" {TITLE.casefold()} ", near_key=None))
        connection.execute(delete(near_pairs))
        connection.execute(delete(key_versions))


def test_old_keys_are_made_anew(store: Store) -> None:
    put(store, headline(TITLE, language="mn"))
    age(store)
    assert not keys.are_current(store)
    before = store.revision()
    told: list[int] = []
    assert keys.remake(store, told.append) == 1
    assert told == [1, 1], "keys, then the index"
    (row,) = rows(store, "headlines")
    whole, *pairs = near.keys(fold(TITLE), fresh=True)
    assert (row["folded"], row["near_key"]) == (" монгол улсын их хурал хуралдлаа ", whole)
    assert {pair["key"] for pair in rows(store, "near_pairs")} == set(pairs)
    assert keys.are_current(store)
    assert store.revision() > before, "what a search finds has changed"
    assert keys.remake(store) == 0


def test_interrupted_it_begins_again(store: Store) -> None:
    put(store, headline(TITLE, language="mn"))
    age(store)
    with store.writing() as writer:
        assert writer.remake_keys(0, keys.derived)[1] == 1
    assert not keys.are_current(store)
    assert keys.remake(store) == 1
    assert keys.are_current(store)


def test_a_new_database_says_so_by_itself(bare_url: str) -> None:
    opened = Store.open(bare_url)
    opened.migrate()
    assert {row["name"]: row["version"] for row in rows(opened, "key_versions")} == keys.VERSIONS
    opened.close()


def test_an_empty_store_is_of_this_version(store: Store) -> None:
    assert keys.are_current(store)
    assert keys.remake(store) == 0
    assert {row["name"]: row["version"] for row in rows(store, "key_versions")} == keys.VERSIONS


def test_what_a_search_does_not_find_is_told(store: Store) -> None:
    put(store, headline(TITLE, language="mn"), headline("!?", "https://a.mn/signs"))
    assert keys.not_indexed(store) == []
    with store.writing() as writer:
        writer._connection.execute(update(headlines).where(headlines.c.title == TITLE).values(title="Edited by hand"))
    assert keys.not_indexed(store) == [1]
    with store.writing() as writer:
        writer.begin_index()
    assert not keys.are_current(store)
    assert keys.not_indexed(store) == [1]
    put(store, headline("Meanwhile", "https://a.mn/meanwhile"))
    assert keys.remake(store) >= 2
    assert keys.not_indexed(store) == []
    with store.reading() as reader:
        assert {word.word: word.n for word in reader.look_up(Lookup(("edited", "meanwhile", "монгол")))} == {
            "edited": 1,
            "meanwhile": 1,
        }


def test_an_edit_while_the_index_is_made(store: Store) -> None:
    put(store, headline("Coal", "https://a.mn/1"), headline("Copper", "https://a.mn/2"))
    with store.writing() as writer:
        writer.begin_index()
    put(store, headline("Iron", "https://a.mn/1"))
    assert keys.remake(store) == 2
    assert keys.not_indexed(store) == []
    with store.reading() as reader:
        assert {word.word: word.n for word in reader.look_up(Lookup(("coal", "copper", "iron")))} == {
            "copper": 1,
            "iron": 1,
        }
