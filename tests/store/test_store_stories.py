"""Stories in the store: links, marks, coverage, people's judgements; the same on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.errors import BadFilter, NotFound
from app.model.linking import Link, Looked
from app.model.story import Coverage, Covered, DecidedBy, Evidence, Judge, Judgement, Level, Story, Verdict
from app.store import Store
from tests.builders import DAY, NOW, headline, results, rows


def at(hour: int, day: int = 15) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


@pytest.fixture
def numbers(store: Store) -> list[int]:
    """Six headlines: English, Mongolian, Mongolian, English, English, and one in Russian, an hour apart."""
    made = [
        headline("Visas are paused", "https://montsame.mn/1", at=at(1)),
        headline("Визийг зогсоолоо", "https://gogo.mn/2", outlet="gogo.mn", language="mn", at=at(2)),
        headline("Виз олгохоо болив", "https://montsame.mn/3", language="mn", at=at(3)),
        headline("A railway opens", "https://montsame.mn/4", at=at(4)),
        headline("Railway opened", "https://akipress.com/5", outlet="akipress.com", at=at(5)),
        headline("Визы приостановлены", "https://akipress.com/6", outlet="akipress.com", language="ru", at=at(6)),
    ]
    return [result.headline_id or 0 for result in results(store, *made)]


def link(store: Store, *links: Link) -> None:
    with store.writing() as writer:
        writer.stories.link(links, NOW)


def story(store: Store, number: int) -> Story:
    with store.reading() as reader:
        return reader.stories.story(number)


def members(store: Store, number: int) -> list[int]:
    return [member.row.id for member in story(store, number).members]


EVIDENCE = Evidence(1, 0.91, (75.0,), (1,), (("trump", "трамп"),), (("visa", "виз"),))


def test_two_headlines_begin_a_story_and_a_third_joins(store: Store, numbers: list[int]) -> None:
    en, mn, other, *_ = numbers
    link(store, Link(mn, en, score=4.5, evidence=EVIDENCE), Link(other, mn, Level.POSSIBLE, 0.5))
    found = story(store, 1)
    assert [member.row.id for member in found.members] == [en, mn, other]
    assert [member.level for member in found.members] == [Level.SAME, Level.SAME, Level.POSSIBLE]
    assert [member.evidence for member in found.members] == [None, EVIDENCE, None]
    assert [member.score for member in found.members] == [None, 4.5, 0.5]
    assert [lead.id for lead in found.leads] == [en, mn]
    assert [outlet.domain for outlet in found.outlets] == ["gogo.mn", "montsame.mn"]
    assert (found.first_at, found.last_at) == (at(1), at(2))
    assert found.covered is Covered.BOTH
    assert found.languages == ("en", "mn")


def test_marks_are_of_sure_members_only(store: Store, numbers: list[int]) -> None:
    en, mn, other, rail, rail2, _ = numbers
    link(store, Link(mn, en), Link(other, mn, Level.POSSIBLE), Link(rail2, rail, Level.POSSIBLE))
    with store.reading() as reader:
        marks = reader.stories.of_headlines(numbers)
    assert marks.keys() == {en, mn}
    assert (marks[en].story, marks[en].headlines, marks[en].outlets, marks[en].languages) == (1, 2, 2, ("en", "mn"))
    assert marks[en].other is not None
    assert [other.id for other in (marks[en].other,) if other] == [mn]
    assert [other.id for other in (marks[mn].other,) if other] == [en]


def test_the_most_told_story_comes_first_and_a_merely_possible_one_not_at_all(store: Store, numbers: list[int]) -> None:
    en, mn, other, rail, rail2, _ = numbers
    link(store, Link(mn, en), Link(rail2, rail), Link(other, mn))
    with store.reading() as reader:
        first, second = reader.stories.top(DAY, DAY, 10)
        assert [first.id, second.id] == [1, 2]
        assert [found.id for found in reader.stories.top(DAY, DAY, 10, after=first.place)] == [2]
        assert reader.stories.top(DAY, DAY, 10, after=second.place) == ()
        assert reader.stories.top(DAY + timedelta(days=1), DAY + timedelta(days=9), 10) == ()


def test_coverage_counts_what_is_listed(store: Store, numbers: list[int]) -> None:
    en, mn, other, *_ = numbers
    link(store, Link(mn, en), Link(other, mn, Level.POSSIBLE))
    with store.reading() as reader:
        empty = date(2020, 1, 1)
        assert reader.stories.coverage([DAY, empty]) == {DAY: Coverage(both=2, mn=1, en=2), empty: Coverage()}


def test_a_link_is_made_once(store: Store, numbers: list[int]) -> None:
    en, mn, *_ = numbers
    link(store, Link(mn, en, score=1.0))
    before = store.revision()
    link(store, Link(mn, en, score=9.0))
    assert store.revision() == before
    assert story(store, 1).members[1].score == 1.0


def test_merged_stories_are_one_and_the_old_number_leads_there(store: Store, numbers: list[int]) -> None:
    en, mn, other, rail, rail2, _ = numbers
    link(store, Link(mn, en), Link(rail2, rail))
    with store.writing() as writer:
        assert writer.stories.merge([rail, mn, other], "bat", NOW) == 1
    assert members(store, 1) == [en, mn, other, rail, rail2]
    assert story(store, 2).id == 1
    assert {member.decided_by for member in story(store, 1).members} == {DecidedBy.PERSON}
    with store.writing() as writer:
        made = writer.stories.split(1, [rail, rail2], "bat", NOW)
    assert made == 3
    assert members(store, 3) == [rail, rail2]
    assert members(store, 1) == [en, mn, other]
    assert story(store, 2).id == 1


def test_merging_two_headlines_without_a_story_begins_one(store: Store, numbers: list[int]) -> None:
    with store.writing() as writer:
        made = writer.stories.merge(numbers[:2], "bat", NOW)
    assert members(store, made) == numbers[:2]
    with store.reading() as reader:
        assert [one.verdict for one in reader.stories.judgements(made)] == [Verdict.SAME]


def test_one_that_is_split_off_is_alone_and_what_is_left_stays_that_story(store: Store, numbers: list[int]) -> None:
    en, mn, *_ = numbers
    link(store, Link(mn, en))
    with store.writing() as writer:
        assert writer.stories.split(1, [en], "bat", NOW) is None
    assert members(store, 1) == [mn]
    with store.reading() as reader:
        assert reader.stories.of_headlines(numbers) == {}
        assert reader.linking.editors_on([mn]) == {frozenset((en, mn)): Verdict.APART}
    with store.writing() as writer, pytest.raises(BadFilter):
        writer.stories.split(1, [mn], "bat", NOW)
    with store.writing() as writer, pytest.raises(NotFound):
        writer.stories.split(1, [en], "bat", NOW)


def test_what_readers_say_is_counted_once_each_and_changes_nothing(store: Store, numbers: list[int]) -> None:
    en, mn, *_ = numbers
    link(store, Link(mn, en))
    said = Judgement(mn, en, Verdict.APART, Judge.READER, "reader 1", NOW)
    with store.writing() as writer:
        assert writer.stories.judge(said)
        assert not writer.stories.judge(said)
        assert writer.stories.judge(Judgement(en, mn, Verdict.APART, Judge.READER, "reader 2", NOW))
    with store.reading() as reader:
        assert reader.stories.reported(10) == ((1, 2),)
        assert len(reader.stories.story(1).members) == 2
        assert [(one.first.id, one.second.id) for one in reader.stories.decided()] == [(en, mn)] * 2
    with store.writing() as writer:
        writer.stories.merge([en, mn], "bat", NOW)
    with store.reading() as reader:
        assert reader.stories.reported(10) == ()


def test_nobody_can_judge_a_headline_against_itself_or_an_unknown_one(store: Store, numbers: list[int]) -> None:
    with store.writing() as writer:
        with pytest.raises(BadFilter):
            writer.stories.judge(Judgement(1, 1, Verdict.SAME, Judge.EDITOR, "bat", NOW))
        with pytest.raises(NotFound):
            writer.stories.judge(Judgement(1, 10**6, Verdict.SAME, Judge.EDITOR, "bat", NOW))


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 10**30])
def test_an_unknown_story_is_not_found(store: Store, number: int) -> None:
    with pytest.raises(NotFound):
        story(store, number)


def test_what_came_waits_and_is_written_down_once(store: Store, numbers: list[int]) -> None:
    looked = [Looked(number, b"k" * 16, b"v") for number in numbers[:2]]
    links = [Link(numbers[1], numbers[0], score=3.0)]
    with store.reading() as reader:
        assert reader.stories.waiting() == 5
        worked_out = reader.linking.linkage()
    with store.writing() as writer:
        assert writer.stories.apply("m", looked, links, NOW, worked_out=worked_out)
    with store.writing() as writer:
        assert not writer.stories.apply("m", looked, links, NOW, worked_out=worked_out)
        assert writer.stories.apply("m", looked, links, NOW, worked_out=worked_out + 1)
    with store.reading() as reader:
        assert reader.stories.waiting() == 3
        near = reader.linking.around(at(0), at(23), "m")
        assert [(one.id, one.vector, one.story) for one in near] == [(numbers[0], b"v", 1), (numbers[1], b"v", 1)]
        assert [one.vector for one in reader.linking.around(at(0), at(23), "another model")] == [None, None]
    assert len(rows(store, "stories")) == 1


def test_a_later_date_moves_the_story(store: Store, numbers: list[int]) -> None:
    en, mn, *_ = numbers
    link(store, Link(mn, en))
    results(store, headline("Visas are paused", "https://montsame.mn/1", at=at(9, day=14)))
    found = story(store, 1)
    assert found.first_at == at(9, day=14)
    with store.reading() as reader:
        assert reader.stories.top(date(2026, 1, 14), date(2026, 1, 14), 9)[0].id == 1
