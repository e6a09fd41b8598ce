"""The only SQL. `Store` is the door: `reading()` for one consistent view, `writing()` for one transaction, `viewing()`
for readers, whom a replica may answer.

`Reader.stories` (`app.store.stories`): a story, the marks beside headlines, the most told ones, coverage;
`app.store.story_coverage.covered` is the condition of the filter. `Reader.linking` and `Writer.stories` are for the
linker and for editors."""

from app.store.backup import Copied, Tools
from app.store.engine import Store
from app.store.export import Wanted
from app.store.read import Reader
from app.store.replicas import ReplicaLost, ReplicaState
from app.store.soundness import SUBJECTS, Rules
from app.store.write import Writer

__all__ = [
    "SUBJECTS",
    "Copied",
    "Reader",
    "ReplicaLost",
    "ReplicaState",
    "Rules",
    "Store",
    "Tools",
    "Wanted",
    "Writer",
]
