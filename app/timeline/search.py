"""Search: the headlines with the words of a question, by day, with what there is of them by month, language and outlet.

`search` alone asks the store; whatever finds the words behind `Reader.found` and `Reader.listed` may change."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest

from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.model.outlet import OutletName
from app.model.timeline import Day, Found, HeadlineRow, OutletCount
from app.store import Reader
from app.timeline.best import best
from app.timeline.build import MOST_DAYS, DayCount, build_days, choose_days, column_order
from app.timeline.calendar import month_bounds
from app.timeline.meant import meant
from app.timeline.query import PER_COLUMN
from app.timeline.seek import Asked, understood
from app.timeline.telling import marked, marked_rows
from app.timeline.views import AcrossView, MonthCount, SearchState, SearchView, Wider

MOST_FOUND = 1_000
"""How many hits are added up, the newest ones; a common word has more, and its numbers then say "and more"."""

MOST_MONTHS = 24
MOST_OUTLETS = 30
MOST_ALONE = 4
"""How many words of a question that finds nothing are tried alone."""


def search(reader: Reader, f: TimelineFilter, ui: str, *, by_relevance: bool = False) -> SearchView:
    """What `f` finds, columns in the order of edition `ui`; `by_relevance`: the best hits, too."""
    asked = understood(reader, f)
    state = _state(asked)
    if state is not None:
        nothing: tuple[()] = ()
        return SearchView(
            f, frozenset(), state, (), None, 0, False, *(nothing,) * 4, asked.notes, None, reader.revision()
        )
    narrow = asked.filter
    everywhere, cut = _found(reader, asked)
    here, cut_here = everywhere, cut
    if narrow.since or narrow.until:
        here, cut_here = _found(reader, asked, narrow.since, narrow.until)
    sums = _added_up(here, narrow)
    all_sums = sums if here is everywhere else _added_up(everywhere, narrow)
    shown, older = _page(reader, asked, sums.days, cut_here)
    names = reader.names({*sums.outlets, *narrow.outlets})
    found = bool(sums.days or shown)
    return SearchView(
        filter=f,
        marked=asked.marked,
        state=SearchState.FOUND if found else SearchState.NOTHING,
        days=_days(reader, asked, _columns(narrow, sums, cut_here), shown, ui),
        older=older,
        total=max(sums.days.total(), sum(n for _, n in shown)),
        more=cut_here,
        months=_months(narrow, all_sums.days),
        languages=_languages(narrow, sums.languages),
        outlets=_outlets(narrow, sums.outlets, names),
        wider=() if found else tuple(_wider(reader, f, asked, everywhere, cut)),
        notes=asked.notes,
        meant=None if found else meant(reader, asked),
        revision=reader.revision(),
        best=marked_rows(reader, best(reader, asked)) if by_relevance else (),
        question=" ".join(asked.words),
    )


def across(reader: Reader, view: SearchView, language: str, numbers: Sequence[int]) -> AcrossView | None:
    """Of the headlines `numbers`, the best first, those that the filter of a search lets through and that are not among
    its hits; None where none is."""
    f = view.filter
    shown = {row.id for row in (*view.best, *_all_rows(view.days))}
    rows = {row.id: row for row in reader.rows([number for number in numbers if number not in shown])}
    found = tuple(
        row
        for row in (rows[number] for number in numbers if number in rows)
        if (not f.outlets or row.outlet.domain in f.outlets)
        and (not f.since or row.day >= f.since)
        and (not f.until or row.day <= f.until)
    )
    return AcrossView(language, marked_rows(reader, found)) if found else None


def _all_rows(days: Iterable[Day]) -> Iterator[HeadlineRow]:
    return (row for day in days for column in day.columns for row in (*column.digest, *column.others))


def _found(
    reader: Reader, asked: Asked, since: date | None = None, until: date | None = None
) -> tuple[tuple[Found, ...], bool]:
    return ((), False) if asked.impossible else reader.found(asked.sought, MOST_FOUND, since, until)


def _state(asked: Asked) -> SearchState | None:
    """Why there is nothing to look for, if there is not."""
    if not asked.filter.text:
        return SearchState.EMPTY
    return None if asked.query.required or asked.query.conditions else SearchState.NO_WORDS


@dataclass(frozen=True, slots=True)
class _Sums:
    """Hits by day in the languages and from the outlets of a filter; by language, its languages left aside; by outlet
    (a domain), its outlets left aside."""

    days: Counter[date]
    languages: Counter[str]
    outlets: Counter[str]


def _added_up(hits: Iterable[Found], f: TimelineFilter) -> _Sums:
    days, languages, outlets = Counter[date](), Counter[str](), Counter[str]()
    wanted, chosen = f.languages or COLUMNS, f.outlets
    for day, language, outlet, n in hits:
        here = not chosen or outlet in chosen
        if here:
            languages[language] += n
        if language in wanted:
            outlets[outlet] += n
            if here:
                days[day] += n
    return _Sums(days, languages, outlets)


def _columns(f: TimelineFilter, sums: _Sums, cut: bool) -> tuple[str, ...]:
    """The languages that need a column: what is asked for, else those of the two that have a hit. Empty, which means
    both, where that is not known."""
    return f.languages or (() if cut else tuple(code for code in COLUMNS if sums.languages[code]))


def _in_languages(f: TimelineFilter) -> Callable[[Found], bool]:
    wanted = f.languages or COLUMNS
    return lambda hit: hit.language in wanted


def _in_outlets(f: TimelineFilter) -> Callable[[Found], bool]:
    return lambda hit: not f.outlets or hit.outlet in f.outlets


def _in_dates(f: TimelineFilter) -> Callable[[Found], bool]:
    return lambda hit: (not f.since or hit.day >= f.since) and (not f.until or hit.day <= f.until)


def _page(
    reader: Reader, asked: Asked, of_day: Mapping[date, int], cut: bool
) -> tuple[tuple[DayCount, ...], date | None]:
    """The days of one page and the day that follows below it. What was added up has them, unless it was cut short."""
    if asked.impossible:
        return (), None
    before = asked.filter.before
    rest = [(day, n) for day, n in of_day.items() if not before or day < before]
    if cut and len(rest) <= MOST_DAYS:
        return choose_days(reader.days(asked.filter, asked.sought, MOST_DAYS + 1))
    return choose_days(nlargest(MOST_DAYS + 1, rest))


def _days(
    reader: Reader, asked: Asked, columns: tuple[str, ...], shown: Sequence[DayCount], ui: str
) -> tuple[Day, ...]:
    if not shown:
        return ()
    f, wanted = replace(asked.filter, languages=columns), [day for day, _ in shown]
    listed = reader.listed(f, asked.sought, wanted, PER_COLUMN)
    complete = len(listed) == sum(n for _, n in shown)
    totals = {} if complete else reader.column_totals(f, asked.sought, wanted)
    return marked(build_days(listed, wanted, column_order(columns, ui), totals))


def _months(f: TimelineFilter, of_day: Mapping[date, int]) -> tuple[MonthCount, ...]:
    """The newest months with a hit, whatever days the question names."""
    counted: Counter[date] = Counter()
    for day, n in of_day.items():
        counted[day.replace(day=1)] += n
    newest = sorted(counted.items(), reverse=True)[:MOST_MONTHS]
    return tuple(MonthCount(*month_bounds(first), n, (f.since, f.until) == month_bounds(first)) for first, n in newest)


def _languages(f: TimelineFilter, hits: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The two columns and every other language with a hit or asked for."""
    counted = Counter(dict.fromkeys((*COLUMNS, *f.languages), 0))
    counted.update(hits)
    return tuple(sorted(counted.items(), key=lambda pair: (pair[0] not in COLUMNS, -pair[1], pair[0])))


def _outlets(f: TimelineFilter, hits: Counter[str], names: dict[str, OutletName]) -> tuple[OutletCount, ...]:
    """The outlets with most hits, and those asked for in any case."""
    counted = Counter(dict.fromkeys(f.outlets, 0))
    counted.update(hits)
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    kept = [pair for place, pair in enumerate(ranked) if place < MOST_OUTLETS or pair[0] in f.outlets]
    return tuple(OutletCount(names.get(d) or OutletName(d, d, d), n, chosen=d in f.outlets) for d, n in kept)


def _wider(reader: Reader, f: TimelineFilter, asked: Asked, everywhere: Sequence[Found], cut: bool) -> Iterator[Wider]:
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
        merged = asked.query.merged(wider)
        if merged is not None and given.get(drops, not some):
            n = sum(hit.n for hit in everywhere if all(test(merged)(hit) for test in tests.values()))
            some = some or n > 0
            if n:
                yield Wider(drops, wider, n, more=cut)
    unasked = set(COLUMNS) | set(asked.filter.languages)
    for code in sorted({hit.language for hit in everywhere} - unasked) if not some else ():
        yield Wider("language", TimelineFilter((code,), text=f.text), _sum(everywhere, code), more=cut)
    if not everywhere and len(asked.words) > 1:
        yield from _alone(reader, asked.words[:MOST_ALONE])


def _alone(reader: Reader, words: Iterable[str]) -> Iterator[Wider]:
    """Single words that find something."""
    for word in words:
        wider = TimelineFilter(text=word)
        alone, cut = _found(reader, understood(reader, wider))
        n = sum(hit.n for hit in alone if _in_languages(wider)(hit))
        if n:
            yield Wider("words", wider, n, more=cut)


def _sum(hits: Iterable[Found], language: str) -> int:
    return sum(hit.n for hit in hits if hit.language == language)
