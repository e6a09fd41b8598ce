"""The only SQL. `Store` is the door: `reading()` for one consistent view, `writing()` for one transaction."""

from app.store.engine import Store
from app.store.export import Wanted
from app.store.read import Reader
from app.store.write import Writer

__all__ = ["Reader", "Store", "Wanted", "Writer"]
