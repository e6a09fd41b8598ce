"""A title as it stood -> a title that is safe to show: Unicode form C, trimmed, without characters that act instead of
being read. Nothing else changes: capitals, quotation marks, double blanks and look-alike letters stay as published."""

import re
import unicodedata

from app.model.value import value

_BLANKS = re.compile(r"\s+")
_SPACES = "".join(c for c in map(chr, range(0x3001)) if unicodedata.category(c) == "Zs")
_BREAK = re.compile(rf"[^\S{_SPACES}]")
"""White space that is no blank: line breaks, tabs and the like."""

_KEPT_FORMATS = frozenset(
    "\u200c\u200d\u180e"  # joiners and the Mongolian vowel separator: letters change their shape by them
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # signs that are seen
)


@value(frozen=True, slots=True)
class Clean:
    """`text` is what may be shown. `given` is what came, with the characters that were taken out written as \\uXXXX;
    None where nothing was but blanks at the ends and the composition of letters."""

    text: str
    given: str | None = None


def clean(text: str) -> Clean:
    """Take out control characters, bidirectional controls, invisible characters and what is no character at all; a line
    break or tab, with the blanks around it, becomes one blank; a lone surrogate (a byte that could not be read) becomes
    U+FFFD; of a pile of marks on one letter the first _PILE stay."""
    text = text.strip()
    given = text
    if len(text) > _LONG:
        text = _unpiled(text)
    if text.isprintable() and text is given:
        return Clean(unicodedata.normalize("NFC", text))
    shown = _BLANKS.sub(_unbroken, text) if _BREAK.search(text) else text
    shown = shown.translate({ord(c): "\ufffd" if _is_half(c) else "" if _acts(c) else c for c in set(shown)})
    changed = shown != given
    return Clean(unicodedata.normalize("NFC", shown.strip()), escaped(given) if changed else None)


_LONG = 300
"""Characters from which on a text is looked at for piles; no known real headline has so many."""

_PILE = 30
"""Marks on one letter: the most that any language needs, with room (Unicode Annex 15, section 13). Putting a longer
pile in order takes time by the square of its height."""


def _unpiled(text: str) -> str:
    """Without the marks that stand on more than _PILE others; the same object where there are none."""
    if not any(map(unicodedata.combining, text)):
        return text
    kept, pile = [], 0
    for c in text:
        pile = pile + 1 if unicodedata.combining(c) else 0
        if pile <= _PILE:
            kept.append(c)
    return text if len(kept) == len(text) else "".join(kept)


def escaped(text: str) -> str:
    """The text with every character that `clean` would take out or replace written as \\uXXXX (or \\UXXXXXXXX)."""
    return text.translate({ord(c): _name(c) if _acts(c) or _is_half(c) else c for c in set(text)})


def _is_half(c: str) -> bool:
    """Whether it is a lone surrogate."""
    return "\ud800" <= c <= "\udfff"


def _acts(c: str) -> bool:
    """Whether a character acts on the text instead of being read."""
    if c.isprintable() or c == "\xa0":
        return False
    kind = unicodedata.category(c)
    no_character = kind == "Cn" and (ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF)
    return kind in ("Cc", "Zl", "Zp") or no_character or (kind == "Cf" and c not in _KEPT_FORMATS)


def _name(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08x}"


def _unbroken(blanks: re.Match[str]) -> str:
    """A run of white space: one blank if anything but blanks is in it."""
    return " " if blanks[0].strip(_SPACES) else blanks[0]
