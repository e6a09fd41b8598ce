"""Writing: one transaction, batch by batch."""

from app.model.batch import Batch
from app.model.headline import ItemResult


class Writer:
    """One write transaction (made by `Store.writing`)."""

    def put(self, batch: Batch) -> tuple[ItemResult, ...]:
        """Store a batch. One result per headline, then one per article, in the order of the batch; rejections are kept
        and give none. Putting the same batch again changes nothing but the time of its sightings."""
        raise NotImplementedError
