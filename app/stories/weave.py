"""New headlines among those around them -> links with their evidence. Pure: what is around them is passed in, and so is
what people have said."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from app.model.day import day_of, day_start
from app.model.linking import Link, Linkable
from app.model.story import Level, Verdict
from app.stories.evidence import evidence
from app.stories.facts import LANGUAGES, facts
from app.stories.features import Likeness
from app.stories.linker import NEAREST, WINDOW_DAYS, Told, place
from app.stories.model import model

WINDOW = timedelta(days=WINDOW_DAYS)
_DAY = 86_400  # seconds

MOST_BY_WORDS = 500
"""Headlines without a vector that one is compared with, the nearest in time: a comparison takes 30 µs."""

Said = Mapping[frozenset[int], Verdict]
"""What editors say of pairs of headlines."""


def weave(new: Sequence[Linkable], around: Sequence[Linkable], said: Said) -> list[Link]:
    """A link for each of `new` that belongs to a story, in the order in which they are to be made. `around`: whatever
    was looked at and appeared within WINDOW of one of them. One that is in a story already is not linked."""
    fresh = sorted(new, key=lambda one: (one.at, one.id))
    cloth = _Cloth(fresh, around)
    links: list[Link] = []
    begun: set[int] = set()
    for one in fresh:
        if one.story is None and one.id not in begun and (link := _by_word(one, said) or _by_machine(one, cloth, said)):
            links.append(link)
            begun.add(link.to)
            cloth.join(one.id, link.to)
        cloth.show(one.id)
    return links


def _by_word(one: Linkable, said: Said) -> Link | None:
    for pair in sorted(said, key=sorted):
        if one.id in pair and said[pair] is Verdict.SAME:
            (other,) = pair - {one.id}
            return Link(one.id, other, by_person=True)
    return None


def _by_machine(one: Linkable, cloth: "_Cloth", said: Said) -> Link | None:
    def apart(a: int, b: int) -> bool:
        return said.get(frozenset((a, b))) is Verdict.APART

    candidates = cloth.candidates(one.id)
    told = cloth.told(one.id)
    placed = place(told, candidates, apart=apart)
    if placed.story is None:
        return None
    nearest = placed.by[0][0]
    other, near = next(candidate for candidate in candidates if candidate[0].id == nearest)
    sure = placed.margin >= model(vectors=near is not None).sure
    why = evidence(told.facts, other.facts, nearest, near)
    return Link(one.id, nearest, Level.SAME if sure else Level.POSSIBLE, round(placed.margin, 3), why)


class _Cloth:
    """All headlines in order of time, each with its story: its number, or the negative number of the headline that has
    none and might begin one. Those of `new` are seen once they are shown."""

    def __init__(self, new: Sequence[Linkable], around: Sequence[Linkable]) -> None:
        mine = {one.id for one in new}
        others = [one for one in around if one.id not in mine]
        self._all = sorted(chain(new, others), key=lambda one: (one.at, one.id))
        self._times = [one.at for one in self._all]
        self._place = {one.id: at for at, one in enumerate(self._all)}
        self._story = {one.id: one.story or -one.id for one in self._all}
        self._shown = [one.id not in mine for one in self._all]
        self._near = _Nearness(self._all)

    def told(self, number: int) -> Told[int]:
        """A headline as the linker sees it."""
        one = self._all[self._place[number]]
        days, whole = one.at.timestamp() / _DAY, one.at == day_start(day_of(one.at))
        return Told(one.id, one.outlet, facts(one.title, one.language), days, self._story[one.id], whole)

    def candidates(self, number: int) -> list[tuple[Told[int], Likeness | None]]:
        """What a headline is compared with: in each language the nearest by their vectors; of those without one, the
        nearest in time."""
        own = self._place[number]
        at = self._times[own]
        span = range(bisect_left(self._times, at - WINDOW), bisect_right(self._times, at + WINDOW))
        seen = [place for place in span if self._shown[place] and place != own]
        found: list[tuple[Told[int], Likeness | None]] = []
        for language in LANGUAGES:
            places = [place for place in seen if self._all[place].language == language]
            known, unknown = self._near.nearest(own, places, NEAREST)
            unknown = sorted(unknown, key=lambda place: abs(self._times[place] - at))[:MOST_BY_WORDS]
            found += [(self.told(self._all[place].id), near) for place, near in known]
            found += [(self.told(self._all[place].id), None) for place in unknown]
        return found

    def join(self, number: int, other: int) -> None:
        """A headline is in the story of another one from now on, whether that one is around or not."""
        self._story[number] = self._story.get(other, -other)

    def show(self, number: int) -> None:
        """A headline can be seen by those that follow."""
        self._shown[self._place[number]] = True


class _Nearness:
    """How near the vectors of headlines are to one another; without any vector NumPy is not needed."""

    def __init__(self, listed: Sequence[Linkable]) -> None:
        self._row: dict[int, int] = {}
        packed: list[bytes] = []
        for at, one in enumerate(listed):
            if one.vector is not None:
                self._row[at] = len(packed)
                packed.append(one.vector)
        if not packed:
            return
        import numpy as np

        from app.stories import packing, space

        plain = packing.unpack(packed)
        mongolian = np.array([listed[at].language == "mn" for at in self._row])
        both = [space.seen(plain, language) for language in ("en", "mn")]
        self._seen = space.Seen(*(np.where(mongolian[:, None], mn, en) for en, mn in zip(*both, strict=True)))

    def nearest(self, own: int, places: Sequence[int], most: int) -> tuple[list[tuple[int, Likeness]], list[int]]:
        """Of these places the `most` nearest to `own` by vectors, with how near; and those that cannot be told."""
        if own not in self._row:
            return [], list(places)
        known = [place for place in places if place in self._row]
        unknown = [place for place in places if place not in self._row]
        if not known:
            return [], unknown
        from app.stories import space

        rows = [self._row[place] for place in known]
        mine = space.Seen(*(part[self._row[own]][None] for part in self._seen))
        order = (-(self._seen.plain[rows] @ mine.plain[0])).argsort(kind="stable")[:most].tolist()
        chosen = [rows[at] for at in order]
        likenesses = space.likenesses(mine, space.Seen(*(part[chosen] for part in self._seen)))
        return [(known[at], near) for at, near in zip(order, likenesses, strict=True)], unknown


def unplaced(listed: Sequence[Linkable]) -> list[Linkable]:
    """The same headlines as if they were in no story."""
    return [replace(one, story=None) for one in listed]
