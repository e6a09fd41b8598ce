"""What the language room answers."""

from dataclasses import dataclass
from enum import StrEnum

DOUBTFUL_NATS = 8.0
"""A lead below this is worth an editor's look: on development headlines nearly every wrong answer lies below it."""


class Method(StrEnum):
    """What settled the language."""

    NONE = "none"  # no letters at all
    SCRIPT = "script"  # the script alone says it: Mongolian script, Han, Kana, Hangul ...
    PROFILES = "profiles"  # the letter sequences, weighed against every profile of the script
    LEGACY = "legacy"  # the same, after the old Mongolian spellings ї/є were read as ү/ө


@dataclass(frozen=True, slots=True)
class Detection:
    """The language of a text.

    `code` is ISO 639-1, or 639-3 where there is no shorter one (`bxr`), or `und`. `margin` is the lead of the answer
    over the runner-up in nats (natural logarithm of the odds), at most SURE_NATS; `confidence` the same as a share of one.
    """

    code: str
    confidence: float
    margin: float
    method: Method

    @property
    def doubtful(self) -> bool:
        """Whether an editor should have a look."""
        return self.margin < DOUBTFUL_NATS


SURE_NATS = 99.0
"""The margin of an answer that the script alone settles, and the most that is ever stated."""
