"""The queue of headlines that wait to be looked at, and what the linker asks of the store."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, delete, func, insert, literal, null, or_, select, update

from app.model.day import day_of
from app.model.linking import Linkable
from app.model.story import LANGUAGES, DecidedBy, Judge, Verdict
from app.store.dialects import insert_many
from app.store.lookup import KEYS, ask
from app.store.registry import next_id
from app.store.schema import headlines, outlets
from app.store.story_tables import (
    story_judgements,
    story_linkage,
    story_members,
    story_models,
    story_queue,
    story_vectors,
)

NEWS = timedelta(days=3)
"""A headline that came this long after its day, or earlier, is news and goes before the archive."""

_h, _o, _m, _q, _v, _j = (
    table.c for table in (headlines, outlets, story_members, story_queue, story_vectors, story_judgements)
)
_LINKABLE = (_h.id, _h.title, _h.language, _o.domain, _h.sort_at, _m.story_id)


class LinkReader:
    """What the linker asks in a read transaction (made by `Reader.linking`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self) -> bool:
        """Whether any headline waits to be looked at."""
        return self._connection.execute(select(_q.headline_id).limit(1)).first() is not None

    def by_person(self, headline_ids: Iterable[int]) -> frozenset[int]:
        """Those of these headlines that a person put where they are."""
        question = select(_m.headline_id).where(_m.headline_id.in_(KEYS), _m.decided_by == DecidedBy.PERSON.value)
        return frozenset(row.headline_id for row in ask(self._connection, question, headline_ids))

    def linkage(self) -> int:
        """Rises with every change of who belongs to which story."""
        return linkage(self._connection)

    def headlines(self, headline_ids: Iterable[int]) -> tuple[Linkable, ...]:
        """These headlines without their vectors, in order of time."""
        found = ask(self._connection, _joined(_LINKABLE).where(_h.id.in_(KEYS)), headline_ids)
        return tuple(sorted(map(_linkable, found), key=_time))

    def around(self, since: datetime, until: datetime, model: str) -> tuple[Linkable, ...]:
        """The headlines that appeared from `since` to `until` and have been looked at, with the vectors of `model`, in
        order of time."""
        vector = case((story_models.c.name == model, _v.vector)).label("vector")
        question = _joined((*_LINKABLE, vector)).join(story_vectors, _v.headline_id == _h.id)
        question = question.join(story_models, story_models.c.id == _v.model_id)
        days = _h.day.between(day_of(since) - timedelta(days=1), day_of(until) + timedelta(days=1))
        question = question.where(days, _h.language.in_(LANGUAGES), _h.sort_at.between(since, until))
        return tuple(sorted(map(_linkable, self._connection.execute(question)), key=_time))

    def newest(self, language: str, limit: int) -> tuple[Linkable, ...]:
        """The newest headlines in a language by their numbers, without vectors."""
        question = _joined(_LINKABLE).where(_h.language == language).order_by(_h.id.desc())
        return tuple(map(_linkable, self._connection.execute(question.limit(limit))))

    def vectors_of(self, model: str, after: int, until: int) -> int:
        """How many headlines with numbers above `after` and up to `until` have a vector of a model."""
        question = select(func.count()).select_from(story_vectors)
        question = question.join(story_models, story_models.c.id == _v.model_id)
        mine = question.where(story_models.c.name == model, _v.vector.is_not(None))
        mine = mine.where(_v.headline_id > after, _v.headline_id <= until)
        return int(self._connection.execute(mine).scalar_one())

    def last_but(self, most: int) -> int:
        """The number behind which there are at most `most` headlines."""
        question = select(_h.id).order_by(_h.id.desc()).limit(1).offset(most)
        return self._connection.execute(question).scalar_one_or_none() or 0

    def editors_on(self, headline_ids: Collection[int]) -> dict[frozenset[int], Verdict]:
        """What editors say of pairs that have one of these headlines; of several the latest word."""
        said: dict[frozenset[int], Verdict] = {}
        found: list[Row[Any]] = []
        for column in (_j.first_id, _j.second_id):
            question = select(story_judgements).where(column.in_(KEYS), _j.judge == Judge.EDITOR.value)
            found += ask(self._connection, question, headline_ids)
        for row in sorted(found, key=lambda row: (row.at, row.by)):
            said[frozenset((row.first_id, row.second_id))] = Verdict(row.verdict)
        return said

    def vectors(self, model: str, after: int, limit: int) -> list[tuple[int, str, bytes]]:
        """(number, language, packed vector) of the next headlines with numbers above `after` that have one of
        `model`."""
        question = (
            select(_h.id, _h.language, _v.vector)
            .join(story_vectors, _v.headline_id == _h.id)
            .join(story_models, story_models.c.id == _v.model_id)
            .where(story_models.c.name == model, _v.vector.is_not(None), _h.id > after)
            .order_by(_h.id)
        )
        return [(row.id, row.language, bytes(row.vector)) for row in self._connection.execute(question.limit(limit))]


class QueueWriter:
    """What a write transaction may do to the queue (made by `Writer.linking`). No reader sees a difference."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, limit: int, now: datetime, until: datetime) -> tuple[int, ...]:
        """The next headlines, the news first, each in order of its number. Nobody else is given them before `until`;
        who dies over them leaves them where they are."""
        free = or_(_q.taken_until.is_(None), _q.taken_until <= now)
        next_ones = select(_q.headline_id).where(free).order_by(_q.backlog, _q.headline_id).limit(limit)
        numbers = tuple(self._connection.scalars(next_ones))
        if numbers:
            taken = update(story_queue).where(_q.headline_id.in_(numbers))
            self._connection.execute(taken.values(taken_until=until))
        return numbers

    def give_back(self, headline_ids: Collection[int]) -> None:
        """Let others have at once what was taken and not looked at."""
        mine = update(story_queue).where(_q.headline_id.in_(headline_ids))
        self._connection.execute(mine.values(taken_until=None))

    def forget(self, headline_ids: Collection[int]) -> None:
        """Take off the queue what is in no language of stories any more."""
        self._connection.execute(delete(story_queue).where(_q.headline_id.in_(headline_ids)))

    def add_missing(self, model: str) -> int:
        """Let every headline wait that has not been looked at with `model`; how many wait now."""
        seen = select(_v.headline_id).join(story_models, story_models.c.id == _v.model_id)
        missing = select(_h.id, literal(True), null()).where(
            _h.language.in_(LANGUAGES),
            _h.id.not_in(seen.where(story_models.c.name == model)),
            _h.id.not_in(select(_q.headline_id)),
        )
        names = ["headline_id", "backlog", "taken_until"]
        self._connection.execute(insert(story_queue).from_select(names, missing))
        return int(self._connection.execute(select(func.count()).select_from(story_queue)).scalar_one())


def enqueue(connection: Connection, told: Iterable[tuple[int, bool]]) -> None:
    """Let headlines wait to be looked at: (number, whether it is of the archive). One that waits already goes on
    waiting."""
    insert_many(connection, story_queue, [(number, old, None) for number, old in sorted(told)], unless_there=True)


def first_day_of_news(seen: datetime) -> date:
    """What is of an earlier day and comes at the instant `seen` is of the archive."""
    return day_of(seen - NEWS)


def linkage(connection: Connection) -> int:
    """See `LinkReader.linkage`."""
    return int(connection.execute(select(func.coalesce(func.max(story_linkage.c.n), 0))).scalar_one())


def model_number(connection: Connection, name: str) -> int:
    """The number of a model, which is given one where it has none."""
    known = connection.execute(select(story_models.c.id).where(story_models.c.name == name)).scalar_one_or_none()
    if known is not None:
        return int(known)
    made = next_id(connection, story_models)
    connection.execute(insert(story_models).values(id=made, name=name))
    return made


def _joined(columns: tuple[Any, ...]) -> Select[Any]:
    question = select(*columns).select_from(headlines).join(outlets, _o.id == _h.outlet_id)
    return question.outerjoin(story_members, and_(_m.headline_id == _h.id))


def _linkable(row: Row[Any]) -> Linkable:
    vector = getattr(row, "vector", None)
    packed = None if vector is None else bytes(vector)
    return Linkable(row.id, row.title, row.language, row.domain, row.sort_at, row.story_id, packed)


def _time(one: Linkable) -> tuple[datetime, int]:
    return one.at, one.id
