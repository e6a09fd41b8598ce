"""Spans in hand: what was told, read back from memory."""

from dataclasses import dataclass
from typing import Any, Self

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, ParentBased

from app.cli.logs import without_secrets
from app.tracing import Tracing


@dataclass(frozen=True, slots=True)
class Recorded:
    """A tracing whose spans stay here."""

    tracing: Tracing
    exporter: InMemorySpanExporter

    @classmethod
    def begin(cls) -> Self:
        provider, exporter = TracerProvider(sampler=ParentBased(ALWAYS_ON)), InMemorySpanExporter()
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        return cls(Tracing(provider, without_secrets), exporter)

    def all(self) -> tuple[ReadableSpan, ...]:
        """What has ended, in that order."""
        return tuple(self.exporter.get_finished_spans())

    def last(self) -> ReadableSpan:
        """What has ended last."""
        return self.all()[-1]


def facts(span: ReadableSpan) -> dict[str, Any]:
    """Its attributes."""
    return dict(span.attributes or {})
