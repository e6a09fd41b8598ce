"""Keyword filters: which items of a wide feed are about what is wanted.

A filter is a list of words, separated by commas. An item passes when it mentions any of them and none that has a minus
before it; without a wanted word everything passes that nothing forbids:

    mongolia                     the named rule: Mongolia, its capital and its mines, in the scripts that feeds use
    mongolia, -inner-mongolia    the same, where Inner Mongolia, in China, is no mention
    copper, зэс*, -football      words of one's own; a star stands for any ending, as Mongolian needs it

What an item mentions is looked for in its title and in the text that came with it, without markup and addresses. Case
does not count, nor whether й and ё came as one code point or two.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from app.model.headline import RawItem

MAX_CHARS = 1_000
"""Of a filter."""

MAX_WORDS = 50

_LOOKED_AT = 50_000
"""Characters of an item's text that are looked at."""

# Mongol- takes any ending: Mongolia's, Mongolian, Монголын, Монголд, монгольский. The others are proper names. Names
# that China or Russia have too (Gobi, Darkhan, Altai) say nothing.
_MONGOLIA = (
    r"(?<!\w)mongol(?!oid)\w*",
    r"(?<!\w)монгол\w*",
    r"(?<!\w)ul[ae]?an[\s-]?baa?tar\w*|(?<!\w)ulaan[\s-]?baatar\w*|(?<!\w)ulan[\s-]?bator\w*",
    r"(?<!\w)улаан[\s-]?баатар\w*|(?<!\w)улан[\s-]?батор\w*",
    r"(?<!\w)oyu[\s-]?tolgoi\w*|(?<!\w)оюу?[\s-]?толго[йи]\w*",
    r"(?<!\w)tavan[\s-]?tolgoi\w*|(?<!\w)таван[\s-]?толго[йи]\w*",
    r"(?<!\w)erdenet\w*|(?<!\w)эрдэн[эе]т\w*",
    r"蒙古|モンゴル|몽골|ウランバートル|乌兰巴托|울란바토르",
)
_INNER = (
    r"(?<!\w)inner[\s-]+mongol\w*|(?<!\w)nei[\s-]?mongg?ol\w*|(?<!\w)nei[\s-]?menggu\w*",
    r"(?<!\w)өвөр[\s-]?монгол\w*",
    r"(?<!\w)внутренн\w+[\s-]+монгол\w*",
    r"内蒙古?|內蒙古?|内モンゴル|내몽골|네이멍구",
)
RULES: Mapping[str, tuple[str, ...]] = {"mongolia": _MONGOLIA, "inner-mongolia": _INNER}
"""The named rules; patterns over folded text."""

_MASKED = "inner-mongolia"
"""Forbidden, it is taken out of the text instead of forbidding the item: a report on trade between Inner Mongolia and
Mongolia is about Mongolia."""

_MARKUP = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"\b(?:https?:|www\.)[^\s\"'<>\]]+", re.I)
_WORD = re.compile(r"-?[^\s*][^*]*\*?")


@dataclass(frozen=True, slots=True)
class Keywords:
    """A filter, ready to use. All three are patterns over folded text; None where there is nothing of the kind."""

    wanted: re.Pattern[str] | None = None
    unwanted: re.Pattern[str] | None = None
    masked: re.Pattern[str] | None = None

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a filter. ValueError, with what is wrong, for what is none."""
        if len(text) > MAX_CHARS:
            raise ValueError(f"a keyword filter has at most {MAX_CHARS:,} characters")
        words = [word for part in text.split(",") if (word := " ".join(part.split()))]
        if len(words) > MAX_WORDS:
            raise ValueError(f"a keyword filter has at most {MAX_WORDS} words")
        wanted: list[str] = []
        unwanted: list[str] = []
        masked: tuple[str, ...] = ()
        for word in words:
            if word == f"-{_MASKED}":
                masked = _INNER
            elif word.startswith("-"):
                unwanted += _patterns(word[1:].strip())
            else:
                wanted += _patterns(word)
        return cls(_any_of(wanted), _any_of(unwanted), _any_of(masked))

    @property
    def empty(self) -> bool:
        """Whether everything passes."""
        return self.wanted is None and self.unwanted is None and self.masked is None

    def passes(self, *texts: str) -> bool:
        """Whether an item with these texts is wanted."""
        if self.empty:
            return True
        text = "\n".join(map(folded, texts))
        if self.masked is not None:
            left = self.masked.sub(" ", text)
            if self.wanted is None and left != text:
                return False
            text = left
        if self.unwanted is not None and self.unwanted.search(text):
            return False
        return self.wanted is None or self.wanted.search(text) is not None

    def takes(self, item: RawItem) -> bool:
        """Whether an item passes: its title, and the text that came with it."""
        return self.empty or self.passes(item.title, told(item.raw))


@lru_cache(maxsize=256)
def keywords(text: str) -> Keywords:
    """The filter that `text` says, kept for the next time. ValueError as `Keywords.of`."""
    return Keywords.of(text)


def told(raw: bytes) -> str:
    """What an item's own bytes say to a reader: without markup, also where that is escaped twice, and without
    addresses, which name what they please."""
    text = raw[: 4 * _LOOKED_AT].decode("utf-8", "ignore")[:_LOOKED_AT]
    for _ in range(2):
        text = html.unescape(_MARKUP.sub(" ", text.replace("<![CDATA[", " ").replace("]]>", " ")))
    return _ADDRESS.sub(" ", _MARKUP.sub(" ", text))


def folded(text: str) -> str:
    """The form in which texts and words are compared."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _patterns(word: str) -> tuple[str, ...]:
    if word in RULES:
        return RULES[word]
    if _WORD.fullmatch(word) is None:
        raise ValueError(f"{word!r} is no word: a star stands at the end only")
    end = r"\w*" if word.endswith("*") else ""
    parts = [re.escape(part) for part in folded(word.removesuffix("*")).split()]
    phrase = r"\s+".join(parts)
    return (rf"(?<!\w){phrase}{end}(?!\w)",) if parts else ()


def _any_of(patterns: tuple[str, ...] | list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
