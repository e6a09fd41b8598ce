"""Search: the headlines with the words of a question, by day, with what there is of them by month, language and outlet.

`search` alone asks the store; whatever finds the words behind `Reader.found` and `Reader.listed` may change."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.model.outlet import OutletName
from app.model.timeline import Day, Found, OutletCount
from app.search.folding import query_words
from app.store import Reader
from app.timeline.build import MOST_DAYS, DayCount, build_days, choose_days, column_order
from app.timeline.calendar import month_bounds
from app.timeline.query import PER_COLUMN
from app.timeline.views import MonthCount, SearchState, SearchView, Wider

SHORTEST = 2
"""Letters that the longest word of a question needs: a single one begins half of all headlines."""

MOST_FOUND = 366
"""How many days with a hit are added up; a common word has more, and its numbers then say "and more"."""

MOST_MONTHS = 24
MOST_OUTLETS = 30
MOST_ALONE = 4
"""How many words of a question that finds nothing are tried alone."""


def search(reader: Reader, f: TimelineFilter, ui: str) -> SearchView:
    """What `f` finds, columns in the order of edition `ui`."""
    words = query_words(f.text)
    state = _state(f, words)
    if state is not None:
        return SearchView(f, words, state, (), None, 0, False, (), (), (), (), reader.revision())
    everywhere, cut = reader.found(words, MOST_FOUND)
    here = everywhere
    if f.since or f.until:
        here, cut_here = reader.found(words, MOST_FOUND, f.since, f.until)
    else:
        cut_here = cut
    matching = [hit for hit in here if _in_languages(f)(hit) and _in_outlets(f)(hit)]
    shown, older = _page(reader, f, words, matching, cut_here)
    names = reader.names({hit.outlet for hit in here} | set(f.outlets))
    return SearchView(
        filter=f,
        words=words,
        state=SearchState.FOUND if matching else SearchState.NOTHING,
        days=_days(reader, replace(f, languages=_columns(f, matching, cut_here)), words, shown, ui),
        older=older,
        total=sum(hit.n for hit in matching),
        more=cut_here,
        months=_months(f, (hit for hit in everywhere if _in_languages(f)(hit) and _in_outlets(f)(hit))),
        languages=_languages(f, (hit for hit in here if _in_outlets(f)(hit))),
        outlets=_outlets(f, (hit for hit in here if _in_languages(f)(hit)), names),
        wider=() if matching else tuple(_wider(reader, f, words, everywhere, cut)),
        revision=reader.revision(),
    )


def _state(f: TimelineFilter, words: Sequence[str]) -> SearchState | None:
    """Why there is nothing to look for, if there is not."""
    if not f.text:
        return SearchState.EMPTY
    if not words:
        return SearchState.NO_WORDS
    return SearchState.SHORT if max(map(len, words)) < SHORTEST else None


def _columns(f: TimelineFilter, matching: Iterable[Found], cut: bool) -> tuple[str, ...]:
    """The languages that need a column: what is asked for, else those of the two that have a hit. Empty, which means
    both, where that is not known."""
    return f.languages or (() if cut else tuple({hit.language for hit in matching}))


def _in_languages(f: TimelineFilter) -> Callable[[Found], bool]:
    wanted = f.languages or COLUMNS
    return lambda hit: hit.language in wanted


def _in_outlets(f: TimelineFilter) -> Callable[[Found], bool]:
    return lambda hit: not f.outlets or hit.outlet in f.outlets


def _in_dates(f: TimelineFilter) -> Callable[[Found], bool]:
    return lambda hit: (not f.since or hit.day >= f.since) and (not f.until or hit.day <= f.until)


def _page(
    reader: Reader, f: TimelineFilter, words: Sequence[str], matching: Iterable[Found], cut: bool
) -> tuple[tuple[DayCount, ...], date | None]:
    """The days of one page and the day that follows below it. What was added up has them, unless it was cut short."""
    if cut:
        return choose_days(reader.days(f, words, MOST_DAYS + 1))
    of_day: Counter[date] = Counter()
    for hit in matching:
        if not f.before or hit.day < f.before:
            of_day[hit.day] += hit.n
    return choose_days(sorted(of_day.items(), reverse=True)[: MOST_DAYS + 1])


def _days(
    reader: Reader, f: TimelineFilter, words: Sequence[str], shown: Sequence[DayCount], ui: str
) -> tuple[Day, ...]:
    if not shown:
        return ()
    wanted = [day for day, _ in shown]
    listed = reader.listed(f, words, wanted, PER_COLUMN)
    complete = len(listed) == sum(n for _, n in shown)
    totals = {} if complete else reader.column_totals(f, words, wanted)
    return build_days(listed, wanted, column_order(f.languages, ui), totals)


def _months(f: TimelineFilter, hits: Iterable[Found]) -> tuple[MonthCount, ...]:
    """The newest months with a hit, whatever days the question names."""
    counted: Counter[date] = Counter()
    for hit in hits:
        counted[hit.day.replace(day=1)] += hit.n
    newest = sorted(counted.items(), reverse=True)[:MOST_MONTHS]
    return tuple(MonthCount(*month_bounds(first), n, (f.since, f.until) == month_bounds(first)) for first, n in newest)


def _languages(f: TimelineFilter, hits: Iterable[Found]) -> tuple[tuple[str, int], ...]:
    """The two columns and every other language with a hit or asked for."""
    counted = Counter(dict.fromkeys((*COLUMNS, *f.languages), 0))
    for hit in hits:
        counted[hit.language] += hit.n
    return tuple(sorted(counted.items(), key=lambda pair: (pair[0] not in COLUMNS, -pair[1], pair[0])))


def _outlets(f: TimelineFilter, hits: Iterable[Found], names: dict[str, OutletName]) -> tuple[OutletCount, ...]:
    """The outlets with most hits, and those asked for in any case."""
    counted = Counter(dict.fromkeys(f.outlets, 0))
    for hit in hits:
        counted[hit.outlet] += hit.n
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    kept = [pair for place, pair in enumerate(ranked) if place < MOST_OUTLETS or pair[0] in f.outlets]
    return tuple(OutletCount(names.get(d) or OutletName(d, d, d), n, chosen=d in f.outlets) for d, n in kept)


def _wider(
    reader: Reader, f: TimelineFilter, words: Sequence[str], everywhere: Sequence[Found], cut: bool
) -> Iterator[Wider]:
    """Questions that find something: this one without one of its conditions, else without all, else its words alone."""
    tests = {"languages": _in_languages, "outlets": _in_outlets, "dates": _in_dates}
    given = {"languages": f.languages, "outlets": f.outlets, "dates": f.since or f.until}
    without = {
        "languages": f.but(languages=()),
        "outlets": f.but(outlets=()),
        "dates": f.but(since=None, until=None),
        "all": TimelineFilter(text=f.text),
    }
    some = False
    for drops, wider in without.items():
        if given.get(drops, not some):
            n = sum(hit.n for hit in everywhere if all(test(wider)(hit) for test in tests.values()))
            some = some or n > 0
            if n:
                yield Wider(drops, wider, n, more=cut)
    for code in sorted({hit.language for hit in everywhere} - set(COLUMNS) - set(f.languages)) if not some else ():
        yield Wider("language", TimelineFilter((code,), text=f.text), _sum(everywhere, code), more=cut)
    for word in words[:MOST_ALONE] if not everywhere and len(words) > 1 else ():
        alone, cut = reader.found((word,), MOST_FOUND) if len(word) >= SHORTEST else ((), False)
        wider = TimelineFilter(text=word)
        n = sum(hit.n for hit in alone if _in_languages(wider)(hit))
        if n:
            yield Wider("words", wider, n, more=cut)


def _sum(hits: Iterable[Found], language: str) -> int:
    return sum(hit.n for hit in hits if hit.language == language)
