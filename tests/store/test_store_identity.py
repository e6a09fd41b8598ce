"""Which headlines are the same, and what the second changes: pure decisions, no database."""

from datetime import date, timedelta

import pytest

from app.model.headline import Headline, Honesty, LanguageMethod
from app.store.identity import Known, Register, absorb, order_instant
from tests.builders import DAY, NOW, entry, headline

URL, OTHER_URL = "https://montsame.mn/1", "https://montsame.mn/2"
EARLIER = DAY - timedelta(days=1)
UNDATED = Honesty.FIRST_SEEN


def known(first: Headline, *later: Headline) -> Known:
    """The headline that `first` makes, after it has met `later`."""
    one = Known.new(first, outlet_id=1)
    for headline_ in later:
        absorb(one, headline_)
    return one


SAME = {
    "the same address": (headline("A", URL), headline("A", URL)),
    "the same address, whatever else differs": (headline("A", URL), headline("B", URL, day=EARLIER, language="mn")),
    "neither has an address": (headline("A"), headline("A")),
    "capitals and punctuation do not matter": (headline("Mongolia: open!"), headline("MONGOLIA OPEN")),
    "the digest after the feed": (headline("A", URL, at=NOW), entry("A", 1)),
    "the feed after the digest": (entry("A", 1), headline("A", URL, at=NOW)),
    "an undated copy of a dated one": (headline("A", day=EARLIER), headline("A", honesty=UNDATED)),
    "a dated copy of an undated one": (headline("A", honesty=UNDATED), headline("A", URL, day=EARLIER)),
    "two detections of the same words": (
        headline("ABC", language="en", confidence=0.9),
        headline("Abc", URL, language="mn", confidence=0.5),
    ),
    "a marker against a detection": (headline("A", URL, language="en"), entry("A", 1, language="mn")),
    "a marker against an editor": (
        headline("A", language="en", method=LanguageMethod.EDITOR),
        entry("A", 1, language="mn"),
    ),
}
DIFFERENT = {
    "two addresses, one title": (headline("A", URL), headline("A", OTHER_URL)),
    "two addresses, both undated": (headline("A", URL, honesty=UNDATED), headline("A", OTHER_URL, honesty=UNDATED)),
    "a recurring title, two days": (headline("Rate", day=EARLIER), headline("Rate", day=DAY)),
    "a recurring title, the second with an address": (headline("Rate", day=EARLIER), headline("Rate", URL, day=DAY)),
    "two titles": (headline("A"), headline("B")),
    "two outlets": (headline("A", outlet="gogo.mn"), headline("A", outlet="montsame.mn")),
    "in both columns of one digest": (entry("A", 1), entry("A", 1, language="mn")),
}


@pytest.mark.parametrize(("first", "second"), SAME.values(), ids=SAME)
def test_one_headline(first: Headline, second: Headline) -> None:
    register = Register()
    one = known(first)
    register.add(one)
    assert register.find(second) is one


@pytest.mark.parametrize(("first", "second"), DIFFERENT.values(), ids=DIFFERENT)
def test_two_headlines(first: Headline, second: Headline) -> None:
    register = Register()
    register.add(known(first))
    assert register.find(second) is None


@pytest.mark.parametrize(("first", "second"), SAME.values(), ids=SAME)
def test_what_comes_first_makes_no_difference(first: Headline, second: Headline) -> None:
    if first.draft.title != second.draft.title and first.url_key == second.url_key:
        assert known(first, second).title != known(second, first).title, "the last title is the news"
        return
    one, two = known(first, second), known(second, first)
    for name in ("url_key", "title", "day", "honesty", "sort_at", "language", "method", "confidence", "bare"):
        if name != "title" or one.url_key is not None:
            assert getattr(one, name) == getattr(two, name), name


def test_the_nearest_of_several_is_taken() -> None:
    register = Register()
    far = known(headline("A", "https://a.mn/far", day=EARLIER))
    foreign = known(headline("A", "https://a.mn/foreign", language="mn"))
    taken_before = known(headline("A", "https://a.mn/z"), headline("A"))
    lowest = min((known(headline("A", f"https://a.mn/{n}")) for n in range(3)), key=lambda one: one.url_key or b"")
    for candidates, best in (
        ((far, foreign), foreign),
        ((lowest,), lowest),
        ((taken_before,), taken_before),
    ):
        for candidate in candidates:
            register.add(candidate)
        assert register.find(headline("A")) is best


def test_an_undated_copy_goes_to_the_latest_day() -> None:
    register = Register()
    for days in (3, 1, 2):
        register.add(known(headline("Rate", day=DAY - timedelta(days=days))))
    found = register.find(headline("Rate", honesty=UNDATED))
    assert found is not None
    assert found.day == DAY - timedelta(days=1)


def test_the_address_is_adopted_with_the_title() -> None:
    one = known(entry("MONGOLIA OPENS", 1), headline("Mongolia opens", URL, at=NOW))
    assert one.url_key == headline("x", URL).url_key
    assert one.title == "Mongolia opens"
    assert [(edit.before, edit.after) for edit in one.edits] == [("MONGOLIA OPENS", "Mongolia opens")]
    assert (one.honesty, one.sort_at) == (Honesty.DECLARED, NOW)


def test_capitals_without_an_address_are_no_edit() -> None:
    one = known(headline("Mongolia opens", URL))
    assert not absorb(one, headline("MONGOLIA OPENS"))
    assert (one.title, one.edits) == ("Mongolia opens", ())


def test_a_changed_title_is_an_edit_and_a_stale_one_is_not() -> None:
    one = known(headline("First", URL))
    assert absorb(one, headline("Second", URL))
    assert not absorb(one, headline("First", URL)), "a cache still serves the old title"
    assert not absorb(one, headline("Second", URL))
    assert absorb(one, headline("Third", URL))
    assert one.title == "Third"
    assert [edit.before for edit in one.edits] == ["First", "Second"]


def test_a_headline_answers_to_its_earlier_title() -> None:
    register = Register()
    one = known(headline("First", URL))
    register.add(one)
    absorb(one, headline("Second", URL))
    register.add(one)
    assert register.find(entry("FIRST", 1)) is one
    assert register.find(entry("SECOND", 1)) is one
    assert register.find(entry("FIRST", 1, digest=EARLIER)) is None


def test_a_headline_answers_to_its_earlier_day() -> None:
    register = Register()
    one = known(headline("A", URL, day=DAY), headline("A", URL, at=NOW - timedelta(days=1)))
    register.add(one)
    assert one.day == EARLIER
    assert register.find(entry("A", 1, digest=DAY)) is one
    assert register.find(entry("A", 1, digest=EARLIER)) is one


@pytest.mark.parametrize(
    ("has", "comes", "taken"),
    [
        pytest.param({"honesty": UNDATED}, {"day": EARLIER}, True, id="any date beats none"),
        pytest.param({"day": DAY}, {"honesty": UNDATED, "day": EARLIER}, False, id="none never moves a date"),
        pytest.param({"honesty": UNDATED}, {"honesty": UNDATED, "day": EARLIER}, False, id="nor another none"),
        pytest.param({"day": DAY}, {"at": NOW}, True, id="an instant beats a day"),
        pytest.param({"at": NOW}, {"day": EARLIER}, False, id="a day does not beat an instant"),
        pytest.param({"at": NOW}, {"at": NOW - timedelta(days=2)}, True, id="the earlier instant"),
        pytest.param({"at": NOW}, {"at": NOW + timedelta(days=2)}, False, id="not the later one"),
        pytest.param({"at": NOW}, {"at": NOW.replace(microsecond=7)}, False, id="fractions of a second say nothing"),
        pytest.param({"day": DAY}, {"day": EARLIER}, True, id="the earlier day"),
        pytest.param(
            {"at": NOW, "honesty": Honesty.ZONE_ASSUMED}, {"at": NOW + timedelta(hours=1)}, True, id="a zone beats none"
        ),
    ],
)
def test_dates(has: dict[str, object], comes: dict[str, object], taken: bool) -> None:
    before, told = headline("A", URL, **has), headline("A", URL, **comes)  # type: ignore[arg-type]
    one = known(before)
    assert absorb(one, told) is taken
    source = told if taken else before
    expected = (source.day, source.draft.honesty, order_instant(source.published_at, source.day))
    assert (one.day, one.honesty, one.sort_at) == expected


DETECTED, MARKER, EDITOR = LanguageMethod.DETECTED, LanguageMethod.MARKER, LanguageMethod.EDITOR


@pytest.mark.parametrize(
    ("has", "comes", "language"),
    [
        ((DETECTED, "en", 0.9), (MARKER, "mn", 1.0), "mn"),
        ((DETECTED, "en", 0.9), (EDITOR, "mn", 1.0), "mn"),
        ((MARKER, "en", 1.0), (EDITOR, "mn", 1.0), "mn"),
        ((MARKER, "mn", 1.0), (DETECTED, "en", 1.0), "mn"),
        ((EDITOR, "mn", 1.0), (MARKER, "en", 1.0), "mn"),
        ((EDITOR, "mn", 1.0), (DETECTED, "en", 1.0), "mn"),
        ((MARKER, "en", 1.0), (MARKER, "mn", 1.0), "en"),
        ((DETECTED, "en", 0.6), (DETECTED, "mn", 0.8), "mn"),
        ((DETECTED, "mn", 0.8), (DETECTED, "en", 0.6), "mn"),
        ((DETECTED, "en", 0.8), (DETECTED, "mn", 0.8), "mn"),
        ((DETECTED, "mn", 0.8), (DETECTED, "en", 0.8), "mn"),
    ],
)
def test_languages(
    has: tuple[LanguageMethod, str, float], comes: tuple[LanguageMethod, str, float], language: str
) -> None:
    def told(method: LanguageMethod, code: str, confidence: float) -> Headline:
        return headline("A", URL, method=method, language=code, confidence=confidence)

    one = known(told(*has))
    changed = absorb(one, told(*comes))
    assert one.language == language
    assert changed is (language != has[1])


def test_another_title_is_detected_anew() -> None:
    one = known(
        headline("English title", URL, confidence=0.99), headline("Монгол гарчиг", URL, language="mn", confidence=0.7)
    )
    assert (one.language, one.confidence) == ("mn", 0.7)


def test_a_stale_title_says_nothing_of_the_language() -> None:
    one = known(headline("Монгол", URL, language="mn", confidence=0.99), headline("English", URL, confidence=0.7))
    assert not absorb(one, headline("Монгол", URL, language="mn", confidence=0.99))
    assert (one.language, one.confidence) == ("en", 0.7)


def test_a_headline_answers_to_what_its_copies_were_called() -> None:
    """An undated article whose old title a dated copy without URL still has: the copy goes where it went before."""
    register = Register()
    one = known(headline("First", URL, honesty=UNDATED), headline("Second", URL, honesty=UNDATED))
    for told in (headline("First", day=EARLIER), headline("Second", URL, at=NOW)):
        register.add(one)
        register.add_title(headline("First").title_key, one)
        assert register.find(told) is one
        absorb(one, told)
    assert one.day == DAY
    assert register.find(headline("First", day=EARLIER)) is one


def test_the_order_inside_a_day() -> None:
    assert order_instant(None, date(2026, 1, 15)).isoformat() == "2026-01-14T16:00:00+00:00"
    assert order_instant(NOW.replace(microsecond=999), DAY) == NOW
