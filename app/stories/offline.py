"""The two questions of this room without a database: which of these headlines tell the same event, and which come
nearest to a text. NumPy is needed only where there is an embedder."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from app.stories.facts import LANGUAGES, Facts, facts, language_of, weight
from app.stories.features import Likeness, names
from app.stories.linker import WINDOW_DAYS, Told, place

if TYPE_CHECKING:
    from app.stories.embedder import Embedder
    from app.stories.space import Seen, Vectors


class Row(NamedTuple):
    """`published_at`: an aware datetime, a naive one (UTC is assumed), a date, or either as ISO 8601 text."""

    id: str
    published_at: datetime | date | str
    outlet: str
    language: str
    title: str


class _Placed(NamedTuple):
    at: float
    told: Told[str]
    seen: "Seen | None"


def cluster(
    rows: Sequence[tuple[str, datetime | date | str, str, str, str]], embedder: "Embedder | None"
) -> dict[str, str]:
    """Which story each headline belongs to. `rows`: (id, published_at, outlet, language, title), taken in time order.
    A story is called by the id of its first headline. Headlines in other languages than LANGUAGES stay alone. Without
    an embedder words, names and numbers decide."""
    listed = sorted((Row(*row) for row in rows), key=lambda row: _days(row.published_at))
    vectors = _vectors(listed, embedder)
    window: deque[_Placed] = deque()
    stories: dict[str, str] = {}
    for number, (row, vector) in enumerate(zip(listed, vectors, strict=True)):
        stories[row.id] = row.id
        if row.language not in LANGUAGES:
            continue
        at = _days(row.published_at)
        while window and at - window[0].at > WINDOW_DAYS:
            window.popleft()
        told = Told(row.id, row.outlet, facts(row.title, row.language), at, number, _is_day(row.published_at))
        placed = place(told, _candidates(vector, window))
        if placed.story is not None:
            stories[row.id] = listed[placed.story].id
            told = replace(told, story=placed.story)
        window.append(_Placed(at, told, vector))
    return stories


def similar(
    query: str,
    rows: Sequence[tuple[str, datetime | date | str, str, str, str]],
    language: str,
    embedder: "Embedder | None",
) -> list[str]:
    """The ids of the headlines, nearest to `query` first. `language`: which headlines, if it is another one than the
    query's own; the query's own, all of them."""
    asked = language_of(query)
    listed = [Row(*row) for row in rows]
    every = language not in LANGUAGES or language == asked
    wanted = listed if every else [row for row in listed if row.language == language]
    beside = [] if every else [row for row in listed if row.language == asked]
    return [wanted[at].id for at in ranked(query, asked, wanted, embedder, beside)]


def ranked(
    query: str, asked: str, rows: Sequence[Row], embedder: "Embedder | None", beside: Sequence[Row] = ()
) -> list[int]:
    """Places in `rows`, nearest first; equal ones in their order. `beside`: headlines in the query's language, which
    tell a title that is near to anything from one that is near to this query."""
    said = facts(query, asked)
    scores = [words_shared(said, facts(row.title, row.language)) for row in rows]
    if embedder is not None and rows:
        (vector,) = embedder.embed([said.text])
        if vector is not None:
            near = _nearness(vector, said, _vectors(rows, embedder), _vectors(beside, embedder))
            trust = 1.0 if is_short(said) else _TRUST
            scores = [trust * score + likeness for score, likeness in zip(scores, near, strict=True)]
    return sorted(range(len(rows)), key=lambda at: -scores[at])


_TRUST = 0.25  # how much the words of a whole sentence count beside its vector


def words_shared(said: Facts, other: Facts) -> float:
    """How much of a query's words, names and numbers a title has, to be added to the nearness of their vectors. In a
    short query every word counts; in a whole sentence the vectors know better."""
    short = is_short(said)
    shared = said.things & other.things
    part = weight(shared) / (said.weight + _UNSAID) if shared else 0.0
    named = 0.0
    if said.language != other.language:
        named = names(said, other) if said.language == "en" else names(other, said)
    elif said.prefixes:
        part = max(part, len(said.prefixes & other.prefixes) / len(said.prefixes))
    numbers = len(said.numbers.values & other.numbers.values) + bool(said.numbers.months & other.numbers.months)
    return (0.6 * part + 0.15 * named if short else 0.2 * part) + 0.1 * numbers


_SHORT = 5  # words
_UNSAID = 3.0  # weight of what the glossary does not know


def is_short(said: Facts) -> bool:
    """Whether a query is a few words, and no sentence."""
    return len(said.names) <= _SHORT


def _nearness(
    vector: "Vectors", said: Facts, others: "Sequence[Seen | None]", beside: "Sequence[Seen | None]"
) -> list[float]:
    """How near a query's vector is to each title's, 0 without one. For a sentence as much as a title is near to
    anything is taken off (CSLS; Conneau and others 2018): of 1,521 translated sentences, with a space learnt on the
    other half of them, 99.4 % find their translation first instead of 98.8 %. A few words are no sentence's neighbours,
    and for them nothing is."""
    import numpy as np

    from app.stories import space

    known = [at for at, other in enumerate(others) if other is not None]
    if not known:
        return [0.0] * len(others)
    titles = np.stack([other.shared[0] for other in others if other is not None])
    near = titles @ space.seen(vector, said.language).shared[0]
    if not is_short(said):
        best = np.argsort(-near, kind="stable")[:_HUBS]
        around = [other.shared[0] for other in beside if other is not None]
        near[best] += _OFF - _busy(titles[best], np.stack(around) if len(around) >= _CROWD else None, titles) / 2
    found = dict(zip(known, near.tolist(), strict=True))
    return [found.get(at, 0.0) for at in range(len(others))]


_HUBS = 50
"""The nearest titles, whose neighbours are looked at. _OFF keeps them before the others."""

_OFF = 1.0
_CROWD = 100
"""Titles among which the _NEIGHBOURS nearest say something."""

_NEIGHBOURS = 10


def _busy(titles: "Vectors", around: "Vectors | None", own: "Vectors") -> "Vectors":
    """The mean likeness of each title to its nearest neighbours: in the query's language (`around`), or in its own
    language, where it is its own first neighbour."""
    import numpy as np

    if around is None and len(own) < _CROWD:
        return np.zeros(len(titles), dtype=np.float32)
    first = 1 if around is None else 0
    likest = -np.sort(-(titles @ (own if around is None else around).T), axis=1)
    return np.asarray(likest[:, first : first + _NEIGHBOURS].mean(axis=1), dtype=np.float32)


def _vectors(rows: Sequence[Row], embedder: "Embedder | None") -> "list[Seen | None]":
    if embedder is None:
        return [None] * len(rows)
    from app.stories import packing, space

    texts = [facts(row.title, row.language).text for row in rows]
    return [
        None if vector is None else space.seen(packing.unpack([packing.pack(vector)]), row.language)
        for vector, row in zip(embedder.embed(texts), rows, strict=True)
    ]


def _candidates(vector: "Seen | None", window: Sequence[_Placed]) -> list[tuple[Told[str], Likeness | None]]:
    """The headlines of the window with how near each is; None where one of the two has no vector."""
    with_vectors = [placed.seen for placed in window if placed.seen is not None]
    if vector is None or not with_vectors:
        return [(placed.told, None) for placed in window]
    import numpy as np

    from app.stories import space

    stacked = space.Seen(*(np.concatenate(parts) for parts in zip(*with_vectors, strict=True)))
    near = iter(space.likenesses(vector, stacked))
    return [(placed.told, next(near) if placed.seen is not None else None) for placed in window]


def _is_day(value: datetime | date | str) -> bool:
    """Whether only a day is known."""
    return len(value) <= _DAY if isinstance(value, str) else not isinstance(value, datetime)


_DAY = len("2026-01-15")


def _days(value: datetime | date | str) -> float:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / 86_400
