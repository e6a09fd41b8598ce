"""Which story a headline belongs to, judged from the headlines around it. Pure and incremental: a story is never taken
apart again, a headline that comes late is placed by the day it was published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.stories.facts import LANGUAGES, Facts
from app.stories.features import Likeness, between
from app.stories.model import model

WINDOW_DAYS = 2.0
"""Two headlines further apart in time are never compared; nearly all coverage of an event comes within two days."""

NEAREST = 20
"""Candidates compared in each language: the nearest by their vectors. In a window of 60 to 90 headlines that loses
nothing; taken over both languages together, the same number loses every tenth link, because headlines in one language
are nearer to one another than any translation."""

_SAME_OUTLET = 0.5
"""Taken off the score of two headlines of one outlet in one language: it tells an event once and then goes on."""

_ACROSS = 0.4
"""Taken off the score of two headlines in two languages, because a false pair is worse than none."""

_TEMPLATE = 0.75
"""Share of words from which on two titles in one language that differ in their numbers are two of a series: the
exchange rate of two days, the temperature of two mornings."""

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Told(Generic[Id]):
    """A headline as the linker sees it. `at`: days since any moment that is the same for all; `whole_day`: only its day
    is known, and `at` is where that begins. `story` is None until it is placed."""

    id: Id
    outlet: str
    facts: Facts
    at: float
    story: int | None = None
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Placement(Generic[Id]):
    """`story` None: a story of its own. `margin`: mean score over the threshold; `by`: the headlines of the story that
    it was compared with, nearest first, with each one's score over the threshold."""

    story: int | None
    margin: float
    by: tuple[tuple[Id, float], ...] = ()


def place(
    new: Told[Id],
    window: Sequence[tuple[Told[Id], Likeness | None]],
    *,
    apart: Callable[[Id, Id], bool] = lambda *_: False,
) -> Placement[Id]:
    """The story of `new` among the headlines of its window (with how near their vectors are to its own). `apart` says
    of two ids that a person parted them: their stories are never joined."""
    stories: dict[int, list[tuple[Id, float]]] = {}
    parted: set[int] = set()
    for other, near in nearest(window):
        if other.story is None:
            continue
        if apart(new.id, other.id):
            parted.add(other.story)
        stories.setdefault(other.story, []).append((other.id, over(new, other, near)))
    best: Placement[Id] = Placement(None, 0.0)
    for story, members in stories.items():
        margin = sum(over for _, over in members) / len(members)
        if (
            margin >= 0
            and story not in parted
            and (best.story is None or (margin, -story) > (best.margin, -best.story))
        ):
            best = Placement(story, margin, tuple(sorted(members, key=lambda member: -member[1])))
    return best


def nearest(
    window: Sequence[tuple[Told[Id], Likeness | None]],
) -> list[tuple[Told[Id], Likeness | None]]:
    """The NEAREST in each language by vectors; everything where there are none."""
    chosen = []
    for language in LANGUAGES:
        candidates = [candidate for candidate in window if candidate[0].facts.language == language]
        if len(candidates) > NEAREST and all(near for _, near in candidates):
            candidates.sort(key=lambda candidate: candidate[1][0] if candidate[1] else 0.0, reverse=True)
            candidates = candidates[:NEAREST]
        chosen += candidates
    return chosen


def over(one: Told[Id], other: Told[Id], near: Likeness | None) -> float:
    """How much more speaks for the two being one event than it takes, as log-odds; without `near` by words alone."""
    across = one.facts.language != other.facts.language
    if not across:
        if one.facts.text.casefold() == other.facts.text.casefold():
            return _CERTAIN
        if series(one.facts, other.facts):
            return -_CERTAIN
    judge = model(vectors=near is not None)
    score = (judge.across if across else judge.within)(between(one.facts, other.facts, near, gap(one, other)))
    again = not across and one.outlet == other.outlet
    return score - judge.threshold - (_ACROSS if across else _SAME_OUTLET if again else 0.0)


_CERTAIN = 12.0
_SOME_HOURS = 1 / 3  # of a day


def gap(one: Told[Id], other: Told[Id]) -> float:
    """Days between two headlines; where an hour is not known, no less than two hours of a day are apart on average. Two
    outlets that say the very same instant do not know it either."""
    days = abs(one.at - other.at)
    unknown = one.whole_day or other.whole_day or (not days and one.outlet != other.outlet)
    return max(days, _SOME_HOURS) if unknown else days


def series(one: Facts, other: Facts) -> bool:
    """Two titles of a series: one template, other numbers."""
    values, others = one.numbers.values, other.numbers.values
    if not values or not others or values == others:
        return False
    words = [{prefix for prefix in facts.prefixes if not any(map(str.isdigit, prefix))} for facts in (one, other)]
    either = len(words[0] | words[1])
    return bool(either) and len(words[0] & words[1]) / either >= _TEMPLATE
