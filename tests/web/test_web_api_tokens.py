"""Who may send: missing, wrong, dead and narrow tokens; how often; and that no token is told to anybody."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.model.token import Scope, secret_of
from app.store import Store
from app.web.api import quota
from app.web.api.quota import PerMinute, network_of, seconds_left
from tests.builders import NOW
from tests.web.answered import SNOW, bad, good
from tests.web.asking import Answer
from tests.web.sending import SECRET, Clock, Poster, add_token, posting, titles

OTHER = secret_of(b"o" * 32)
BODY = json.dumps(SNOW)


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def poster(store: Store, clock: Clock) -> Iterator[Poster]:
    with posting(store, clock, api_posts=3, api_failures=2) as opened:
        yield opened


def unread(answer: Answer) -> str:
    """The challenge of an answer that was given before the body was read."""
    assert answer.headers["connection"] == "close"
    return answer.headers.get("www-authenticate", "")


def never() -> Iterator[bytes]:
    """A body that must not be asked for."""
    raise AssertionError("the body was read")
    yield b""


def test_without_a_token(poster: Poster, store: Store) -> None:
    for headers in ([], [("authorization", "Basic dTpw")], [("authorization", "")]):
        answer = poster.post(never(), secret=None, headers=headers)
        assert bad(answer, 401, "no-token")["detail"]
        assert unread(answer) == 'Bearer realm="ortoo"'
    assert titles(store) == []


@pytest.mark.parametrize(
    "wrong",
    [OTHER, SECRET[:-1], SECRET + "A", SECRET.upper(), "x", "ortoo_", "' OR 1=1 --", "a" * 10_000, "\xff\xfe", "a b"],
    ids=ascii,
)
def test_wrong_tokens(poster: Poster, store: Store, wrong: str) -> None:
    add_token(store)
    answer = poster.post(never(), secret=wrong)
    told = bad(answer, 401, "invalid-token")
    assert 'error="invalid_token"' in unread(answer)
    assert wrong not in json.dumps(told)
    assert wrong not in str(answer.headers) or len(wrong) < 9


def test_two_headers_or_none_in_one(poster: Poster, store: Store) -> None:
    add_token(store)
    answer = poster.post(never(), headers=[("authorization", f"Bearer {SECRET}")])
    bad(answer, 400, "invalid-request")
    assert 'error="invalid_request"' in unread(answer)
    bad(poster.post(never(), secret=None, headers={"authorization": "Bearer"}), 400, "invalid-request")


def test_a_token_in_the_address_is_none(poster: Poster, store: Store) -> None:
    add_token(store)
    answer = poster.post(never(), f"access_token={SECRET}", secret=None)
    bad(answer, 401, "no-token")
    assert SECRET not in answer.text


def test_the_scheme_is_read_as_http_reads_it(poster: Poster, store: Store) -> None:
    add_token(store)
    good(poster.post(BODY, secret=None, headers={"authorization": f"bEARER   {SECRET} "}))


def test_expired_and_revoked(poster: Poster, store: Store, clock: Clock) -> None:
    add_token(store, expires_at=NOW + timedelta(seconds=10))
    clock.now = NOW + timedelta(seconds=9)
    good(poster.post(BODY))
    clock.now = NOW + timedelta(seconds=10)
    answer = poster.post(never())
    assert "expired" in bad(answer, 401, "invalid-token")["detail"]
    assert 'error_description="The token is expired"' in unread(answer)
    add_token(store, "other", OTHER)
    with store.writing() as writer:
        writer.access.revoke("other", clock.now)
    assert "revoked" in bad(poster.post(never(), secret=OTHER), 401, "invalid-token")["detail"]


def test_revoked_while_the_body_was_sent(poster: Poster, store: Store) -> None:
    add_token(store)

    def pieces() -> Iterator[bytes]:
        yield BODY[:5].encode()
        with store.writing() as writer:
            writer.access.revoke("newsroom", NOW)
        yield BODY[5:].encode()

    bad(poster.post(pieces()), 401, "invalid-token")
    assert titles(store) == []


def test_the_wrong_scope(poster: Poster, store: Store) -> None:
    add_token(store, scopes=[Scope.READ, Scope.DESK])
    answer = poster.post(never())
    assert bad(answer, 403, "insufficient-scope")["scope"] == "ingest"
    assert unread(answer) == 'Bearer realm="ortoo", error="insufficient_scope", scope="ingest"'


def test_a_token_may_send_so_often_a_minute(poster: Poster, store: Store, clock: Clock) -> None:
    add_token(store)
    clock.now = NOW + timedelta(seconds=20)
    for left in (2, 1, 0):
        answer = poster.post(BODY)
        good(answer)
        assert answer.headers["ratelimit-policy"] == '"posts";q=3;w=60'
        assert answer.headers["ratelimit"] == f'"posts";r={left};t=40'
    answer = poster.post(never())
    bad(answer, 429, "too-many-requests")
    assert unread(answer) == ""
    assert (answer.headers["retry-after"], answer.headers["ratelimit"]) == ("40", '"posts";r=0;t=40')
    clock.now = NOW + timedelta(seconds=60)
    good(poster.post(BODY))


def test_several_processes_count_together(poster: Poster, store: Store, clock: Clock) -> None:
    add_token(store)
    with posting(store, clock, api_posts=3) as second:
        good(poster.post(BODY))
        good(second.post(BODY))
        good(poster.post(BODY))
        bad(second.post(never()), 429, "too-many-requests")


def test_the_last_word_is_the_transaction_s(store: Store, clock: Clock) -> None:
    """Many were let in before any of them was counted: no more than the limit are stored."""
    add_token(store)
    with posting(store, clock, api_posts=1) as first, posting(store, clock, api_posts=1) as second:

        def pieces() -> Iterator[bytes]:
            yield BODY[:5].encode()
            good(second.post(json.dumps({"title": "First", "outlet": "gogo.mn"})))
            yield BODY[5:].encode()

        bad(first.post(pieces()), 429, "too-many-requests")
    assert titles(store) == ["First"]


def test_refused_requests_count_too(poster: Poster, store: Store) -> None:
    add_token(store)
    for _ in range(3):
        bad(poster.post("nonsense"), 400, "malformed")
    bad(poster.post(never()), 429, "too-many-requests")
    add_token(store, "other", OTHER)
    good(poster.post(BODY, secret=OTHER))


def test_who_guesses_has_to_wait(poster: Poster, store: Store, clock: Clock) -> None:
    add_token(store)
    for client in ("192.0.2.7", "2001:db8::1"):
        for _ in range(2):
            bad(poster.post(never(), secret=OTHER, client=client), 401, "invalid-token")
        answer = poster.post(never(), client=client)
        bad(answer, 429, "too-many-requests")
        assert answer.headers["retry-after"] == "60"
        assert answer.headers["ratelimit-policy"].startswith('"failures"')
    bad(poster.post(never(), client="2001:db8::ffff"), 429, "too-many-requests")
    good(poster.post(BODY, client="192.0.2.8"))
    clock.now = NOW + timedelta(minutes=1)
    good(poster.post(BODY, client="192.0.2.7"))


def test_who_has_no_token_does_not_guess(poster: Poster, store: Store) -> None:
    add_token(store)
    for _ in range(5):
        bad(poster.post(never(), secret=None), 401, "no-token")
    good(poster.post(BODY))


def test_no_token_is_logged_or_told(poster: Poster, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    add_token(store)
    answers = [
        poster.post(BODY),
        poster.post("x"),
        poster.post(never(), secret=OTHER),
        poster.post(never(), type="image/png"),
        poster.post(never(), "zone=x"),
    ]
    told = caplog.text + "".join(f"{answer.headers}{answer.text}" for answer in answers)
    assert SECRET[6:] not in told
    assert OTHER[6:] not in told


def test_counting_forgets_the_minute_before_and_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "MAX_KEYS", 2)
    counts: PerMinute[str] = PerMinute()
    assert [counts.add(key, NOW) for key in "aabc"] == [1, 2, 1, 0]
    assert [counts.count(key, NOW) for key in "abc"] == [2, 1, 0]
    assert counts.count("a", NOW + timedelta(seconds=60)) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network


def test_the_wait_is_never_nothing() -> None:
    assert [seconds_left(NOW + timedelta(seconds=s)) for s in (0, 0.5, 59, 59.9)] == [60, 60, 1, 1]
