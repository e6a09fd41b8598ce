"""Keys of an older version are made anew, once."""

from sqlalchemy import delete, update

from app.dedupe import near
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
        assert writer.remake_keys(0, keys._made)[1] == 1
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
