"""The only way out to the network: addresses are fetched politely, within limits, and never inside our own walls."""

from app.ingest.fetch.fetcher import Fetcher, payload_of
from app.ingest.fetch.policy import FetchPolicy

__all__ = ["FetchPolicy", "Fetcher", "payload_of"]
