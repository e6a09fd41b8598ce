"""The picture of a day: what is written on it, how it is wrapped, and that every letter is one."""

import io
from datetime import date

import pytest
from PIL import Image, ImageFont

from app.i18n import Translator, translators
from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.timeline import Day, HeadlineRow, LanguageColumn
from app.render.share_image import HEIGHT, WIDTH, Poster, _font, draw, drawable, poster, wrapped
from app.settings import resource_dir

TRANSLATORS = translators(resource_dir("locale"))
DAY = date(2026, 1, 15)
LIMIT = 300_000
"""Bytes; networks that show previews skip larger pictures."""


def row(title: str, language: str = "en") -> HeadlineRow:
    name = OutletName("gogo.mn", "GoGo", "GoGo")
    return HeadlineRow(1, title, None, language, DAY, None, Honesty.DATE_ONLY, name)


def column(language: str, *titles: str, digest: bool = True) -> LanguageColumn:
    rows = tuple(row(title, language) for title in titles)
    return LanguageColumn(language, rows if digest else (), () if digest else rows, len(rows))


def made(ui: str, *columns: LanguageColumn) -> Poster:
    t: Translator = TRANSLATORS[ui]
    return poster(Day(DAY, columns), t, [other for other in TRANSLATORS.values() if other is not t])


def test_a_poster_has_its_editions_headlines_and_both_dates() -> None:
    columns = column("en", "First", "Second"), column("mn", "Нэг", "Хоёр", "Гурав")
    english, mongolian = made("en", *columns), made("mn", *columns[::-1])
    assert english.headlines == ("First", "Second")
    assert mongolian.headlines == ("Нэг", "Хоёр", "Гурав")
    assert (english.date, english.also) == ("Thursday, 15 January 2026", mongolian.date)
    assert "оны нэгдүгээр сарын 15" in mongolian.date
    assert english.count == "5 headlines: English 2, Mongolian 3"
    assert mongolian.count == "5 мэдээ: монгол 3, англи 2"


def test_without_a_digest_the_newest_headlines_stand_and_without_a_language_the_other_one() -> None:
    assert made("en", column("en", "Newest", digest=False), column("mn")).headlines == ("Newest",)
    assert made("en", column("en"), column("mn", "Цас орно")).headlines == ("Цас орно",)


@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize("title", ["Short", "A title that goes on " * 40, "Ү" * 3000, "УРТ ГАРЧИГ " * 30, "日本", ""])
def test_any_title_makes_a_picture_of_the_right_size(ui: str, title: str) -> None:
    data = draw(made(ui, column(ui, *[title] * 6)))
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(data) < LIMIT


def test_another_poster_is_another_picture_and_the_same_is_the_same() -> None:
    first, second = made("en", column("en", "One")), made("en", column("en", "Two"))
    assert draw(first) != draw(second)
    assert draw(first) == draw(made("en", column("en", "One")))


def test_the_margins_stay_empty() -> None:
    with Image.open(io.BytesIO(draw(made("en", column("en", *["WIDE " * 60] * 6))))) as picture:
        grey = picture.convert("L")
    for box in ((0, 0, 60, HEIGHT), (WIDTH - 60, 0, WIDTH, HEIGHT), (0, 0, WIDTH, 36), (0, HEIGHT - 20, WIDTH, HEIGHT)):
        lightest, darkest = grey.crop(box).getextrema()[::-1]
        assert lightest == darkest, f"something is written in {box}"


def serif() -> ImageFont.FreeTypeFont:
    return _font("serif", 30, 600)


def test_long_titles_are_wrapped_and_cut_off_with_an_ellipsis() -> None:
    lines = wrapped("one two three four five six seven eight nine ten " * 4, serif(), 300, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert not lines[0].endswith("…")
    assert all(serif().getlength(line) <= 300 for line in lines)
    assert wrapped("short", serif(), 300, 2) == ["short"]
    assert wrapped("two words", serif(), 300, 1) == ["two words"]
    assert wrapped("", serif(), 300, 2) == []


def test_a_word_longer_than_a_line_is_cut_inside() -> None:
    (line,) = wrapped("Ү" * 200, serif(), 300, 2)
    assert line.endswith("…")
    assert serif().getlength(line) <= 300


@pytest.mark.parametrize(("text", "shown"), [("Өрнө ₮5 №7 “ҮНЭ”", "Өрнө ₮5 №7 “ҮНЭ”"), ("日本 a", "a"), ("ǎb", "ab")])
def test_what_the_fonts_do_not_have_is_left_out(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_every_letter_that_is_let_through_is_in_both_fonts() -> None:
    everything = [chr(c) for c in range(0x20, 0x2200) if drawable(f"x{chr(c)}x") == f"x{chr(c)}x"]
    assert set("ӨөҮүЁё₮№ҚқҢңәһ–“”") <= set(everything)
    for face in ("serif", "sans"):
        font = _font(face, 40, 400)
        missing = bytes(font.getmask("\U0010fffd"))
        lacking = [c for c in everything if c.strip() and bytes(font.getmask(c)) == missing and c not in "\u00ad"]
        assert not lacking, f"{face} lacks {lacking}"
