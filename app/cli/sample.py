"""The sample digest that comes with the product, so that a first visit shows a real day."""

from datetime import datetime
from pathlib import Path

import app
from app.errors import EmbedderGone
from app.ingest.payload import Payload
from app.model.headline import IngestReport
from app.pipeline import ingest
from app.store import Store
from app.stories.embedder import Embedder
from app.worker.link import Linking

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"


def load_sample(store: Store, now: datetime, embedder: Embedder | None = None) -> IngestReport | None:
    """Ingest the sample and link its stories if the store holds no headline yet; None if it does."""
    with store.reading() as reader:
        if next(reader.export(chunk=1), None) is not None:
            return None
    report = ingest(Payload.of(SAMPLE, name=f"sample/{SAMPLE.name}"), store, now=now)
    try:
        _link(Linking(store, embedder, lambda: now))
    except EmbedderGone:
        _link(Linking(store, None, lambda: now))
    return report


def _link(linking: Linking) -> None:
    while linking.step():
        pass
