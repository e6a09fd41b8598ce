"""What is derived from stored titles, made anew when the rules that make it have changed: keys and the search's
index."""

from collections.abc import Callable
from datetime import date, datetime

from app.dedupe import near
from app.search import expand, folding
from app.store import Store

VERSIONS = {"folded": folding.VERSION, "near": near.VERSION, "words": expand.VERSION}
"""What this program makes."""

Progress = Callable[[int], None]


def are_current(store: Store) -> bool:
    """Whether every stored key is of this program's version (in an empty store they all are) and every headline in the
    index."""
    with store.reading() as reader:
        return reader.last_id() == 0 or (reader.key_versions() == VERSIONS and not reader.index.unfinished())


def not_indexed(store: Store, most: int = 200) -> list[int]:
    """Of the `most` oldest and as many newest headlines, the numbers of those that a search does not find as they
    are."""
    with store.reading() as reader:
        return reader.index.missing(expand.SPELLING, most)


def remake(store: Store, progress: Progress | None = None) -> int:
    """Make anew what is of another version; how many headlines were looked at. Readers go on meanwhile, and so do those
    who write; `progress` is told the number after each part. Interrupted at any point, it goes on where it stopped with
    the index, and begins again with the keys."""
    with store.reading() as reader:
        there, unfinished = reader.key_versions(), reader.index.unfinished()
    if there == VERSIONS and not unfinished:
        return 0
    seen = 0
    if any(there.get(name) != VERSIONS[name] for name in ("folded", "near")):
        seen = _remake_keys(store, progress)
    if there.get("words") != VERSIONS["words"] and not unfinished:
        with store.writing() as writer:
            writer.begin_index()
    return max(seen, _build_index(store, progress))


def _remake_keys(store: Store, progress: Progress | None) -> int:
    seen, last = 0, 0
    while True:
        with store.writing() as writer:
            end, n = writer.remake_keys(last, derived)
            if not n:
                return seen
        last, seen = end, seen + n
        if progress:
            progress(seen)


def _build_index(store: Store, progress: Progress | None) -> int:
    seen = 0
    while True:
        with store.writing() as writer:
            n = writer.build_index(expand.SPELLING)
            if not n:
                writer.note_key_versions(VERSIONS)
                return seen
        seen += n
        if progress:
            progress(seen)


def derived(title: str, day: date, first_seen_at: datetime) -> tuple[str, tuple[int, ...]]:
    """Of a headline's title, day and first sight: the folded title, and the keys by which near-duplicates find it."""
    folded = folding.fold(title)
    return folded, near.keys(folded, fresh=near.is_fresh(day, first_seen_at))
