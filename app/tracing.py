"""Spans for OpenTelemetry; nobody else knows it. Without ORTOO_OTEL nothing of it is imported: its packages come with
the extra `otel`. Where the spans go, how many are kept and under which name is said by the SDK's own variables
(OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER, OTEL_SERVICE_NAME …)."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from threading import Timer
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol, Self

import app
from app.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

Fact = str | bool | int | float
Facts = Mapping[str, Fact]
Kind = Literal["internal", "server", "client"]

ERROR = "error.type"
"""The attribute whose presence makes a span a failed one (its value is one of few words)."""

NONE: Mapping[str, str] = MappingProxyType({})


PATIENCE = 2.0
"""Seconds at the end after which a receiver that does not answer is not tried again: the SDK would go on for ten."""


class Spans(Protocol):
    """What begins spans: `Tracing.span`, or `untraced`."""

    def __call__(
        self, name: str, facts: Facts = NONE, *, kind: Kind = "internal", parent: Mapping[str, str] = NONE
    ) -> AbstractContextManager[dict[str, Fact]]:
        """A span while the block lasts. `name` is one of few; `facts` are attributes known at its beginning, those that
        are put into what it gives are added at its end. An exception is recorded and goes on. `parent` are headers
        (traceparent, tracestate) of whoever asked; without them it is a child of the span around it."""
        ...


@contextmanager
def untraced(
    name: str,  # noqa: ARG001
    facts: Facts = NONE,  # noqa: ARG001
    *,
    kind: Kind = "internal",  # noqa: ARG001
    parent: Mapping[str, str] = NONE,  # noqa: ARG001
) -> Iterator[dict[str, Fact]]:
    """No span: what is put into it is forgotten."""
    yield {}


class Tracing:
    """Spans through a provider of its own: the process-wide one is left to whoever runs this program. `clean` takes
    secrets out of what an exception says; `give_up` ends tries to send."""

    def __init__(
        self, provider: "TracerProvider", clean: Callable[[str], str], give_up: Callable[[], None] = lambda: None
    ) -> None:
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._trace = trace
        self._provider = provider
        self._clean = clean
        self._give_up = give_up
        self._tracer = provider.get_tracer("ortoo", app.__version__)
        self._extract = TraceContextTextMapPropagator().extract
        kinds = trace.SpanKind
        self._kinds = {"internal": kinds.INTERNAL, "server": kinds.SERVER, "client": kinds.CLIENT}

    @classmethod
    def open(cls, clean: Callable[[str], str]) -> Self:
        """Spans go out over OTLP (HTTP), by a thread of the SDK. SettingsError when the extra is not installed."""
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            name = "ORTOO_OTEL"
            raise SettingsError(f"{name}=on needs OpenTelemetry: pip install 'ortoo[otel]'", name=name) from error
        resource = Resource.create({SERVICE_VERSION: app.__version__})
        if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):  # the environment names none
            resource = resource.merge(Resource({SERVICE_NAME: "ortoo"}))
        provider = TracerProvider(resource=resource)
        exporter = OTLPSpanExporter()
        provider.add_span_processor(BatchSpanProcessor(exporter))
        return cls(provider, clean, exporter.shutdown)

    @contextmanager
    def span(
        self, name: str, facts: Facts = NONE, *, kind: Kind = "internal", parent: Mapping[str, str] = NONE
    ) -> Iterator[dict[str, Fact]]:
        """See `Spans`."""
        span = self._tracer.start_span(
            name, self._extract(parent) if parent else None, self._kinds[kind], dict(facts) or None
        )
        more: dict[str, Fact] = {}
        try:
            with self._trace.use_span(span, record_exception=False, set_status_on_exception=False):
                yield more
        except Exception as error:
            more.setdefault(ERROR, type(error).__qualname__)
            self._record(span, error)
            raise
        finally:
            span.set_attributes(more)
            if ERROR in more:
                span.set_status(self._trace.StatusCode.ERROR)
            span.end()

    def _record(self, span: "Span", error: Exception) -> None:
        """As the SDK would, but without secrets: errors name addresses of databases."""
        if span.is_recording():
            told = {
                "exception.type": f"{type(error).__module__}.{type(error).__qualname__}",
                "exception.message": self._clean(str(error)),
                "exception.stacktrace": self._clean("".join(traceback.format_exception(error))),
            }
            span.add_event("exception", told)

    def close(self) -> None:
        """Send what is left, and end."""
        late = Timer(PATIENCE, self._give_up)
        late.start()
        try:
            self._provider.shutdown()
        finally:
            late.cancel()
