"""Chips: one for every condition, each leading to the list without it."""

from datetime import date

from app.model.filters import TimelineFilter
from app.model.outlet import OutletName
from app.timeline.chips import chips
from app.timeline.links import Links

DAY = date(2026, 1, 15)
WHOLE = TimelineFilter(("en", "mn"), ("gogo.mn", "montsame.mn"), "виз", "both", DAY, DAY, DAY)


def test_each_chip_takes_away_one_condition_and_the_place_in_the_list() -> None:
    made = chips(WHOLE, [OutletName("gogo.mn", "GoGo", "GoGo")], TimelineFilter.to_query)
    assert [chip.kind for chip in made] == ["lang", "lang", "outlet", "outlet", "q", "coverage", "from", "to"]
    for chip in made:
        left = TimelineFilter.from_query(chip.address)
        assert left.before is None
        assert len(chips(left, (), TimelineFilter.to_query)) == len(made) - 1


def test_outlets_are_named_as_far_as_they_are_known() -> None:
    made = chips(WHOLE, [OutletName("gogo.mn", "GoGo", "ГоГо")], Links("mn").timeline)
    assert [chip.outlet.name("mn") for chip in made if chip.outlet] == ["ГоГо", "montsame.mn"]


def test_paging_is_no_condition() -> None:
    assert chips(TimelineFilter(before=DAY), (), Links("en").timeline) == ()
