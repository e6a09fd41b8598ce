"""What the language room answers."""

from enum import StrEnum

from app.model.value import value

DOUBTFUL_NATS = 8.0
"""A lead below this is worth an editor's look: seven in ten wrong answers on headlines of five words or more lie below
it, and about one Mongolian or English headline in a hundred does."""


class Method(StrEnum):
    """What settled the language."""

    NONE = "none"  # no letters at all
    SCRIPT = "script"  # the script alone says it: Mongolian script, Han, Kana, Hangul ...
    PROFILES = "profiles"  # the letter sequences, weighed against every profile of the script
    LEGACY = "legacy"  # the same, after the old Mongolian spellings ї/є were read as ү/ө


@value(frozen=True, slots=True)
class Detection:
    """The language of a text.

    `code` is ISO 639-1, or 639-3 where there is no shorter one (`bxr`), or `und`. `margin` is the lead of the answer
    over the runner-up in nats (natural logarithm of the odds), 0 to SURE_NATS; `confidence` (0 to 1) is how often an
    answer with such a lead is right, code for code.
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
