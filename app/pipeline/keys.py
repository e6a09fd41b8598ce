"""The keys of stored headlines, made anew when the rules that make them have changed."""

from collections.abc import Callable
from datetime import date, datetime

from app.dedupe import near
from app.search import folding
from app.store import Store

VERSIONS = {"folded": folding.VERSION, "near": near.VERSION}
"""What this program makes."""


def are_current(store: Store) -> bool:
    """Whether every stored key is of this program's version (in an empty store they all are)."""
    with store.reading() as reader:
        return reader.key_versions() == VERSIONS or reader.last_id() == 0


def remake(store: Store, progress: Callable[[int], None] | None = None) -> int:
    """Make every key anew that is of another version; how many headlines were looked at. Interrupted at any point, it
    begins again; readers go on meanwhile. `progress` is told the number after each part."""
    with store.reading() as reader:
        if reader.key_versions() == VERSIONS:
            return 0
    seen, last = 0, 0
    while True:
        with store.writing() as writer:
            end, n = writer.remake_keys(last, _made)
            if not n:
                writer.note_key_versions(VERSIONS)
                return seen
        last, seen = end, seen + n
        if progress:
            progress(seen)


def _made(title: str, day: date, first_seen_at: datetime) -> tuple[str, tuple[int, ...]]:
    folded = folding.fold(title)
    return folded, near.keys(folded, fresh=near.is_fresh(day, first_seen_at))
