"""A search as it is asked (`Query`, words) and as the store is asked for it (`Sought`, numbers of words)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.model.filters import TimelineFilter


class Why(StrEnum):
    """Why a part of a question was understood otherwise than it was written. The page says it in words."""

    LONG = "long"  # only its beginning was read
    MANY = "many"  # more words than are looked for
    VALUE = "value"  # an operator with a value that it cannot have: taken as words
    ONLY_WITHOUT = "only-without"  # nothing but exclusions
    CONFLICT = "conflict"  # operators that contradict one another or the filter: nothing can match
    BROAD = "broad"  # a beginning of so many words that only the most frequent ones are looked for
    SLOW = "slow"  # the search was stopped before it had seen everything


@dataclass(frozen=True, slots=True)
class Note:
    """One such part: what about it, and which part."""

    why: Why
    what: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Words (folded) that must all be in the title; those of a `phrase` one behind the other."""

    words: tuple[str, ...]
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search as `app.search.query.parse` reads it. Of each of `required` one term must be in the title, of `excluded`
    none. The rest are conditions as in TimelineFilter: empty means any; `since` and `until` are inclusive."""

    required: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    notes: tuple[Note, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are looked for, without repeats."""
        return tuple(dict.fromkeys(word for terms in self.required for term in terms for word in term.words))

    @property
    def conditions(self) -> bool:
        """Whether it narrows by anything but words."""
        return bool(self.outlets or self.languages or self.since or self.until)

    def merged(self, f: TimelineFilter) -> TimelineFilter | None:
        """`f` with the question's own conditions; None where the two together leave nothing."""
        outlets, languages = _both(f.outlets, self.outlets), _both(f.languages, self.languages)
        since = max(filter(None, (f.since, self.since)), default=None)
        until = min(filter(None, (f.until, self.until)), default=None)
        if outlets is None or languages is None or (since and until and since > until):
            return None
        return f.but(outlets=outlets, languages=languages, since=since, until=until, before=f.before)


def _both(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...] | None:
    if not ours or not theirs:
        return ours or theirs
    return tuple(sorted(set(ours) & set(theirs))) or None


def _plain_words(title: str) -> Sequence[str]:
    return re.findall(r"[^\W_]+", title.casefold())


def _no_keys(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """How titles are taken apart for the search: `words` of a title, in their order, and the `keys` by which a word is
    found besides its own spelling. The pipeline hands over `app.search.expand.SPELLING`."""

    words: Callable[[str], Sequence[str]] = _plain_words
    keys: Callable[[str], Sequence[str]] = _no_keys


PLAIN = Spelling()
"""Words as they stand, without keys."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Which words of titles to look up: these `words`, those that begin with one of `starts`, those with one of `keys`
    and those with a key that begins with one of `key_starts`."""

    words: tuple[str, ...]
    starts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    key_starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of titles: its number, how it is spelled (folded), and how many headlines have it."""

    number: int
    word: str
    n: int


@dataclass(frozen=True, slots=True)
class Forms:
    """What one word of a question stands for: the words of titles that it finds, as numbers (rising) and as they are
    spelled; `n` is how many headlines have one of them, at most. `exact` are the numbers spelled just so."""

    numbers: tuple[int, ...]
    spelled: frozenset[str]
    n: int
    exact: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """A term of the question: all of its words, one behind the other in a `phrase`. `only`, where it is not None, are
    the numbers of the headlines that have the phrase: somebody has looked already (`app.timeline.seek`)."""

    forms: tuple[Forms, ...]
    phrase: bool = False
    only: tuple[int, ...] | None = None

    @property
    def ordered(self) -> bool:
        """Whether the order of words matters, so that an index of words is not enough."""
        return self.phrase and len(self.forms) > 1

    @property
    def n(self) -> int:
        """How many headlines have it, at most."""
        return min(forms.n for forms in self.forms) if self.only is None else len(self.only)

    def holds(self, words: Sequence[str]) -> bool:
        """Whether it is among the words of a title."""
        if self.phrase:
            last = len(words) - len(self.forms)
            return any(self._begins(words, at) for at in range(last + 1))
        return all(not forms.spelled.isdisjoint(words) for forms in self.forms)

    def _begins(self, words: Sequence[str], at: int) -> bool:
        return all(words[at + place] in forms.spelled for place, forms in enumerate(self.forms))


@dataclass(frozen=True)
class Sought:
    """A question as the store is asked: one arm of each group of `required` (never empty groups), and none of
    `excluded`."""

    required: tuple[tuple[Arm, ...], ...]
    excluded: tuple[Arm, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required)

    @cached_property
    def possible(self) -> bool:
        """Whether the store has the words at all."""
        return all(any(arm.n for arm in group) for group in self.required)

    @cached_property
    def n(self) -> int:
        """How many headlines match, at most."""
        return min((sum(arm.n for arm in group) for group in self.required), default=0)


NOTHING = Sought(())
"""No words are asked for."""
