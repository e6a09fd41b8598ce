"""The picture of a day, or of a headline, that goes along when its page is shared: 1200 x 630 points, print-like, both
scripts.

Drawn with fonts of our own (docs/recipes/fonts.py), so it looks the same on every machine. Pure: the same poster gives
the same bytes with the same version of Pillow, which is imported for the first picture: a server starts without it.
"""

import io
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import Translator
from app.model.timeline import Day, HeadlineRow
from app.render.typography import caps_class

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

MEDIA_TYPE = "image/png"

WIDTH, HEIGHT = 1200, 630
"""What networks that show previews ask for: 1.91 to 1."""

MARGIN = 64
INK, PAPER = (0x15, 0x17, 0x1B), (0xFC, 0xFC, 0xFA)
"""The light theme's, as in static/css/ortoo.css."""

BLACK, GREY, PALE, RULE, WHITE = 0, 54, 88, 216, 255
"""How light a pen is, between INK (0) and PAPER (255): the inks of the style sheet."""

SHADES = 16
"""Steps from INK to PAPER in the file: enough for smooth edges, and four bits a point."""

CAPITALS = 0.84
"""How much smaller a title in capitals is set."""

MOST_CHARS = 240
"""No poster has room for more of a title."""

KEPT = 64
"""Pictures remembered, 25 kB each; what they show is the key, so a change of the day makes another one."""

_PEN = threading.Lock()
"""The fonts are shared, and FreeType's faces serve one thread at a time."""

_DATA = Path(__file__).parent / "data"
_COVERED = ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x400, 0x45F), (0x490, 0x4BF), (0x4D0, 0x4F9))
_GAPS = frozenset("ĬĭĲĳŦŧҔҕҜҝҞҟҤҥҦҧҨҩҬҭҴҵҸҹҼҽҾҿӒӓӚӛӜӝӞӟӠӡӤӥӪӫӬӭӰӱӴӵӶӷӸӹ")
_SIGNS = frozenset("–—‘’‚“”„•…′″‹›€₮№™−")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything that is written on it. `headlines` are in the order of the digest, or there is one alone; `date` is in
    the edition's words, `also` in the other edition's; `count` stands at the foot."""

    tagline: str
    date: str
    also: str
    headlines: tuple[str, ...]
    count: str


@dataclass(frozen=True, slots=True)
class _Size:
    """How a headline is set: points, weight, distance between lines, and how many lines it may take."""

    points: int
    weight: int
    leading: float
    lines: int


_LEAD = _Size(44, 640, 1.16, 3)
_NEXT = _Size(31, 570, 1.22, 2)
_ALONE = _Size(58, 640, 1.16, 5)


def poster(day: Day, t: Translator, others: Sequence[Translator]) -> Poster:
    """The poster of a day in one edition: the first headlines of its language; of another one where it has none."""
    columns = sorted(day.columns, key=lambda column: (column.language != t.ui, not column.total))
    rows = next((rows for c in columns if (rows := (*c.digest, *c.others))), ())
    count = f"{t.count('count.headlines', day.total)}: {_by_language(day, t)}" if len(day.columns) > 1 else ""
    return Poster(
        tagline=t.text("brand.tagline"),
        date=t.dated(day.day, "full"),
        also=others[0].dated(day.day, "full") if others else "",
        headlines=tuple(_title(row) for row in rows[:5]),
        count=count or t.count("count.headlines", day.total),
    )


def headline_poster(row: HeadlineRow, t: Translator, others: Sequence[Translator]) -> Poster | None:
    """The poster of one headline: its outlet is at the foot. None where the fonts do not have its letters."""
    title = _title(row)
    if not any(c.isalnum() for c in title):
        return None
    return Poster(
        tagline=t.text("brand.tagline"),
        date=t.dated(row.day, "full"),
        also=others[0].dated(row.day, "full") if others else "",
        headlines=(title,),
        count=drawable(row.outlet.name(t.ui)),
    )


@lru_cache(maxsize=KEPT)
def draw(poster: Poster) -> bytes:
    """The poster as PNG. Safe to call from several threads; the last KEPT posters are remembered."""
    with _PEN:
        return _drawn(poster)


def _drawn(poster: Poster) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (WIDTH, HEIGHT), WHITE)
    pen = ImageDraw.Draw(picture)
    right = WIDTH - MARGIN
    picture.paste(BLACK, (MARGIN, 40), _wordmark())
    pen.text((right, 118), poster.tagline, GREY, _font("serif", 25, 400), anchor="rs")
    pen.rectangle((MARGIN, 154, right, 157), BLACK)
    _dates(pen, drawable(poster.date), drawable(poster.also))
    pen.line((MARGIN, 224, right, 224), RULE)
    _headlines(pen, poster.headlines, top=238, bottom=HEIGHT - 78)
    pen.line((MARGIN, HEIGHT - 66, right, HEIGHT - 66), RULE)
    pen.text((MARGIN, HEIGHT - 34), poster.count, GREY, _font("sans", 25, 400), anchor="ls")
    return _packed(picture)


def _packed(picture: "Image.Image") -> bytes:
    """Shades of grey as PNG with a palette from INK to PAPER."""
    most = SHADES - 1
    packed = io.BytesIO()
    shades = picture.point([round(value * most / 255) for value in range(256)])
    shades.putpalette([round(i + (p - i) * n / most) for n in range(SHADES) for i, p in zip(INK, PAPER, strict=True)])
    shades.save(packed, "PNG", compress_level=6, bits=4)
    return packed.getvalue()


def _dates(pen: "ImageDraw.ImageDraw", date: str, also: str) -> None:
    """The date in the edition's words, as large as there is room for, and at the end of the line in the other's."""
    small = _font("serif", 24, 400)
    room = WIDTH - 2 * MARGIN - small.getlength(also) - 40
    sizes = (_font("serif", points, 600) for points in range(36, 24, -1))
    font = next((font for font in sizes if font.getlength(date) <= room), _font("serif", 24, 600))
    pen.text((MARGIN, 204), date, BLACK, font, anchor="ls")
    pen.text((WIDTH - MARGIN, 204), also, PALE, small, anchor="rs")


def drawable(text: str) -> str:
    """`text` with what the fonts do not have left out; a letter with an unknown accent loses the accent."""
    pieces = (c if _has(c) else "".join(filter(_has, unicodedata.normalize("NFKD", c))) for c in text)
    return " ".join("".join(pieces).split())


def wrapped(text: str, font: "ImageFont.FreeTypeFont", width: float, most: int) -> list[str]:
    """`text` as at most so many lines of at most `width` points. What does not fit is cut off with an ellipsis, a word
    that is longer than a line inside it."""
    lines: list[str] = []
    left = text.split()
    while left and len(lines) < most:
        last = len(lines) == most - 1
        taken = len(left)
        while taken > 1 and font.getlength(" ".join(left[:taken]) + _tail(last, taken, left)) > width:
            taken -= 1
        line = " ".join(left[:taken])
        tail = _tail(last, taken, left)
        if font.getlength(line + tail) > width:
            line, tail = _cut(line, font, width), _ELLIPSIS
        lines.append(line.rstrip(" ,;:–—-") + tail if tail else line)
        left = left[taken:]
    return lines


def _tail(last: bool, taken: int, left: Sequence[str]) -> str:
    return _ELLIPSIS if last and taken < len(left) else ""


def _cut(word: str, font: "ImageFont.FreeTypeFont", width: float) -> str:
    fits = bisect_right(range(len(word)), width, key=lambda n: font.getlength(word[:n] + _ELLIPSIS))
    return word[: max(0, fits - 1)]


def _headlines(pen: "ImageDraw.ImageDraw", titles: Sequence[str], top: float, bottom: float) -> None:
    """As many titles as there is room for between two heights, each with its number in the margin; one that stands
    alone is larger, without a number."""
    y = top
    alone = len(titles) == 1
    for number, title in enumerate(titles, 1):
        size = _ALONE if alone else _LEAD if number == 1 else _NEXT
        points = round(size.points * (CAPITALS if caps_class(title) else 1))
        font = _font("serif", points, size.weight)
        indent = 0 if alone else 52
        step = points * size.leading
        room = int((bottom - y) // step)
        lines = wrapped(title, font, WIDTH - 2 * MARGIN - indent, min(size.lines, room))
        if not lines or (room < size.lines and lines[-1].endswith(_ELLIPSIS)):
            return
        baseline = y + step * 0.8
        if not alone:
            pen.text((MARGIN, baseline), str(number), PALE, _font("serif", points, 400), anchor="ls")
        for line in lines:
            pen.text((MARGIN + indent, baseline), line, BLACK, font, anchor="ls")
            baseline += step
        y += len(lines) * step + 12


def _title(row: HeadlineRow) -> str:
    return drawable(row.title[:MOST_CHARS])


def _by_language(day: Day, t: Translator) -> str:
    return ", ".join(f"{t.language(column.language)} {t.number(column.total)}" for column in day.columns)


def _has(c: str) -> bool:
    return c in _SIGNS or (c not in _GAPS and any(first <= ord(c) <= last for first, last in _COVERED))


@lru_cache(maxsize=64)
def _font(face: str, points: int, weight: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    font = ImageFont.truetype(_DATA / f"ortoo-{face}.ttf", points, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=1)
def _wordmark() -> "Image.Image":
    from PIL import Image

    with Image.open(_DATA / "wordmark.png") as mask:
        return mask.convert("L")
