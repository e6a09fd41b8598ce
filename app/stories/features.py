"""Two headlines -> the numbers from which the linker judges whether they tell the same event."""

from collections.abc import Collection, Iterable

from app.lexicon.numbers import big, year
from app.lexicon.roman import likeness
from app.stories.facts import Facts, weight

_VECTORS = ("cos", "centred", "shared")
_SAID = ("big", "small", "conflict", "month", "months", "together", "apart", "few", "overlap", "gap")
ACROSS = (*_VECTORS, "names", *_SAID)
WITHIN = (*_VECTORS[:2], "prefixes", "contained", *_SAID)
"""Names of the features, in order: of a pair in two languages, and of a pair in one. Those of the vectors are left out
where there are none."""

_MOST_NAMES = 3.0
_MOST_NUMBERS = 2
_SIZE = 4.0  # two figures of the same thing on two days are hardly ever further apart
_DOUBT = 3.0  # weight of things that a title without any would still have

Likeness = tuple[float, float, float]
"""Cosine of the vectors as they are; centred by language; centred and turned into one space (`app.stories.space`)."""


def between(one: Facts, other: Facts, near: Likeness | None, gap: float) -> tuple[float, ...]:
    """The features of a pair, as ACROSS or WITHIN names them; without the vectors' ones if `near` is None. `gap`: days
    between the two, as far as is known."""
    if one.language != other.language:
        english, mongolian = (one, other) if other.language == "mn" else (other, one)
        return (*(near or ()), names(english, mongolian), *_said(one, other, gap))
    vectors: tuple[float, ...] = near[:2] if near else ()
    shared = len(one.prefixes & other.prefixes)
    either = len(one.prefixes | other.prefixes) or 1
    fewer = min(len(one.prefixes), len(other.prefixes)) or 1
    return (*vectors, shared / either, shared / fewer, *_said(one, other, gap))


def names(english: Facts, mongolian: Facts) -> float:
    """How many English words are names that the Mongolian title has too (`app.lexicon.roman.likeness`), at most 3."""
    return min(_MOST_NAMES, sum(likest for _, _, likest in same_names(english, mongolian)))


def same_names(english: Facts, mongolian: Facts) -> list[tuple[str, str, float]]:
    """(English word, Mongolian word, likeness) of each name that both titles have."""
    found = []
    others = list(zip(mongolian.names, mongolian.heads, strict=True))
    for word, (letter, consonant) in zip(english.names, english.heads, strict=True):
        alike = [other for other, head in others if head[0] == letter or head[1] == consonant]
        best = max(((likeness(word, other), other) for other in alike), default=(0.0, ""))
        if best[0]:
            found.append((word, best[1], best[0]))
    return found


def _said(one: Facts, other: Facts, gap: float) -> tuple[float, ...]:
    values, others = one.numbers.values, other.numbers.values
    same = values & others
    large = sum(map(big, same))
    months, other_months = one.numbers.months, other.numbers.months
    glossary = weight(one.things & other.things)
    return (
        float(min(_MOST_NUMBERS, large)),
        float(min(_MOST_NUMBERS, len(same) - large)),
        float(_conflict(one, other)),
        float(bool(months & other_months)),
        float(bool(months and other_months and not months & other_months)),
        float(min(_MOST_NUMBERS, len(one.places & other.places))),
        float(bool(one.places and other.places and not one.places & other.places)),
        float(_few(one) != _few(other) and bool(_few(one) and _few(other)) and not same),
        glossary / (min(one.weight, other.weight) + _DOUBT),
        gap,
    )


def _conflict(one: Facts, other: Facts) -> bool:
    """Both give percentages, or both large numbers (years apart), of which none is the same and two are of one size."""
    shares, other_shares = one.numbers.shares, other.numbers.shares
    if shares and other_shares and not shares & other_shares and _of_one_size(shares, other_shares):
        return True
    if one.numbers.values & other.numbers.values:
        return False
    large = {v for v in one.numbers.values if big(v) and not year(v)}
    other_large = {v for v in other.numbers.values if big(v) and not year(v)}
    return _of_one_size(large, other_large)


def _of_one_size(values: Iterable[float], others: Collection[float]) -> bool:
    return any(max(a, b) <= _SIZE * min(a, b) for a in values for b in others)


def _few(one: Facts) -> frozenset[float]:
    """The small numbers: two dead and six dead are two accidents."""
    return frozenset(value for value in one.numbers.values if not big(value))
