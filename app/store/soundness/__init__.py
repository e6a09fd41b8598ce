"""Whether derived data agrees with the originals, and how it is derived again: one module a subject.

Everything is looked at in parts, each in a read transaction of its own, and mended in parts, each in a write
transaction that looks again first: so it may run beside readers and writers for as long as it takes.

Originals are what came in and what people said: headlines, digests as they were ingested, sightings, edits, sources,
judgements, corrections. Where one of those is lost nothing here can make it; it is named, and a backup has it."""

from app.store.soundness.counts import Counts
from app.store.soundness.digests import DeskDigests, Positions
from app.store.soundness.file import File
from app.store.soundness.fingerprints import Fingerprints
from app.store.soundness.index import TitleIndex
from app.store.soundness.keys import Keys
from app.store.soundness.orphans import Orphans
from app.store.soundness.part import Look, Rules, Subject
from app.store.soundness.stories import Stories

SUBJECTS: tuple[Subject, ...] = (
    File(),
    Orphans(),
    Fingerprints(),
    Keys(),
    DeskDigests(),
    Positions(),
    Counts(),
    TitleIndex(),
    Stories(),
)
"""In the order in which they are mended: what the later ones are derived from comes first."""

__all__ = ["SUBJECTS", "Look", "Rules", "Subject"]
