"""Questions as the store takes them, from words."""

from app.model.filters import TimelineFilter
from app.model.search import Sought
from app.store import Reader
from app.timeline.seek import understood


def sought(reader: Reader, *words: str) -> Sought:
    """What these words ask of the store that `reader` reads."""
    return understood(reader, TimelineFilter(text=" ".join(words))).sought
