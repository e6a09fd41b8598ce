"""Anything is sent with a valid token: a precise answer, never a mistake of the program, and what is described."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store import Store
from app.web.api.ingest_told import POST
from app.web.api.kinds import NAMES, TYPES
from app.web.api.posts import PostedItems
from app.web.api.schema import Problem
from tests.web.sending import add_token, posting, titles

VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
NESTED = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
NAMES_OF_MEMBERS = (
    *("title", "url", "outlet", "host", "published", "language", "rank", "day", "digests"),
    *("article", "paragraphs", "honesty", "items", "articles", "version", "id"),
)
GOOD = {"title": "A headline", "outlet": "gogo.mn"}
ITEMS = st.dictionaries(st.sampled_from(NAMES_OF_MEMBERS), NESTED, max_size=6)
DOCUMENTS = ITEMS | st.lists(ITEMS | ITEMS.map(lambda item: item | GOOD) | NESTED, max_size=4) | NESTED
BODIES = (
    DOCUMENTS.map(lambda document: json.dumps(document).encode())
    | st.lists(DOCUMENTS, max_size=4).map(lambda told: "\n".join(map(json.dumps, told)).encode())
    | st.binary(max_size=200)
    | st.text('<>/rsfedchanlitmurk ="\n', max_size=100).map(str.encode)
)
QUERIES = st.dictionaries(
    st.sampled_from(["outlet", "zone", "day", "origin"]),
    st.sampled_from(["gogo.mn", "UTC", "2026-01-15", "x%00", "%F0%9F%98%80", "a" * 300, "../x", "%ff"]),
    max_size=2,
).map(lambda given: "&".join(f"{name}={value}" for name, value in given.items()))

EXAMPLES = {"sqlite": 150, "postgresql": 40}


@pytest.mark.parametrize("by", ["type", "format"])
def test_whatever_is_sent_is_answered_as_described(store: Store, by: str) -> None:
    add_token(store)
    with posting(store, api_posts=10**6, api_bytes=10_000) as poster:

        @settings(max_examples=EXAMPLES[store.dialect], deadline=None, suppress_health_check=list(HealthCheck))
        @given(body=BODIES, kind=st.sampled_from(TYPES if by == "type" else NAMES), query=QUERIES)
        def check(body: bytes, kind: str, query: str) -> None:
            before = titles(store)
            asked = query if by == "type" else f"{query}&format={kind}"
            answer = poster.post(body, asked, type=kind if by == "type" else None)
            if answer.status_code == 200:
                told = PostedItems.model_validate_json(answer.body)
                assert len(titles(store)) >= len(before)
                assert told.received == told.added + told.updated + told.duplicate + told.rejected
            else:
                assert answer.status_code in POST.problems
                assert Problem.model_validate_json(answer.body).status == answer.status_code
                assert titles(store) == before

        check()
