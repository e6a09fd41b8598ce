"""Writing stories: the queue, vectors, links, and what people decide, which no machine changes."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from app.errors import BadFilter, NotFound
from app.model.linking import Link, Looked
from app.model.story import DecidedBy, Judge, Judgement, Level, Verdict
from app.store.dialects import insert as insert_new
from app.store.lookup import KEYS, ask
from app.store.registry import next_id, plain
from app.store.schema import headlines
from app.store.story_kept import renew, stories_of
from app.store.story_queue import linkage, model_number
from app.store.story_tables import (
    stories,
    story_judgements,
    story_linkage,
    story_members,
    story_queue,
    story_vectors,
)

_s, _m, _j, _h, _q, _v = (
    table.c for table in (stories, story_members, story_judgements, headlines, story_queue, story_vectors)
)
_SORT = select(_h.id, _h.sort_at, _h.day).where(_h.id.in_(KEYS))
_STORY = select(_m.headline_id, _m.story_id).where(_m.headline_id.in_(KEYS))
_LOOKED = select(_q.headline_id).where(_q.headline_id.in_(KEYS))


class StoryWriter:
    """What a write transaction may do to stories (made by `Writer.stories`); `show` is called when a reader could see a
    difference."""

    def __init__(self, connection: Connection, show: Callable[[], None]) -> None:
        self._connection = connection
        self._show = show

    def apply(
        self, model: str, looked: Sequence[Looked], links: Sequence[Link], now: datetime, *, worked_out: int
    ) -> bool:
        """Write down what became of headlines that were taken from the queue, and take them off it. `model` made the
        vectors; `worked_out` is the linkage (`LinkReader.linkage`) that the links were worked out from: if it is
        another by now nothing is written, False. What is no longer in the queue somebody else has written down."""
        if linkage(self._connection) != worked_out:
            return False
        mine = {row.headline_id for row in ask(self._connection, _LOOKED, [one.headline for one in looked])}
        self._keep(model, [one for one in looked if one.headline in mine])
        for number in mine:
            self._connection.execute(delete(story_queue).where(_q.headline_id == number))
        self.link([link for link in links if link.headline in mine], now)
        return True

    def link(self, links: Sequence[Link], now: datetime) -> None:
        """Put headlines into stories, in this order. One that is in a story already stays there."""
        changed: set[int] = set()
        for one in links:
            placed = self._stories([one.headline, one.to])
            if one.headline in placed:
                continue
            story = placed.get(one.to) or self._begin([one.to], now)
            self._add(story, one, now)
            changed.add(story)
        self._changed(changed, now)

    def judge(self, judgement: Judgement) -> bool:
        """Write down what somebody says of two headlines; False if they had said it before. An editor's word is carried
        out by `merge` and `split`, which call this. NotFound for an unknown headline, BadFilter for one and the same.
        """
        if judgement.first == judgement.second:
            raise BadFilter("Two different headlines are needed.", name="headline")
        first, second = sorted((judgement.first, judgement.second))
        self._known([first, second])
        row = {
            "first_id": first,
            "second_id": second,
            "judge": judgement.judge.value,
            "by": plain(judgement.by),
            "verdict": judgement.verdict.value,
            "at": judgement.at,
        }
        key = [_j[name] == row[name] for name in ("first_id", "second_id", "judge", "by")]
        had = self._connection.execute(select(_j.verdict).where(*key)).scalar_one_or_none()
        statement = insert_new(self._connection, story_judgements).values(row)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["first_id", "second_id", "judge", "by"],
                set_={"verdict": statement.excluded.verdict, "at": statement.excluded.at},
            )
        )
        return had != judgement.verdict.value

    def merge(self, headline_ids: Iterable[int], by: str, now: datetime) -> int:
        """An editor says that these headlines, with all that is in their stories, tell one event: one story, the one
        with the lowest number, into which the others lead from now on; a new one where none is in any. Its number.
        NotFound."""
        numbers = sorted(set(headline_ids))
        self._known(numbers)
        if len(numbers) < 2:
            raise BadFilter("Two headlines are needed to make one story.", name="headline")
        placed = self._stories(numbers)
        kept = min(placed.values(), default=0) or self._begin(numbers[:1], now)
        gone = set(placed.values()) - {kept}
        listed = self._members([kept])
        said = sorted({*self._members(gone), *numbers} - {listed[0]})
        self._say([(listed[0], other) for other in said], Verdict.SAME, by, now)
        if gone:
            self._connection.execute(update(story_members).where(_m.story_id.in_(gone)).values(story_id=kept))
            self._lead(gone, kept, now)
        inside = self._stories(said)
        for number in said:
            if number not in inside:
                self._add(kept, Link(number, listed[0], by_person=True), now)
        self._by_person([listed[0], *said])
        self._changed({kept}, now)
        return kept

    def split(self, story_id: int, headline_ids: Iterable[int], by: str, now: datetime) -> int | None:
        """An editor says that these headlines do not belong to the story. Two or more make a story of their own, whose
        number is given; a single one is alone again. The story keeps its number and the rest. NotFound if one is not in
        it, BadFilter if nothing would be left."""
        leaving = sorted(set(headline_ids))
        listed = self._members([story_id])
        if not leaving or not set(leaving) <= set(listed):
            raise NotFound(f"Not all of these headlines are in story {story_id}.", kind="story", key=str(story_id))
        staying = [number for number in listed if number not in leaving]
        if not staying:
            raise BadFilter("One headline has to stay in the story.", name="headline")
        self._say([(one, other) for one in leaving for other in staying], Verdict.APART, by, now)
        if len(leaving) == 1:
            self._connection.execute(delete(story_members).where(_m.headline_id.in_(leaving)))
            self._changed({story_id}, now)
            return None
        made = self._new(now, leaving)
        self._move(leaving, made)
        self._by_person(leaving)
        self._changed({story_id, made}, now)
        return made

    def rearrange(
        self,
        leaving: Collection[int],
        links: Sequence[Link],
        keeping: Mapping[int, int],
        now: datetime,
        *,
        worked_out: int,
    ) -> bool:
        """Redo links: `leaving` go out of their stories, then `links` are made in their order. Where two headlines
        without a story begin one it gets the number that `keeping` has for the first (`Link.to`), if any. A number
        whose headlines are all elsewhere leads to where the first of them is; one whose headlines are all alone keeps
        that first one. False, and nothing done, where `worked_out` is not the present linkage."""
        if linkage(self._connection) != worked_out:
            return False
        touched = stories_of(self._connection, [*leaving, *(link.to for link in links)])
        before = {story: self._members([story]) for story in touched}
        for number in leaving:
            self._connection.execute(delete(story_members).where(_m.headline_id == number))
        for one in links:
            story = self._stories([one.to]).get(one.to)
            if story is None:
                story = keeping.get(one.to) or self._new(now, [one.to])
                self._connection.execute(update(stories).where(_s.id == story).values(merged_into=None))
                self._add(story, Link(one.to, one.to), now)
            self._add(story, one, now)
            touched.add(story)
        self._inherit(before, now)
        self._changed(touched, now)
        return True

    def _inherit(self, before: Mapping[int, Sequence[int]], now: datetime) -> None:
        for story, members in before.items():
            if self._members([story]):
                continue
            elsewhere = self._stories(members)
            heir = next((elsewhere[number] for number in members if number in elsewhere), None)
            if heir is None:
                self._add(story, Link(members[0], members[0]), now)
            else:
                self._lead({story}, heir, now)

    def _lead(self, gone: Collection[int], to: int, now: datetime) -> None:
        """Let the numbers that are given up, and those that led to them, lead to a story."""
        leading = update(stories).where(or_(_s.id.in_(gone), _s.merged_into.in_(gone)))
        self._connection.execute(leading.values(merged_into=to, updated_at=now))

    def _keep(self, model: str, looked: Sequence[Looked]) -> None:
        if not looked:
            return
        number = model_number(self._connection, model)
        rows = [
            {"headline_id": one.headline, "model_id": number, "text_key": one.text_key, "vector": one.vector}
            for one in looked
        ]
        statement = insert_new(self._connection, story_vectors)
        new = {name: statement.excluded[name] for name in ("model_id", "text_key", "vector")}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["headline_id"], set_=new), rows)

    def _begin(self, headline_ids: Sequence[int], now: datetime) -> int:
        """A new story with a headline that nothing had to be found out about."""
        made = self._new(now, headline_ids)
        for number in headline_ids:
            self._add(made, Link(number, number), now)
        return made

    def _new(self, now: datetime, headline_ids: Sequence[int]) -> int:
        made = next_id(self._connection, stories)
        first = self._known(headline_ids)[0]
        row = {"first_at": first.sort_at, "last_at": first.sort_at, "first_day": first.day, "last_day": first.day}
        counts = {"outlets": 0, "en": 0, "mn": 0}
        self._connection.execute(insert(stories).values(id=made, **row, **counts, created_at=now, updated_at=now))
        return made

    def _add(self, story: int, link: Link, now: datetime) -> None:
        evidence = {name: value for name, value in asdict(link.evidence).items() if value} if link.evidence else None
        self._connection.execute(
            insert(story_members).values(
                headline_id=link.headline,
                story_id=story,
                level=link.level.value,
                decided_by=(DecidedBy.PERSON if link.by_person else DecidedBy.MACHINE).value,
                score=link.score,
                evidence=evidence,
                linked_at=now,
                both=False,
            )
        )

    def _move(self, headline_ids: Iterable[int], story: int) -> None:
        for number in headline_ids:
            self._connection.execute(update(story_members).where(_m.headline_id == number).values(story_id=story))

    def _by_person(self, headline_ids: Iterable[int]) -> None:
        for number in headline_ids:
            values = {"level": Level.SAME.value, "decided_by": DecidedBy.PERSON.value}
            self._connection.execute(update(story_members).where(_m.headline_id == number).values(**values))

    def _say(self, pairs: Iterable[tuple[int, int]], verdict: Verdict, by: str, now: datetime) -> None:
        for one, other in pairs:
            self.judge(Judgement(min(one, other), max(one, other), verdict, Judge.EDITOR, by, now))

    def _stories(self, headline_ids: Iterable[int]) -> dict[int, int]:
        return {row.headline_id: row.story_id for row in ask(self._connection, _STORY, headline_ids)}

    def _members(self, story_ids: Collection[int]) -> list[int]:
        """Numbers of the headlines of these stories, oldest first."""
        question = select(_m.headline_id).join(headlines, and_(_h.id == _m.headline_id, _m.story_id.in_(story_ids)))
        return list(self._connection.scalars(question.order_by(_h.sort_at, _h.id)))

    def _known(self, headline_ids: Sequence[int]) -> list[Any]:
        """When these headlines appeared, in this order. NotFound."""
        found = {row.id: row for row in ask(self._connection, _SORT, [n for n in headline_ids if 0 < n < 2**63])}
        for number in headline_ids:
            if number not in found:
                raise NotFound(f"There is no headline {number}.", kind="headline", key=str(number))
        return [found[number] for number in headline_ids]

    def _changed(self, story_ids: Collection[int], now: datetime) -> None:
        if not story_ids:
            return
        renew(self._connection, story_ids, now)
        statement = insert_new(self._connection, story_linkage).values(id=1, n=1)
        more = {"n": story_linkage.c.n + 1}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=more))
        self._show()
