"""Which titles tell the same thing in the same words? Pure: the candidates are passed in.

Two titles are near-duplicates when the words of one, without their endings, all stand in the other in the same order,
and what the other has besides them is little. Case endings, tenses, `ВИДЕО:` in front or one mistyped word make no
difference; another number, a negation, a word replaced by another one do (`өслөө`, `буурлаа`: three words of four
alike, and the opposite).

They must come from different outlets within WINDOW of each other. Copies on one outlet count only on one day, and a
title that some outlet prints on several days (exchange rates, the weather) counts nowhere beyond its own day.

`keys` find the candidates: the first one stands for the whole folded title; the others, for recent headlines only, for
pairs of words, so chosen that a title with one word more or less still has one of them in common.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

from app.lexicon.stems import stem
from app.model.day import day_of
from app.model.near import Near, NearTitle

VERSION = 1
"""Of the keys that `keys` makes; see `app.search.folding.VERSION`."""

WINDOW = timedelta(days=2)
"""Outlets that take a wire story over a weekend are two days behind at most."""

FRESH = timedelta(days=7)
"""How far before its receipt a headline may be dated to be found by pairs of its words."""

FEWEST = 3
"""Words that a title must have, small ones left aside, to be recognised by them; shorter ones only as a whole."""

MOST_EXTRA = 0.3
"""Share of the longer title that may be missing in the shorter one…"""

MOST_CUT = 0.5
"""…and where that is the end of it, cut off at the right. Then the shorter one must have FEWEST_CUT words."""

FEWEST_CUT = 5

TYPO = 7
"""Letters of a word in which one mistyped letter is forgiven, once in a title."""

_SMALL = frozenset(
    (
        *("нь", "ч", "л", "бол", "ба", "болон", "бөгөөд", "юм", "байна", "байгаа", "байв", "байжээ", "вэ", "уу", "үү"),
        *("гэж", "гэв", "гэлээ", "гэнэ", "гэсэн"),
        *("a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "and", "as", "is", "are", "was", "s"),
    )
)
_LABELS = frozenset(["шууд", "видео", "фото", "бичлэг", "сурвалжилга", "яаралтай", "шинэчлэв", "онцлох"]) | frozenset(
    ["live", "video", "photo", "photos", "watch", "update", "updated", "breaking", "exclusive"]
)
_NOT = frozenset(["биш", "бус", "үгүй", "no", "not", "never", "without", "denies"])
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

Told = tuple[tuple[str, str], ...]
"""Words, each with its stem before it."""


def keys(folded: str, *, fresh: bool) -> tuple[int, ...]:
    """64-bit numbers; titles that share one may be near-duplicates. None for a title without a letter or digit."""
    if folded == " ":
        return ()
    whole = int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "big", signed=True)
    return (whole, *_pairs(folded)) if fresh else (whole,)


def is_fresh(day: date, seen_at: datetime) -> bool:
    """Whether a headline of `day` that came at the instant `seen_at` is recent enough for keys of pairs."""
    return day >= _first_fresh_day(seen_at)


@lru_cache(maxsize=64)
def _first_fresh_day(seen_at: datetime) -> date:
    return day_of(seen_at - FRESH)


def _pairs(folded: str) -> tuple[int, ...]:
    """Pairs of the three words whose hashes are lowest: one word more replaces one of the three at most. And the first
    two, which a title that was cut short still has. Of each word the first three letters count, which endings leave
    alone."""
    words = [number for number in map(_number, folded.split()) if number]
    if len(words) < FEWEST:
        return ()
    first = -(words[0] << 31 ^ words[1])
    lowest = sorted(set(words))[:3]
    if len(lowest) < 3:
        return (first, lowest[0] << 31 ^ lowest[-1])
    low, middle, high = lowest
    return (first, low << 31 ^ middle, low << 31 ^ high, middle << 31 ^ high)


@lru_cache(maxsize=65_536)
def _number(word: str) -> int:
    """32 bits for the first letters of a word; 0 for a small word or a label."""
    return crc32(word[:3].encode()) if len(word) > 2 and word not in _LABELS else 0


def near(own: NearTitle, candidates: Sequence[NearTitle]) -> tuple[Near, ...]:
    """The near-duplicates of `own` among `candidates` (which may hold it), the most alike first, then by number."""
    recurring = _recurring([own, *candidates])
    found = []
    for other in candidates:
        if other.id != own.id and _together(own, other, recurring):
            likeness = alike(own.folded, other.folded)
            if likeness:
                found.append(Near(other.id, likeness))
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.id)))


def _recurring(titles: Iterable[NearTitle]) -> frozenset[str]:
    """Folded titles that one outlet has on several days."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for one in titles:
        days[one.outlet, one.folded].add(one.day)
    return frozenset(folded for (_, folded), when in days.items() if len(when) > 1)


def _together(one: NearTitle, other: NearTitle, recurring: frozenset[str]) -> bool:
    if one.outlet == other.outlet or one.folded in recurring or other.folded in recurring:
        return one.day == other.day
    return abs(one.day - other.day) <= WINDOW


def alike(one: str, other: str) -> float:
    """How much of the longer of two folded titles both have: 1.0 for the same text, 0.0 for no near-duplicates."""
    if one == other:
        return 1.0
    shorter, longer = sorted((_told(one), _told(other)), key=len)
    if len(shorter) < FEWEST:
        return 0.0
    extra = _extra(shorter, longer)
    if extra is None:
        return 0.0
    cut = len(shorter) >= FEWEST_CUT and extra == longer[len(shorter) :]
    if any(stem in _NOT or (word[0].isdigit() and not cut) for stem, word in extra):
        return 0.0
    share = len(extra) / len(longer)
    return round(1 - share, 3) if share <= (MOST_CUT if cut else MOST_EXTRA) else 0.0


@lru_cache(maxsize=4096)
def _told(folded: str) -> Told:
    """What a title tells: its words, small ones and labels left out. A negated verb is followed by a sign of it; digits
    in groups of three are one number."""
    words = [word for word in _GROUPS.sub("", folded).split() if word not in _SMALL and word not in _LABELS]
    return tuple(part for word in words for part in _parts(word))


def _parts(word: str) -> Told:
    if word[0].isdigit() or word in _NOT:
        return ((word, word),)
    part = (stem(word), word)
    return (part, ("үгүй", "үгүй")) if word.endswith("гүй") and len(word) > 5 else (part,)


def _extra(shorter: Told, longer: Told) -> Told | None:
    """The words of `longer` that are not in `shorter`, where all of `shorter` is in it in this order; else None."""
    extra: list[tuple[str, str]] = []
    rest = iter(shorter)
    wanted = next(rest, None)
    forgiven = False
    for word in longer:
        if wanted is None:
            extra.append(word)
        elif word[0] == wanted[0]:
            wanted = next(rest, None)
        elif not forgiven and _mistyped(word[1], wanted[1]):
            forgiven, wanted = True, next(rest, None)
        else:
            extra.append(word)
    return tuple(extra) if wanted is None else None


def _mistyped(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places; digits and short words never are."""
    if min(len(one), len(other)) < TYPO or abs(len(one) - len(other)) > 1 or one[0].isdigit() or other[0].isdigit():
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
