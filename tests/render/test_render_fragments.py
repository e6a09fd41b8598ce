"""Lines that were rendered before."""

from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from app.i18n import translators
from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow
from app.render.fragments import MOST_LINES, Fragments
from app.settings import resource_dir
from app.timeline.links import Links
from tests.builders import DAY

T = translators(resource_dir("locale"))
ROW = HeadlineRow(1, "A & B", None, "en", DAY, None, Honesty.DATE_ONLY, OutletName("a.mn", "A", "А"))


class Macro:
    """Counts what it makes."""

    def __init__(self, name: str = "row") -> None:
        self.name = name
        self.made = 0

    def __call__(self, row: HeadlineRow, t: object, links: object, day: object, *, outlet: bool) -> Markup:
        self.made += 1
        return Markup("<li>{} {}").format(row.title, self.made)


def test_an_equal_line_is_made_once() -> None:
    fragments, macro = Fragments(), Macro()
    first = fragments.lines(macro, [ROW, replace(ROW, id=2)], T["en"], Links("en"), DAY)
    assert first == "<li>A &amp; B 1\n<li>A &amp; B 2"
    assert isinstance(first, Markup)
    assert fragments.lines(macro, [replace(ROW), replace(ROW, id=2)], T["en"], Links("en"), DAY) == first
    assert macro.made == 2


def test_a_line_that_differs_in_anything_is_another() -> None:
    fragments, macro = Fragments(), Macro()
    asked = [
        (ROW, "en", DAY, True),
        (replace(ROW, title="Corrected"), "en", DAY, True),
        (replace(ROW, outlet=OutletName("a.mn", "A", "Шинэ")), "en", DAY, True),
        (replace(ROW, rank=1), "en", DAY, True),
        (ROW, "mn", DAY, True),
        (ROW, "en", DAY + timedelta(days=1), True),
        (ROW, "en", DAY, False),
    ]
    for _ in range(2):
        texts = {fragments.lines(macro, [row], T[ui], Links(ui), day, outlet) for row, ui, day, outlet in asked}
        assert len(texts) == len(asked)
    assert macro.made == len(asked)
    fragments.lines(Macro("item"), [ROW], T["en"], Links("en"), DAY)
    assert len(fragments) == len(asked) + 1


def test_there_is_an_end_to_it() -> None:
    fragments, macro = Fragments(), Macro()
    for n in range(3 * MOST_LINES):
        fragments.lines(macro, [ROW, replace(ROW, id=n + 2)], T["en"], Links("en"), DAY)
        assert len(fragments) <= MOST_LINES
    assert macro.made == 3 * MOST_LINES + 1, "what is asked for all the time stays"
