"""A span for every request: its name and attributes, whose trace it continues, and what goes wrong."""

from collections.abc import Iterator

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from app.clock import Clock
from app.errors import Unavailable
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.door import Door
from tests.spans import Recorded, facts
from tests.web.asking import Client
from tests.web.paper import print_paper

NEAR, STRANGER = "10.1.2.3", "198.51.100.7"
TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
GIVEN = {"traceparent": f"00-{TRACE}-{SPAN}-01", "tracestate": "a=1"}


@pytest.fixture
def spans() -> Recorded:
    return Recorded.begin()


@pytest.fixture
def traced(sqlite_store: Store, clock: Clock, spans: Recorded) -> Iterator[Client]:
    print_paper(sqlite_store)
    settings = Settings(trusted_proxies="10.0.0.0/8")
    with Client(create_app(settings, sqlite_store, clock, tracing=spans.tracing)) as client:
        yield client


def test_every_request_is_a_span_out_of_memory_too(traced: Client, spans: Recorded) -> None:
    answers = [traced.get("/en/2026-01-15?lang=mn", {"Accept": "text/html"}) for _ in range(3)]
    assert len(spans.all()) == 3
    for answer, span in zip(answers, spans.all(), strict=True):
        assert (span.name, span.kind, span.parent) == ("GET page", SpanKind.SERVER, None)
        assert facts(span) == {
            "http.request.method": "GET",
            "http.response.status_code": 200,
            "url.path": "/en/2026-01-15",
            "url.scheme": "http",
            "ortoo.route": "page",
            "ortoo.request": answer.number,
        }
        assert span.status.status_code is StatusCode.UNSET


@pytest.mark.parametrize(
    ("method", "address", "name", "status"),
    [
        ("POST", "/api/v1/headlines", "POST api", 401),
        ("GET", "/static/none.css", "GET static", 404),
        ("HEAD", "/mn.atom", "HEAD other", 200),
        ("GET", "/desk/en/login?to=secret", "GET desk", 200),
        ("BREW", "/en/", "HTTP page", 405),
    ],
)
def test_names_are_few_and_a_refusal_is_no_failure(
    traced: Client, spans: Recorded, method: str, address: str, name: str, status: int
) -> None:
    assert traced.ask(method, address).status_code == status
    assert spans.last().name == name
    assert facts(spans.last())["http.response.status_code"] == status
    assert facts(spans.last())["http.request.method"] == ("_OTHER" if method == "BREW" else method)
    assert spans.last().status.status_code is StatusCode.UNSET
    assert "secret" not in str(spans.last().to_json())


def test_a_trace_is_taken_up_from_trusted_proxies_only(traced: Client, spans: Recorded) -> None:
    near = traced.ask("GET", "/en/", {**GIVEN, "X-Forwarded-For": STRANGER, "X-Forwarded-Proto": "https"}, client=NEAR)
    parent = spans.last().parent
    assert parent is not None
    assert (f"{parent.trace_id:032x}", f"{parent.span_id:016x}", parent.is_remote) == (TRACE, SPAN, True)
    assert parent.trace_state["a"] == "1"
    assert spans.last().context.trace_id == parent.trace_id
    assert facts(spans.last())["url.scheme"] == "https"
    assert facts(spans.last())["ortoo.request"] == near.number
    traced.ask("GET", "/en/", GIVEN, client=STRANGER)
    assert spans.last().parent is None
    assert f"{spans.last().context.trace_id:032x}" != TRACE


@pytest.mark.parametrize(
    "given", ["", "nonsense", f"00-{TRACE}-{SPAN}", f"00-{'0' * 32}-{SPAN}-01", f"ff-{TRACE}-{SPAN}-01", "00-ä-ö-01"]
)
def test_what_is_no_trace_begins_a_new_one(traced: Client, spans: Recorded, given: str) -> None:
    assert traced.ask("GET", "/en/", {"traceparent": given}, client=NEAR).status_code == 200
    assert spans.last().parent is None


def test_a_proxy_that_keeps_no_spans_is_followed_in_that(traced: Client, spans: Recorded) -> None:
    traced.ask("GET", "/en/", {"traceparent": f"00-{TRACE}-{SPAN}-00"}, client=NEAR)
    assert not spans.all()


def test_a_failure_is_one(traced: Client, spans: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(error: Exception) -> None:
        def fail(_: Store) -> None:
            raise error

        for name in ("reading", "viewing"):
            monkeypatch.setattr(Store, name, fail)

    failing(Unavailable("It is away.", url="", cause="test"))
    assert traced.get("/en/2026-01-14").status_code == 503
    assert facts(spans.last())["error.type"] == "503"
    assert spans.last().status.status_code is StatusCode.ERROR
    failing(ZeroDivisionError("by token=hunter2"))
    answer = traced.get("/en/2026-01-14")
    assert (answer.status_code, facts(spans.last())["http.response.status_code"]) == (500, 500)
    assert facts(spans.last())["ortoo.request"] == answer.number
    (event,) = spans.last().events
    assert event.attributes is not None
    assert event.attributes["exception.type"] == "builtins.ZeroDivisionError"
    assert "hunter2" not in str(spans.last().to_json())
    assert spans.last().status.status_code is StatusCode.ERROR


def test_without_tracing_no_layer_is_added(sqlite_store: Store, clock: Clock) -> None:
    assert isinstance(create_app(Settings(), sqlite_store, clock).front, Door)
