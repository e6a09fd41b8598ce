"""Everything that the OpenAPI document allows, and much that it does not: no 5xx, and no answer that is not described.

Each operation is asked a bounded number of times, always the same (a fixed seed); `make check` stays quick.
"""

import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from app.clock import Clock
from app.settings import Settings
from app.store import Store
from app.web.api import OPERATIONS
from app.web.api.operations import Operation
from app.web.app import create_app
from tests.web.relays import add_sources
from tests.web.sending import SECRET, add_token
from tests.web.told import print_told_paper

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what its own dependencies have to say on import is not about us
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi import checks

EXAMPLES = 60
"""Questions for each operation, of each of both modes, without a token and with one."""

TOKENS = (None, SECRET)

CHECKS: list[Any] = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.allow_header_conformance,
    checks.unsupported_method,
]
"""Left out: that whatever the schema allows is accepted (a cursor is a text, but not any text is a cursor), and that
whatever it does not is refused (blanks around a value do no harm)."""

Way = tuple[Operation, str, GenerationMode, str | None]


def _ways(one: Operation) -> Iterator[Way]:
    """An operation with questions that its schema allows, and ones that it does not: any text may stand in a path."""
    for token in TOKENS:
        yield one, one.method, GenerationMode.POSITIVE, token
        if one.method != "GET" or any(p.place == "query" for p in one.parameters):
            yield one, one.method, GenerationMode.NEGATIVE, token
    if one.method == "GET":
        yield one, "HEAD", GenerationMode.POSITIVE, None


WAYS = [way for one in OPERATIONS for way in _ways(one)]


def _named(way: Way) -> str:
    one, method, mode, token = way
    return f"{one.id}-{method}-{mode.value}-{'token' if token else 'nobody'}"


@pytest.mark.parametrize(("operation", "method", "mode", "token"), WAYS, ids=map(_named, WAYS))
def test_nothing_that_is_asked_breaks_anything(
    sqlite_store: Store, clock: Clock, operation: Operation, method: str, mode: GenerationMode, token: str | None
) -> None:
    print_told_paper(sqlite_store)
    add_sources(sqlite_store)
    add_token(sqlite_store)
    settings_ = Settings(api_posts=10**6, api_failures=10**6)  # a limit would answer everything after it
    document = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(settings_, sqlite_store, clock))
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answered: Counter[int] = Counter()
    questions = document[operation.path][method].as_strategy(generation_mode=mode)

    @seed(20260115)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=questions)
    def ask(case: Any) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        answered[answer.status_code] += 1

    ask()
    good = 200 if operation.method == "GET" or token else 401
    assert mode is GenerationMode.NEGATIVE or operation.path.endswith("}") or answered[good], answered


def test_every_operation_of_the_document_is_asked(sqlite_store: Store, clock: Clock) -> None:
    document = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(Settings(), sqlite_store, clock))
    described = {(path, method.upper()) for path, methods in document.raw_schema["paths"].items() for method in methods}
    assert described == {(one.path, method) for one, method, _, _ in WAYS}
