"""A span for every fetch, around whatever fetches."""

from typing import Literal
from urllib.parse import urlsplit

from app.model.fetch import Fetched, Validators
from app.tracing import ERROR, Fact, Spans
from app.worker.find import Fetching


class TracedFetching:
    """Fetches as `fetching` does. An address's query, which may hold a key, is not told; outlets hear of no traces."""

    def __init__(self, fetching: Fetching, spans: Spans) -> None:
        self._fetching = fetching
        self._spans = spans

    def fetch(
        self, url: str, *, validators: Validators | None = None, expect: Literal["feed", "any"] = "feed"
    ) -> Fetched:
        """Fetch an address once; a failure is a value."""
        parts = urlsplit(url)
        facts: dict[str, Fact] = {"server.address": parts.hostname or "", "url.path": parts.path}
        with self._spans("fetch", facts, kind="client") as told:
            fetched = self._fetching.fetch(url, validators=validators, expect=expect)
            told["ortoo.state"] = fetched.state.value
            told["ortoo.bytes"] = fetched.bytes
            if fetched.status is not None:
                told["http.response.status_code"] = fetched.status
            if not fetched.state.good:
                told[ERROR] = fetched.state.value
            return fetched
