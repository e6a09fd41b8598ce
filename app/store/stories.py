"""Reading stories: one story, the marks beside headlines, the most told ones, what is told in which languages."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, literal, or_, select, tuple_

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.model.search import NOTHING
from app.model.story import (
    LANGUAGES,
    Coverage,
    Covered,
    Decided,
    DecidedBy,
    Evidence,
    Judge,
    Judgement,
    Level,
    Member,
    Story,
    StoryMark,
    StoryPlace,
    Verdict,
)
from app.model.timeline import HeadlineRow
from app.store.dialects import DIALECTS, listed
from app.store.finding import LATER, Finding
from app.store.listing import carried, own
from app.store.lookup import KEYS, ask, ask_all
from app.store.schema import day_counts, digest_entries, headlines
from app.store.story_coverage import covered
from app.store.story_tables import stories, story_judgements, story_members, story_queue
from app.store.types import Id

Rows = Callable[[Iterable[int]], tuple[HeadlineRow, ...]]
"""Numbers -> these headlines, in no order (`Reader.rows`)."""

MOST_MERGES = 100
"""Stories that one number may have been merged through; numbers that are given up lead straight to the last, so that
more than one step is rare."""

_s, _m, _j, _h = stories.c, story_members.c, story_judgements.c, headlines.c
_c, _e = day_counts.c, digest_entries.c
_KEPT = (
    select(_c.day, _c.language, func.sum(_c.n))
    .where(LATER(_c.day), _c.language.in_(COLUMNS))
    .group_by(_c.day, _c.language)
)
_IN_BOTH = tuple(
    arm((day, column, func.count()), TimelineFilter(), Finding(NOTHING, sqlite=True), LATER)
    .where(covered(Covered.BOTH, column))
    .group_by(day, column)
    for arm, day, column in ((own, _h.day, _h.language), (carried, _e.day, _e.language))
)
_MEMBERS = (
    select(story_members, _h.sort_at)
    .join(headlines, _h.id == _m.headline_id)
    .where(_m.story_id.in_(KEYS), _h.hidden.is_(False))
    .order_by(_h.sort_at, _h.id)
)
_MARKS = {
    name: select(_m.headline_id, _h.language, _s.id, _s.outlets, _s.en, _s.mn, _s.lead_en, _s.lead_mn)
    .join(stories, _s.id == _m.story_id)
    .join(headlines, _h.id == _m.headline_id)
    .where(
        _m.headline_id.in_(listed(name, Id)),
        _m.level == Level.SAME.value,
        _s.en + _s.mn > 1,
        _h.hidden.is_(False),
    )
    for name in DIALECTS
}


class StoryReader:
    """What a read transaction knows of stories (made by `Reader.stories`)."""

    def __init__(self, connection: Connection, rows: Rows) -> None:
        self._connection = connection
        self._rows = rows

    def story(self, story_id: int) -> Story:
        """A story. One that was merged gives the one that it is part of: then the `id` is another. NotFound."""
        found = self.stories([self.standing(story_id)])
        if not found:
            raise _none(story_id)
        return found[0]

    def stories(self, story_ids: Sequence[int]) -> tuple[Story, ...]:
        """These stories, in this order, as many of them as there are and stand."""
        members: dict[int, list[Row[Any]]] = {}
        for row in ask(self._connection, _MEMBERS, story_ids):
            members.setdefault(row.story_id, []).append(row)
        rows = {row.id: row for row in self._rows(row.headline_id for found in members.values() for row in found)}
        return tuple(_story(number, members[number], rows) for number in story_ids if number in members)

    def of_headlines(self, headline_ids: Collection[int]) -> dict[int, StoryMark]:
        """Number of a headline -> what to show beside it; absent where nobody else surely tells its event."""
        marks = ask_all(self._connection, _MARKS, headline_ids)
        others = {number for row in marks if (number := _other(row)) is not None}
        rows = {row.id: row for row in self._rows(others)} if others else {}
        return {row.headline_id: _mark(row, rows) for row in marks}

    def story_ids(self, headline_ids: Iterable[int]) -> dict[int, int]:
        """Number of a headline -> number of its story, be it sure or possible; absent where it has none."""
        question = select(_m.headline_id, _m.story_id).where(_m.headline_id.in_(KEYS))
        return {row.headline_id: row.story_id for row in ask(self._connection, question, headline_ids)}

    def top(self, since: date, until: date, limit: int, after: StoryPlace | None = None) -> tuple[Story, ...]:
        """The stories of the days `since` to `until` (inclusive) that most outlets tell, then most headlines, then the
        latest; `limit` of them behind `after`."""
        order = (_s.outlets, _s.en + _s.mn, _s.last_at, _s.id)
        question = (
            select(_s.id)
            .where(_s.last_day >= since, _s.first_day <= until, _s.merged_into.is_(None), _s.en + _s.mn > 1)
            .order_by(*(column.desc() for column in order))
            .limit(limit)
        )
        if after:
            place = (after.outlets, after.headlines, after.last_at, after.id)
            behind = (literal(value, column.type) for value, column in zip(place, order, strict=True))
            question = question.where(tuple_(*order) < tuple_(*behind))
        return self.stories(self._connection.scalars(question).all())

    def newest(self, until: date) -> date | None:
        """The last day up to `until` on which several headlines told an event; None where there is none."""
        return self._connection.execute(
            select(_s.last_day)
            .where(_s.last_day <= until, _s.merged_into.is_(None), _s.en + _s.mn > 1)
            .order_by(_s.last_day.desc())
            .limit(1)
        ).scalar_one_or_none()

    def coverage(self, days: Sequence[date]) -> dict[date, Coverage]:
        """Day -> how many of the headlines listed there in the two columns are told in which languages; the same
        headlines as `?coverage=` lists. Every day of `days` is there."""
        if not days:
            return {}
        totals: Counter[tuple[date, str]] = Counter()
        for day, language, n in self._connection.execute(_KEPT, {"days": list(days)}):
            totals[day, language] += int(n)
        both = self._in_both(days)
        return {
            day: Coverage(
                both[day, "en"] + both[day, "mn"],
                totals[day, "mn"] - both[day, "mn"],
                totals[day, "en"] - both[day, "en"],
            )
            for day in days
        }

    def _in_both(self, days: Sequence[date]) -> Counter[tuple[date, str]]:
        found: Counter[tuple[date, str]] = Counter()
        for question in _IN_BOTH:
            for day, language, n in self._connection.execute(question, {"days": list(days)}):
                found[day, language] += n
        return found

    def waiting(self) -> int:
        """How many headlines wait to be looked at."""
        return int(self._connection.execute(select(func.count()).select_from(story_queue)).scalar_one())

    def waits_since(self) -> datetime | None:
        """When the headline came in that has the lowest number of those that wait; None when none does."""
        first = select(func.min(story_queue.c.headline_id)).scalar_subquery()
        return self._connection.execute(select(headlines.c.first_seen_at).where(headlines.c.id == first)).scalar()

    def judgements(self, story_id: int) -> tuple[Judgement, ...]:
        """What people have said of a story's headlines, latest first."""
        members = select(_m.headline_id).where(_m.story_id == story_id)
        about = or_(_j.first_id.in_(members), _j.second_id.in_(members))
        return tuple(
            map(_judgement, self._connection.execute(select(story_judgements).where(about).order_by(*_LATEST)))
        )

    def reported(self, limit: int) -> tuple[tuple[int, int], ...]:
        """(story, how many readers say of one of its headlines that it does not belong there), most first; without
        what an editor has judged."""
        judged = story_judgements.alias("judged").c
        settled = exists().where(
            judged.first_id == _j.first_id, judged.second_id == _j.second_id, judged.judge == Judge.EDITOR.value
        )
        second = story_members.alias("second").c
        readers = func.count(func.distinct(_j.by))
        question = (
            select(_m.story_id, readers)
            .join(story_judgements, _m.headline_id == _j.first_id)
            .join(second.story_id.table, and_(second.headline_id == _j.second_id, second.story_id == _m.story_id))
            .where(_j.judge == Judge.READER.value, _j.verdict == Verdict.APART.value, ~settled)
            .group_by(_m.story_id)
            .order_by(readers.desc(), _m.story_id.desc())
        )
        return tuple((story, int(n)) for story, n in self._connection.execute(question.limit(limit)))

    def decided(self) -> Iterator[Decided]:
        """All judgements, latest first, with their headlines."""
        told = [_judgement(row) for row in self._connection.execute(select(story_judgements).order_by(*_LATEST))]
        rows = {row.id: row for row in self._rows({n for one in told for n in (one.first, one.second)})}
        return (Decided(one, rows[one.first], rows[one.second]) for one in told)

    def standing(self, story_id: int) -> int:
        """The number of the story that this one is part of by now, most often its own. NotFound."""
        for _ in range(MOST_MERGES):
            row = None
            if 0 < story_id < 2**63:
                row = self._connection.execute(select(_s.merged_into).where(_s.id == story_id)).one_or_none()
            if row is None:
                raise _none(story_id)
            if row.merged_into is None:
                return story_id
            story_id = row.merged_into
        raise _none(story_id)


_LATEST = (_j.at.desc(), _j.first_id.desc(), _j.second_id.desc(), _j.judge, _j.by)


def _none(story_id: int) -> NotFound:
    return NotFound(f"There is no story {story_id}.", kind="story", key=str(story_id))


def _story(number: int, found: Sequence[Row[Any]], rows: dict[int, HeadlineRow]) -> Story:
    members = tuple(_member(row, rows[row.headline_id]) for row in found)
    sure = [(row, member) for row, member in zip(found, members, strict=True) if member.level is Level.SAME]
    counting = [member.row for _, member in sure]
    leads = (next((row for row in counting if row.language == language), None) for language in LANGUAGES)
    outlets = {row.outlet.domain: row.outlet for row in counting}
    return Story(
        id=number,
        members=members,
        leads=tuple(lead for lead in leads if lead is not None),
        outlets=tuple(outlets[domain] for domain in sorted(outlets)),
        first_at=sure[0][0].sort_at,
        last_at=sure[-1][0].sort_at,
    )


def _member(row: Row[Any], headline: HeadlineRow) -> Member:
    evidence = _evidence(row.evidence) if row.evidence else None
    return Member(headline, Level(row.level), DecidedBy(row.decided_by), row.linked_at, row.score, evidence)


def _evidence(kept: dict[str, Any]) -> Evidence:
    """What was kept as JSON, where tuples are lists."""
    pairs = {name: tuple((one, other) for one, other in kept.get(name, ())) for name in ("names", "words")}
    return Evidence(
        other=kept["other"],
        similarity=kept.get("similarity"),
        numbers=tuple(kept.get("numbers", ())),
        months=tuple(kept.get("months", ())),
        **pairs,
    )


def _other(row: Row[Any]) -> int | None:
    """The lead headline in the other language."""
    number: int | None = row.lead_mn if row.language == "en" else row.lead_en
    return number


def _mark(row: Row[Any], rows: dict[int, HeadlineRow]) -> StoryMark:
    languages = tuple(language for language in LANGUAGES if getattr(row, language))
    number = _other(row)
    return StoryMark(row.id, row.en + row.mn, row.outlets, languages, None if number is None else rows.get(number))


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(row.first_id, row.second_id, Verdict(row.verdict), Judge(row.judge), row.by, row.at)
