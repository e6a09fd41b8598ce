"""Near-duplicates: the same wire text on several outlets stays one headline for each, and they know of each other."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NearTitle:
    """What the comparison of titles looks at: the title's search form (`app.search.folding`), its outlet's registrable
    domain and its own day."""

    id: int
    folded: str
    outlet: str
    day: date


@dataclass(frozen=True, slots=True)
class Near:
    """A near-duplicate: the headline's number, and how much of the longer title both have in common, up to 1.0 for the
    same words."""

    id: int
    likeness: float
