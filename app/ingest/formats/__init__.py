"""The registry of ingest formats. A new one is a module here with a FORMAT, and a row below; the first that recognises
itself wins, so the strictest come first."""

from app.ingest.format import Format
from app.ingest.formats import digest, ndjson

FORMATS: tuple[Format, ...] = (ndjson.FORMAT, digest.FORMAT)
