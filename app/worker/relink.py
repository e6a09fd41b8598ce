"""Linking a range of days anew: what would change is worked out first, and written down only when it is wanted. What
people decided stays; stories keep their numbers where most of their headlines stay together."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.model.day import day_start
from app.model.linking import Link, Linkable
from app.store import Store
from app.stories.weave import WINDOW, unplaced, weave


@dataclass(frozen=True, slots=True)
class Change:
    """A headline that would go from one story to another: numbers; None: in none, 0: one that has no number yet."""

    headline: Linkable
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What relinking a range comes to: `changes` among so many headlines that were `looked_at`. The rest is what
    `apply` hands to `StoryWriter.rearrange`."""

    changes: tuple[Change, ...]
    looked_at: int
    leaving: tuple[int, ...]
    links: tuple[Link, ...]
    keeping: Mapping[int, int]
    worked_out: int


def plan(store: Store, since: date, until: date, model: str) -> Plan:
    """What would change if the headlines of the days `since` to `until` (inclusive) were linked anew, with the vectors
    of `model`."""
    first, last = day_start(since), day_start(until + timedelta(days=1)) - timedelta(seconds=1)
    with store.reading() as reader:
        worked_out = reader.linking.linkage()
        listed = reader.linking.around(first - WINDOW, last + WINDOW, model)
        inside = {one.id for one in listed if first <= one.at <= last}
        said = reader.linking.editors_on(inside)
        mine = inside - reader.linking.by_person(inside)
    new = [one for one in listed if one.id in mine]
    others = [one for one in listed if one.id not in mine]
    anew = _Anew(new, others, weave(unplaced(new), others, said))
    return Plan(anew.changes(), len(inside), anew.leaving(), anew.touched(), anew.keeping(), worked_out)


def apply(store: Store, wanted: Plan, now: datetime) -> bool:
    """Write a plan down; False, and nothing written, if a story has changed since it was made."""
    with store.writing() as writer:
        return writer.stories.rearrange(wanted.leaving, wanted.links, wanted.keeping, now, worked_out=wanted.worked_out)


class _Anew:
    """Two arrangements of the same headlines: as they are, and as `links` would have them. A group is a story that has
    headlines which are not moved (its number), or a new one (the negative number of the headline that begins it)."""

    def __init__(self, new: Sequence[Linkable], others: Sequence[Linkable], links: Sequence[Link]) -> None:
        self._new, self._links = new, links
        self._fixed = {one.id: one.story for one in others if one.story is not None}
        self._before: dict[int, set[int]] = defaultdict(set)
        for one in new:
            if one.story is not None:
                self._before[one.story].add(one.id)
        self._group: dict[int, int] = {}
        for link in links:
            group = self._group.get(link.to) or self._fixed.get(link.to) or -link.to
            if group == -link.to:
                self._group[link.to] = group
            self._group[link.headline] = group
        self._members: dict[int, set[int]] = defaultdict(set)
        for number, group in self._group.items():
            self._members[group].add(number)
        self._number = self._numbers()
        self._same = {g for g, members in self._members.items() if self._before.get(self._number[g]) == members}

    def _numbers(self) -> dict[int, int]:
        """Group -> the number of the story that most of its headlines were in, each number once; 0: a new one."""
        fixed = set(self._fixed.values())
        numbers = {group: max(group, 0) for group in self._members}
        had = {number: story for story, members in self._before.items() for number in members}
        overlaps = Counter(
            (group, had[number])
            for group, members in self._members.items()
            for number in members
            if group < 0 and had.get(number, 0) not in fixed | {0}
        )
        taken: set[int] = set()
        for (group, story), _ in sorted(overlaps.items(), key=lambda pair: (-pair[1], pair[0][1], -pair[0][0])):
            if not numbers[group] and story not in taken:
                numbers[group] = story
                taken.add(story)
        return numbers

    def _stays_alone(self, one: Linkable) -> bool:
        """Whether it was all that is left of a story, and is alone now: then it stays that story."""
        alone = one.story is not None and self._before[one.story] == {one.id}
        return alone and one.id not in self._group and one.story not in self._fixed.values()

    def _after(self, one: Linkable) -> int | None:
        group = self._group.get(one.id)
        return None if group is None else self._number[group]

    def changes(self) -> tuple[Change, ...]:
        """In order of time."""
        return tuple(
            Change(one, one.story, self._after(one))
            for one in self._new
            if one.story != self._after(one) and not self._stays_alone(one)
        )

    def leaving(self) -> tuple[int, ...]:
        """Those whose story changes in any way."""
        return tuple(
            one.id
            for one in self._new
            if one.story is not None and self._group.get(one.id) not in self._same and not self._stays_alone(one)
        )

    def touched(self) -> tuple[Link, ...]:
        """The links of groups that are not as they were."""
        return tuple(link for link in self._links if self._group[link.headline] not in self._same)

    def keeping(self) -> dict[int, int]:
        """Headline that begins a group -> the number that it keeps."""
        return {-group: number for group, number in self._number.items() if group < 0 and number}
