"""The sample digest that comes with the product, so that a first visit shows a real day."""

from datetime import datetime
from pathlib import Path

import app
from app.ingest.payload import Payload
from app.model.headline import IngestReport
from app.pipeline import ingest
from app.store import Store

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"


def load_sample(store: Store, now: datetime) -> IngestReport | None:
    """Ingest the sample if the store holds no headline yet; None if it does."""
    with store.reading() as reader:
        if next(reader.export(chunk=1), None) is not None:
            return None
    return ingest(Payload.of(SAMPLE, name=f"sample/{SAMPLE.name}"), store, now=now)
