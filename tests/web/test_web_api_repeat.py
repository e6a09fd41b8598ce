"""Sending again: with a key nothing happens twice, without one nothing is added twice, and how a list is cut into
requests does not matter."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.token import secret_of
from app.pipeline import posted
from app.store import Store
from app.web.api import ingest as endpoint
from tests.builders import NOW
from tests.store.test_store_properties import contents, empty
from tests.web.answered import SNOW, VISA, bad, good
from tests.web.asking import Answer
from tests.web.sending import NDJSON, Clock, Poster, add_token, posting, titles

OTHER = secret_of(b"o" * 32)
BODY = json.dumps(SNOW)


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def poster(store: Store, clock: Clock) -> Iterator[Poster]:
    add_token(store)
    with posting(store, clock, api_posts=10**6) as opened:
        yield opened


def keyed(poster: Poster, key: str = '"8e03978e"', body: str = BODY, query: str = "", **rest: Any) -> Answer:
    return poster.post(body, query, headers={"idempotency-key": key}, **rest)


def test_the_same_request_gets_the_same_answer(poster: Poster, store: Store) -> None:
    first = keyed(poster)
    revision = store.revision()
    again = keyed(poster)
    assert (again.status_code, again.body) == (first.status_code, first.body)
    assert good(again)["added"] == 1
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert store.revision() == revision
    assert good(poster.post(BODY))["duplicate"] == 1


def test_quotation_marks_are_not_the_key(poster: Poster) -> None:
    first = keyed(poster, '"a-b_c"')
    assert keyed(poster, "a-b_c").body == first.body
    assert "idempotency-replayed" in keyed(poster, " a-b_c ").headers


def test_another_request_with_the_key_is_refused(poster: Poster, store: Store) -> None:
    good(keyed(poster))
    for other in (
        keyed(poster, body=json.dumps(VISA)),
        keyed(poster, body=BODY + " "),
        keyed(poster, query="origin=x"),
        keyed(poster, type="application/json; charset=utf-8"),
    ):
        bad(other, 422, "key-reused")
    assert titles(store) == [SNOW["title"]]


def test_a_key_belongs_to_its_token(poster: Poster, store: Store) -> None:
    add_token(store, "other", OTHER)
    good(keyed(poster))
    assert good(keyed(poster, body=json.dumps(VISA), secret=OTHER))["added"] == 1


def test_a_key_is_kept_for_a_day(poster: Poster, clock: Clock) -> None:
    good(keyed(poster))
    clock.now = NOW + timedelta(hours=23, minutes=59, seconds=59)
    bad(keyed(poster, body=json.dumps(VISA)), 422, "key-reused")
    clock.now = NOW + timedelta(hours=24)
    assert good(keyed(poster, body=json.dumps(VISA)))["added"] == 1


def test_what_was_refused_may_be_put_right_with_its_key(poster: Poster) -> None:
    bad(keyed(poster, body="[1"), 400, "malformed")
    good(keyed(poster))


@pytest.mark.parametrize("key", ["", '""', '"', "a b", '"ё"', "x" * 256, '"a";b=1', '"a\\b"'], ids=ascii)
def test_what_is_no_key(poster: Poster, store: Store, key: str) -> None:
    bad(poster.post(BODY, headers=[("idempotency-key", key.encode().decode("latin-1"))]), 400, "bad-key")
    assert titles(store) == []


def test_two_keys(poster: Poster) -> None:
    bad(poster.post(BODY, headers=[("idempotency-key", "a"), ("idempotency-key", "a")]), 400, "bad-key")


def test_at_the_same_time_in_several_processes_it_happens_once(store: Store, clock: Clock) -> None:
    add_token(store)
    body = json.dumps([{"title": f"Title {n}", "outlet": "gogo.mn"} for n in range(50)])
    with posting(store, clock) as first, posting(store, clock) as second, ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: keyed((first, second)[n % 2], body=body), range(16)))
    assert len({answer.body for answer in answers}) == 1
    assert good(answers[0])["added"] == 50
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1


def test_at_the_same_time_with_other_bodies_one_wins(store: Store, clock: Clock) -> None:
    add_token(store)
    with posting(store, clock) as poster, ThreadPoolExecutor(8) as threads:
        bodies = [json.dumps({"title": f"Title {n}", "outlet": "gogo.mn"}) for n in range(8)]
        answers = list(threads.map(lambda body: keyed(poster, body=body), bodies))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    assert len(titles(store)) == 1


def test_who_comes_while_the_first_is_being_stored(
    poster: Poster, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has looked for an answer before there is one; it finds it under the lock."""
    understand = posted.understand
    inner: list[Answer] = []

    def meanwhile(*args: Any, **named: Any) -> posted.Understood:
        if not inner:
            inner.append(Answer(0, {}, b""))
            inner[0] = keyed(poster)
        return understand(*args, **named)

    monkeypatch.setattr(endpoint, "understand", meanwhile)
    outer = keyed(poster)
    assert outer.body == inner[0].body
    assert "idempotency-replayed" in outer.headers
    assert titles(store) == [SNOW["title"]]


def test_a_transaction_that_fails_keeps_neither_headline_nor_key(
    poster: Poster, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> bytes:
        raise KeyError("a mistake in the program")

    monkeypatch.setattr(endpoint, "answer", broken)
    with pytest.raises(KeyError):
        keyed(poster)
    monkeypatch.undo()
    assert titles(store) == []
    assert good(keyed(poster))["added"] == 1


def test_others_are_answered_while_a_body_is_worked_on(
    poster: Poster, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and storing wait for the test, the rest of the server does not."""
    understand = posted.understand
    working, go_on = Event(), Event()

    def slowly(*args: Any, **named: Any) -> posted.Understood:
        working.set()
        assert go_on.wait(30)
        return understand(*args, **named)

    monkeypatch.setattr(endpoint, "understand", slowly)
    with ThreadPoolExecutor(3) as threads:
        sent = [threads.submit(poster.post, json.dumps(item)) for item in (SNOW, VISA, SNOW)]
        assert working.wait(30)
        assert poster.get("/api/v1/headlines").json()["items"] == []
        bad(poster.post("x", secret=None), 401, "no-token")
        go_on.set()
        assert sum(good(one.result())["added"] for one in sent) == 2


EXAMPLES = {"sqlite": 25, "postgresql": 6}

ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(["Coal exports rise", "Цас орлоо", "Parliament passes the law", "Photo"]),
            "outlet": st.sampled_from(["gogo.mn", "montsame.mn"]),
        },
        optional={
            "url": st.sampled_from(["https://gogo.mn/1", "https://gogo.mn/1?utm_source=x", "https://montsame.mn/2"]),
            "published": st.sampled_from(["2026-01-13", "2026-01-14", "2026-01-14T10:00:00+08:00", "yesterday-ish"]),
        },
    ).map(lambda item: item | {"title": f"{item['title']} {item['url'][-1]}"} if "url" in item else item),
    max_size=8,
)


@pytest.mark.parametrize("media", ["application/json", NDJSON])
def test_any_split_gives_the_same_store(poster: Poster, store: Store, media: str) -> None:
    def send(items: list[dict[str, str]]) -> None:
        lines = [json.dumps(item) for item in items]
        body = "\n".join(lines) if media == NDJSON else f"[{','.join(lines)}]"
        if items:
            assert good(poster.post(body, type=media))["received"] == len(items)

    @settings(
        max_examples=EXAMPLES[store.dialect],
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(items=ITEMS, cuts=st.lists(st.integers(0, 8), max_size=3))
    def check(items: list[dict[str, str]], cuts: list[int]) -> None:
        kept = []
        for ends in ([], sorted(cuts)):
            empty(store)
            add_token(store)
            start = 0
            for end in [*ends, len(items)]:
                send(items[start:end])
                start = max(start, end)
            kept.append(contents(store))
        assert kept[0] == kept[1]

    check()
