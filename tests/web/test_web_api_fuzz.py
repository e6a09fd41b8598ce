"""Everything that the OpenAPI document allows, and much that it does not: no 5xx, and no answer that is not described.

Each operation is asked a bounded number of times, always the same (a fixed seed); `make check` stays quick.
"""

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from app.clock import Clock
from app.settings import Settings
from app.store import Store
from app.web.api import OPERATIONS
from app.web.api.operations import Operation
from app.web.app import create_app
from tests.web.paper import print_paper
from tests.web.relays import add_sources

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what its own dependencies have to say on import is not about us
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi import checks

EXAMPLES = 60
"""Questions for each operation, of each of both modes."""

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

WAYS = [
    (one, mode)
    for one in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or one.method != "GET" or any(p.place == "query" for p in one.parameters)
]
"""Operations with questions that their schema allows, and ones that it does not: any text may stand in a path."""


@pytest.mark.parametrize(("operation", "mode"), WAYS, ids=[f"{one.id}-{mode.value}" for one, mode in WAYS])
def test_nothing_that_is_asked_breaks_anything(
    sqlite_store: Store, clock: Clock, operation: Operation, mode: GenerationMode
) -> None:
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    document = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(Settings(), sqlite_store, clock))
    questions = document[operation.path][operation.method].as_strategy(generation_mode=mode)

    @seed(20260115)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=questions)
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
