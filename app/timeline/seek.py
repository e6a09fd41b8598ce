"""A search, understood: the question's words become words of titles, its operators conditions of the filter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from app.model.filters import TimelineFilter
from app.model.search import NOTHING, Arm, Note, Query, Sought, Term, Why
from app.search.expand import Expanded, expand, lookup, starts, words
from app.search.query import domain, parse
from app.store import Reader

Group = tuple[Arm, ...]

_NO_QUERY = Query()

MOST_READ = 1_200
"""Titles that are read to find a phrase: the newest that have its words. Each costs some ten microseconds."""


@dataclass(frozen=True)
class Asked:
    """What a filter asks for. `filter` is the one to ask the store with: the conditions that its text names are in it;
    `sought` are the words. `impossible`: nothing can match, and the store need not be asked."""

    filter: TimelineFilter
    query: Query = _NO_QUERY
    sought: Sought = NOTHING
    notes: tuple[Note, ...] = ()
    impossible: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the question, as they are compared."""
        return self.query.words

    @cached_property
    def marked(self) -> frozenset[str]:
        """The words of titles that answer it, to be marked in them."""
        groups = (forms.spelled for group in self.sought.required for arm in group for forms in arm.forms)
        return frozenset[str]().union(*groups)


def understood(reader: Reader, f: TimelineFilter) -> Asked:
    """What `f` asks for, with its text read and its words looked up."""
    if not f.text:
        return Asked(f)
    query = parse(f.text, _Outlets(reader))
    merged = query.merged(f)
    if merged is None:
        notes = tuple(dict.fromkeys((*query.notes, Note(Why.CONFLICT))))
        return Asked(f, query, notes=notes, impossible=True)
    if not query.required:
        return Asked(merged, query, notes=query.notes, impossible=not query.conditions)
    expanded = _expanded(reader, query)
    sought = Sought(
        tuple(tuple(_arm(term, expanded) for term in group) for group in query.required),
        tuple(_arm(term, expanded) for term in query.excluded),
    )
    told = [*query.notes, *(Note(Why.BROAD, one.word) for one in expanded.values() if one.broad)]
    if sought.possible:
        sought, cut = _in_order(reader, merged, sought)
        told += [Note(Why.SLOW, str(MOST_READ))] if cut else []
    return Asked(merged, query, sought, tuple(told), impossible=not sought.possible)


def _in_order(reader: Reader, f: TimelineFilter, sought: Sought) -> tuple[Sought, bool]:
    """A question whose phrases have been looked for, each by reading the newest titles that have its words and whatever
    else is required; and whether there were more than are read."""
    cut = False

    def read(arm: Arm, others: Iterable[Group]) -> Arm:
        nonlocal cut
        if not arm.ordered or not arm.n:
            return arm
        titles = reader.titles(f, Sought((*others, (replace(arm, phrase=False),))), MOST_READ + 1)
        cut = cut or len(titles) > MOST_READ
        return replace(arm, only=tuple(number for number, title in titles[:MOST_READ] if arm.holds(words(title))))

    groups = sought.required
    required = tuple(
        tuple(read(arm, (other for other in groups if other is not group and not _ordered(other))) for arm in group)
        for group in groups
    )
    plain = tuple(group for group in required if not _ordered(group))
    return Sought(required, tuple(read(arm, plain) for arm in sought.excluded)), cut


def _ordered(group: Group) -> bool:
    return any(arm.ordered for arm in group)


def _expanded(reader: Reader, query: Query) -> dict[str, Expanded]:
    """Every word of a question with what it stands for: two look-ups, however many words there are."""
    terms = [term for group in query.required for term in group] + list(query.excluded)
    asked = list(dict.fromkeys(word for term in terms for word in term.words))
    found = reader.look_up(lookup(asked))
    more = starts(asked, found)
    if more:
        found = tuple({word.number: word for word in (*found, *reader.look_up(more))}.values())
    return {word: expand(word, found) for word in asked}


def _arm(term: Term, expanded: dict[str, Expanded]) -> Arm:
    return Arm(tuple(expanded[word].forms for word in term.words), term.phrase)


class _Outlets:
    """Outlets by what a reader calls them: the domain, its first part, a name. Looked up only when one is named."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._named: dict[str, str] | None = None

    def __call__(self, text: str) -> str | None:
        if self._named is None:
            self._named = {}
            for outlet in self._reader.outlets():
                names = (outlet.domain, *outlet.hosts, outlet.domain.partition(".")[0], outlet.name_en, outlet.name_mn)
                self._enter(outlet.domain, names)
        return self._named.get(text) or domain(text)

    def _enter(self, outlet: str, names: Iterable[str]) -> None:
        assert self._named is not None
        for name in names:
            self._named.setdefault(name.casefold(), outlet)
