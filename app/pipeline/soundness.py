"""Whether what is derived in the store agrees with the originals, by the rules of the rooms that derive it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from app.dedupe import fingerprint
from app.errors import SchemaOutOfDate
from app.model.soundness import Finding
from app.pipeline.keys import VERSIONS, derived
from app.search import expand
from app.store import SUBJECTS, Rules, Store

EXAMPLES = 5
"""Words about so many faults of a part are passed on."""

_OF_RULES = ("keys", "index")
"""What is made anew by `ortoo migrate` when its rules have changed (`app.pipeline.keys`)."""

Progress = Callable[[str, int], None]
"""Told the part's name and how many things of it have been looked at."""


def look_through(store: Store, now: datetime, progress: Progress, *, repair: bool = False) -> Iterator[Finding]:
    """Every kind of derived data, one after the other; with `repair` what is wrong is derived again, part by part,
    beside readers and other writers. The order is that of `SUBJECTS`, the revision before all."""
    rules = Rules(expand.SPELLING, derived, fingerprint.url_key, fingerprint.title_key, now)
    first = _revision(store, repair=repair)
    yield first
    if not first.sound:
        return  # nothing else can be read without it
    with store.reading() as reader:
        outdated = reader.last_id() > 0 and reader.key_versions() != VERSIONS
    for subject in SUBJECTS:
        if outdated and subject.name in _OF_RULES:
            yield Finding(subject.name, 0, 1, 0, ("made by the rules of another version: run `ortoo migrate`",))
            continue
        yield _through(store, subject, rules, progress, repair=repair)


def _revision(store: Store, *, repair: bool) -> Finding:
    try:
        store.revision()
    except SchemaOutOfDate as error:
        if not repair:
            return Finding("revision", 1, 1, 0, (error.message,))
        store.mend_revision()
        store.revision()
        return Finding("revision", 1, 1, 1, (error.message,))
    return Finding("revision", 1, 0, 0, ())


def _through(store: Store, subject: Any, rules: Rules, progress: Progress, *, repair: bool) -> Finding:
    looked, faults, left, after = 0, 0, 0, None
    examples: list[str] = []
    while True:
        found = store.look(subject, rules, after)
        looked, faults = looked + found.looked, faults + len(found.faults)
        examples += found.faults[: EXAMPLES - len(examples)]
        if found.faults and repair:
            store.mend(subject, rules, after)
            _build(store)
            left += min(len(store.look(subject, rules, after).faults), len(found.faults))
        else:
            left += len(found.faults)
        progress(subject.name, looked)
        if found.after is None:
            return Finding(subject.name, looked, faults, faults - left, tuple(examples))
        after = found.after


def _build(store: Store) -> None:
    """Bring headlines into an index that was begun anew, part by part."""
    while True:
        with store.writing() as writer:
            if not writer.build_index(expand.SPELLING):
                return
