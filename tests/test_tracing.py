"""Spans: what they say, where they go, and that nobody who does not want them has anything of them."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from opentelemetry import trace
from opentelemetry.trace import StatusCode

from app.cli.logs import without_secrets
from app.errors import SettingsError
from app.settings import Settings
from app.tracing import ERROR, Tracing, untraced
from tests.spans import Recorded, facts


def test_a_span_has_what_is_known_at_its_beginning_and_at_its_end() -> None:
    spans = Recorded.begin()
    with spans.tracing.span("outer", {"a": 1}) as told, spans.tracing.span("inner", kind="client"):
        told["b"] = "two"
    inner, outer = spans.all()
    assert (outer.name, facts(outer), outer.parent) == ("outer", {"a": 1, "b": "two"}, None)
    assert inner.parent is not None
    assert inner.parent.span_id == outer.context.span_id
    assert inner.kind is trace.SpanKind.CLIENT
    assert outer.status.status_code is StatusCode.UNSET
    assert not trace.get_current_span().get_span_context().is_valid


def test_an_exception_is_recorded_without_secrets_and_goes_on() -> None:
    spans = Recorded.begin()
    with pytest.raises(ValueError, match="hunter2"), spans.tracing.span("work"):
        raise ValueError("no answer from postgresql://ortoo:hunter2@db/ortoo")
    (event,) = spans.last().events
    assert event.attributes is not None
    assert event.attributes["exception.type"] == "builtins.ValueError"
    assert event.attributes["exception.message"] == "no answer from postgresql://ortoo:***@db/ortoo"
    assert "test_tracing.py" in str(event.attributes["exception.stacktrace"])
    assert "hunter2" not in str(spans.last().to_json())
    assert facts(spans.last()) == {ERROR: "ValueError"}
    assert spans.last().status.status_code is StatusCode.ERROR


def test_without_tracing_the_same_is_said_to_nobody() -> None:
    with untraced("work", {"a": 1}, kind="server") as told:
        told["b"] = 2
    with pytest.raises(ValueError, match="it"), untraced("work"):
        raise ValueError("it")
    assert not Settings().otel
    assert Settings.load({"ORTOO_OTEL": "on"}, None).otel


def test_without_the_setting_nothing_is_imported() -> None:
    commands = "app.cli.worker, app.cli.ingest, app.cli.run, app.tracing, app.worker.traced"
    told = f"import sys, {commands}; print([n for n in sys.modules if n.startswith('opentelemetry')])"
    bare = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert bare.stdout.strip() == "[]"
    told = "import sys, app.cli.serve; print([n for n in sys.modules if n.startswith('opentelemetry.sdk')])"
    served = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert served.stdout.strip() == "[]"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"ORTOO_OTEL=on .* pip install 'ortoo\[otel\]'"):
        Tracing.open(without_secrets)


class Receiver(BaseHTTPRequestHandler):
    """Takes spans, or answers with `status`; keeps what came."""

    status = 200
    heard: ClassVar[list[tuple[str, bytes]]]

    def do_POST(self) -> None:
        self.heard.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(self.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
        """Not to standard error."""


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Receiver]]:
    """A receiver of spans that the environment names."""

    class Here(Receiver):
        heard: ClassVar[list[tuple[str, bytes]]] = []

    with HTTPServer(("127.0.0.1", 0), Here) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        yield Here
        server.shutdown()
        thread.join()


def send() -> None:
    tracing = Tracing.open(without_secrets)
    with tracing.span("work", {"ortoo.items": 3}):
        pass
    tracing.close()


@pytest.mark.parametrize("name", ["ortoo", "relay-7"])
def test_spans_arrive_where_the_environment_says(
    receiver: type[Receiver], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.tracing.PATIENCE", 60.0)
    if name != "ortoo":
        monkeypatch.setenv("OTEL_SERVICE_NAME", name)
    send()
    ((path, body),) = receiver.heard
    assert path == "/v1/traces"
    assert all(word in body for word in (b"work", b"ortoo.items", b"service.name", name.encode()))


def test_a_receiver_that_takes_nothing_is_given_up(receiver: type[Receiver], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.tracing.PATIENCE", 0.05)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "3600")
    receiver.status = 503
    send()
    assert {path for path, _ in receiver.heard} <= {"/v1/traces"}
    assert len(receiver.heard) < 6, "the SDK alone tries six times, over a minute"
