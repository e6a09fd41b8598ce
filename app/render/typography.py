"""How headlines and long reads are set. Nothing here changes a letter of what a source wrote; it only adds markup."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from app.language import spans
from app.model.language import UNDETERMINED
from app.model.timeline import HeadlineRow
from app.search.keys import keyed
from app.search.tokens import placed

CAPITALS_SHARE = 0.7
"""A title with a greater share of capitals among its letters came in capitals and is set smaller."""

CAPITALS_LONG = 100
"""…and from so many characters on smaller and lighter still."""

WORDS_A_MINUTE = 230
"""Silent reading of non-fiction, adults: 238 words a minute (Brysbaert 2019), rounded down for a second language."""

OLD_AFTER_DAYS = 60
"""An article this much older than the day that carries it is from the archive, and is marked as such."""

EXCERPT_CHARS = 700

_UNBROKEN = re.compile(r"\d+(?:[.,]\d+)*(?:[-–]\w+)+|\b[^\W\d]-\w+")
"""A number with its suffix or its partner (2-нд, 10-20), a single letter with its word (E-SERVICES, F-16)."""

_LONGEST_UNBROKEN = 14
"""Anything longer may break: a narrow column has no room for it."""

_NOTE = re.compile(r"(?<=[^\s\d(])\d{1,2}\)")
"""A note's marker at the end of a word: Eurasia.1)"""


@lru_cache(maxsize=8192)
def caps_class(title: str) -> str:
    """` caps`, ` caps caps--long` or nothing, to be added to a class attribute."""
    letters = [c for c in title if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) <= CAPITALS_SHARE * len(letters):
        return ""
    return " caps caps--long" if len(title) > CAPITALS_LONG else " caps"


@lru_cache(maxsize=8192)
def unbroken(title: str) -> Markup:
    """The title, escaped, with words that a line end must not split in `<span class="nb">`."""
    return _wrapped(_UNBROKEN, title, Markup('<span class="nb">{}</span>'), _LONGEST_UNBROKEN)


@lru_cache(maxsize=8192)
def titled(title: str, language: str) -> Markup:
    """A title in `language`, escaped, as `unbroken` sets it; pieces in another language's script say which, so that a
    screen reader changes its voice."""
    return _spoken(title, language, unbroken)


def _spoken(title: str, language: str, set_piece: Callable[[str], Markup]) -> Markup:
    marked = Markup('<span lang="{}">{}</span>')
    pieces = (
        set_piece(text) if code == language else marked.format(lang_tag(code), set_piece(text))
        for text, code in spans(title, language)
    )
    return Markup("").join(pieces)


def found(title: str, language: str, words: Collection[str]) -> Markup:
    """A title as `titled` sets it, those of its words in `<mark>` that are among `words` (as `app.search.keys` has
    them)."""

    def plain(text: str) -> Markup:
        parts: list[Markup] = []
        done = 0
        for start, end, word in placed(text):
            if keyed(word)[0] in words:
                parts += [escape(text[done:start]), Markup("<mark>{}</mark>").format(text[start:end])]
                done = end
        return Markup("").join([*parts, escape(text[done:])])

    def whole(text: str) -> Markup:
        return _replaced(
            _UNBROKEN,
            text,
            lambda m: (
                Markup('<span class="nb">{}</span>').format(plain(m[0]))
                if len(m[0]) <= _LONGEST_UNBROKEN
                else plain(m[0])
            ),
            between=plain,
        )

    return _spoken(title, language, whole)


def _replaced(
    pattern: re.Pattern[str],
    text: str,
    replace: Callable[[re.Match[str]], Markup],
    between: Callable[[str], Markup] = escape,
) -> Markup:
    """`text` with each match of `pattern` replaced, and what is between the matches set by `between`."""
    parts: list[Markup] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [between(text[end : match.start()]), replace(match)]
        end = match.end()
    return Markup("").join([*parts, between(text[end:])])


def with_notes(paragraph: str) -> Markup:
    """A paragraph, escaped, with the markers of notes raised."""
    return _wrapped(_NOTE, paragraph, Markup("<sup>{}</sup>"), EXCERPT_CHARS)


def note_markers(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The markers of notes in a text, in order: ("1)", "2)")."""
    return tuple(dict.fromkeys(m for paragraph in paragraphs for m in _NOTE.findall(paragraph)))


def _wrapped(pattern: re.Pattern[str], text: str, markup: Markup, longest: int) -> Markup:
    return _replaced(pattern, text, lambda m: markup.format(m[0]) if len(m[0]) <= longest else escape(m[0]))


def excerpt(paragraphs: Sequence[str]) -> str:
    """The first paragraph, cut after a word where it is very long."""
    first = paragraphs[0] if paragraphs else ""
    return first if len(first) <= EXCERPT_CHARS else first[:EXCERPT_CHARS].rsplit(None, 1)[0] + "…"


def words(paragraphs: Sequence[str]) -> int:
    """How many words a text has."""
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def minutes(paragraphs: Sequence[str]) -> int:
    """How long a text takes to read, in whole minutes, at least one."""
    return max(1, round(words(paragraphs) / WORDS_A_MINUTE))


def is_old(published_on: date, carried_on: date) -> bool:
    """Whether an article was long published when a day's digest carried it."""
    return (carried_on - published_on).days > OLD_AFTER_DAYS


def lang_tag(code: str) -> str:
    """The value of a `lang` attribute; empty, which means unknown, for a language that is not determined."""
    return "" if code == UNDETERMINED else code


def href(row: HeadlineRow) -> str:
    """Where a headline leads: its own address, else the host that was printed with it, else its outlet's."""
    if row.url and row.url.lower().startswith(("http://", "https://")):
        return row.url
    return f"https://{row.host or row.outlet.domain}/"
