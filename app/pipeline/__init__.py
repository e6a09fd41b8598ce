"""The write hall: payloads through ingest, normalise, language and dedupe into the store."""

from app.pipeline.retry import retry
from app.pipeline.run import ingest, preview

__all__ = ["ingest", "preview", "retry"]
