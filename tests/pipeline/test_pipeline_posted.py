"""A body is understood whole before anything of it is stored; results go with their items."""

import json
from typing import Any

import pytest

from app.errors import MalformedPayload
from app.ingest.format import Reading
from app.ingest.payload import Payload
from app.ingest.reader import read_here
from app.ingest.sniff import format_named
from app.model.headline import Headline, Outcome, Reason
from app.pipeline.posted import Posted, Sender, Understood, put, understand
from app.store import Store
from tests.builders import NOW


def told(*items: Any, most: int = 100, sender: Sender | None = None) -> Understood:
    body = b"".join((item if isinstance(item, str) else json.dumps(item)).encode() + b"\n" for item in items)
    payload = Payload.of(body, received_at=NOW, name="The body")
    chosen = format_named("ndjson")
    return understand(payload, chosen, sender or Sender(), reading=Reading(), reader=read_here, most=most)


def stored(store: Store, understood: Understood) -> tuple[Posted, ...]:
    with store.writing() as writer:
        return put(writer, understood, "api:newsroom")


def places(*days: int, language: str = "en") -> list[dict[str, Any]]:
    return [{"day": f"2026-01-{day:02}", "language": language, "position": 1} for day in days]


A = {"title": "Title A", "url": "https://gogo.mn/a"}
B = {"title": "Title B", "url": "https://gogo.mn/b"}
ARTICLE = {"title": "Long", "outlet": "gogo.mn", "published": "2026-01-10", "article": True, "paragraphs": ["One."]}


def test_results_go_with_their_items(store: Store) -> None:
    found = stored(store, told(ARTICLE, B, "{", A | {"digests": places(9, 10, 11)}, ARTICLE | {"title": ""}, A))
    added, refused, duplicate = Outcome.ADDED, Outcome.REJECTED, Outcome.DUPLICATE
    assert [one.outcome for one in found] == [added, added, refused, added, refused, duplicate]
    titles = [one.stored.title if one.stored else None for one in found]
    assert titles == ["Long", "Title B", None, "Title A", None, "Title A"]
    assert found[0].stored is not None
    assert found[0].stored.slug == "long"
    assert found[3].stored is not None
    assert found[5].stored is not None
    assert found[3].stored.headline_id == found[5].stored.headline_id


def test_of_several_places_the_greatest_change_is_told(store: Store) -> None:
    stored(store, told(A | {"digests": places(9)}))
    (again,) = stored(store, told(A | {"digests": places(9)}))
    assert again.outcome is Outcome.DUPLICATE
    (moved,) = stored(store, told(A | {"digests": places(9, 10)}))
    assert moved.outcome is Outcome.UPDATED


def test_unnumbered_columns_are_counted_without_gaps(sqlite_store: Store) -> None:
    late = {"day": "2026-01-15", "language": "mn", "position": 7}
    stored(sqlite_store, told(A | {"digests": [late]}, B | {"digests": [late | {"position": 3}]}))
    with sqlite_store.reading() as reader:
        found = {record.title: record.digests for record in reader.export()}
    assert {title: [place.position for place in digests] for title, digests in found.items()} == {
        "Title A": [2],
        "Title B": [1],
    }


def test_too_many_items_are_none(sqlite_store: Store) -> None:
    assert len(told(A, B, most=2).items) == 2
    with pytest.raises(MalformedPayload, match="ORTOO_API_ITEMS") as caught:
        told(A, B, "{", most=2)
    assert caught.value.facts["reason"] is Reason.TOO_LARGE
    assert len(told(A | {"digests": places(1, 2, 3)}, most=1).items[0]) == 3


def test_equal_lines_are_items_of_their_own() -> None:
    assert len(told(A, A, "{", "{", "x", "x").items) == 6


def test_the_sender_s_outlet_stands_in_only_where_there_is_none() -> None:
    found = told({"title": "No link"}, A, sender=Sender(home="montsame.mn"))
    assert [item[0].draft.outlet for item in found.items if isinstance(item[0], Headline)] == ["montsame.mn", "gogo.mn"]


def test_nothing_is_left_of_a_transaction_that_fails(store: Store) -> None:
    def fail() -> None:
        with store.writing() as writer:
            put(writer, told(A, "{"), "api:newsroom")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with store.reading() as reader:
        assert list(reader.export()) == []
        assert reader.last_rejection() == 0
