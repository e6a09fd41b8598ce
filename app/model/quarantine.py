"""What waits in quarantine, and what came of trying it again."""

from dataclasses import dataclass
from datetime import datetime

from app.model.headline import Rejection


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A rejection as it is kept: its number, what it came from (a file name, an address, `-`) and when it first came
    (aware UTC)."""

    id: int
    origin: str
    at: datetime
    rejection: Rejection


@dataclass(frozen=True, slots=True)
class RetryReport:
    """What came of trying the quarantine again: `tried` rejections, of which `released` are understood now (what was
    left of them is counted by outcome, a part that is still not understood as `rejected`), `still` are not; `cut` were
    not tried, because only their beginning is kept."""

    tried: int = 0
    released: int = 0
    still: int = 0
    cut: int = 0
    added: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
