"""A reading aid: a headline in capitals as a sentence, or nothing where that might be wrong.

`app.lexicon.casing.recase` always answers. A reader who sees a name in small letters has been told something false, so
here every word must be known first: as a name, as an abbreviation, or as a word that is neither. English words are
looked up in a list. Mongolian ones are heard: a word in which back and front vowels meet, or with letters and
beginnings that Mongolian words do not have, is a foreign name, a compound one or an abbreviation, unless it is a known
loan.
`benchmarks/casing.py` measures how often both are right.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from app.lexicon.casing import in_capitals, recase

LANGUAGES = ("en", "mn")
"""The languages that it knows anything about."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_PROBE = "ААААААА "  # no word; what stands after it is not the first of a sentence
_INITIAL = re.compile(r"(?:^|[^\w.])(?!(?:ам|кв)\.)(?:[^\W\d_]{1,2}\.)+$", re.IGNORECASE)
_TWIN = re.compile(r"[^\W\d_]+-$")
"""The first half of a name of two: «Ч.Мөнх-Оргил»."""

_UNITS = frozenset(("ам", "кв", "га", "км", "кг", "м"))

_BACK, _FRONT, _VOWELS = frozenset("аоуяёы"), frozenset("эөүе"), frozenset("аоуяёыэөүиюей")
_FOREIGN = frozenset("фкщ")
_UNHEARD = re.compile(
    r"^[^аоуяёыэөүеи]*о[^аоуяёыэөүеи]+(?:а|у(?!у))|а[оиэ]|о[аиэ]|у[аоиэ]|э[иао]|ө[иү]|ү[иэө]|е[иао]|сс|пп|тт[^ао]"
)
"""What native words do not have: а or a short у after an о («Доха», «Ормуз»), two vowels that meet («Боинг»)."""

_INVARIANT = re.compile(r"(?:жээ|чээ|гүй\w{0,6}|руу|рүү|луу|лүү|аа|ээ|оо|өө)$")
"""Endings that are the same after every vowel, and those of short speech."""

_CASES = """
ын ийн ы ий ийг ыг г д т ад эд од өд тай тэй той аас ээс оос өөс аар ээр оор өөр ууд үүд чууд чүүд руу рүү
гийн гийг гаар гээр гаас гээс иас ынхан ийнхэн
"""
_ENDINGS = frozenset(_CASES.split())
_ABBREVIATED = re.compile(rf"-(?:{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
"""In Mongolian a hyphen before an ending says that an abbreviation stands before it: «ДАШТ-Д»."""

_SHORT = 6
"""Letters that an abbreviation has at most."""

_TWINS = re.compile(r"-\w{4}|\w{4}-\w{3}")
"""Two words as one are a person or a place: «Тэнүүн-Огоо»."""

_EITHER = ("бичигт", "дархан", "хангай", "тува", "хонхор", "ногоон нуур", "оскар")
"""Names that are ordinary words as well."""

_ENDING = 8
"""Letters that Mongolian endings may add to a phrase's last word."""

_UNDONE = (
    *(("'s", ""), ("’s", ""), ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", "")),
    *(("ing", "e"), ("ers", ""), ("ers", "e"), ("er", ""), ("er", "e"), ("ly", ""), ("est", ""), ("est", "e")),
)
"""English endings, and what stood in their place."""

_BEFORE = ("inter", "multi", "under", "sub", "re", "un", "pre", "dis", "non", "anti", "mis", "over", "out", "in", "pro")


@lru_cache(maxsize=8192)
def sentence_case(title: str, language: str) -> str | None:
    """A title in capitals as a sentence of the same letters. None when it is not in capitals, in a language that is not
    known here, or has a word that may be a name that is not."""
    if language not in LANGUAGES or not in_capitals(title):
        return None
    base, named = recase(title), _phrases_in(title.lower(), language)
    made = list(base)
    for found in _WORD.finditer(title):
        start, end = found.span()
        phrase = next((phrase for at, phrase in named if at <= start < at + len(phrase)), None)
        told = _placed(title, base[start:end], start, end, language) if phrase is None else title[start:end].lower()
        if told is None:
            return None
        made[start:end] = told
    for at, phrase in named:
        made[at : at + len(phrase)] = phrase
    cased = "".join(made)
    return cased if cased != title and len(cased) == len(title) else None


@lru_cache(maxsize=8192)
def capitals_of(title: str, language: str) -> str | None:
    """The places of the capitals in the title's `sentence_case`, counted from 0 in characters: "0-2,14". None where
    there is none."""
    told = sentence_case(title, language)
    if told is None:
        return None
    runs: list[list[int]] = []
    for at, letter in enumerate(told):
        if letter.lower() == letter:
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _placed(title: str, cased: str, start: int, end: int, language: str) -> str | None:
    """The word from `start` to `end` as it stands in the sentence, `cased` by `recase`; None where that is not sure."""
    word, begins = title[start:end], _begins(title, start)
    if _is_unit(title, start, end):
        return word.capitalize() if not start else word.lower()
    if _INITIAL.search(_TWIN.sub("", title[:start])):
        return word.capitalize()  # the name after an initial
    if title[end : end + 1] == "." and len(word) < 3:
        return cased
    if language == "mn" and _ABBREVIATED.match(title[end:]):
        return word if len(word) <= _SHORT else None
    if language == "mn" and _TWINS.search(title[max(start - 1, 0) : end + 4]) and cased == cased.lower():
        return None
    if language == "mn" and title[start - 1 : start] == "-" and word.lower() in _ENDINGS:
        return word.lower()
    told = _told(word, language)
    if told is None or told != told.lower():
        return told
    return told[:1].upper() + told[1:] if begins else told


def _is_unit(title: str, start: int, end: int) -> bool:
    """Whether a word is a unit, or the ending of an English number: 5 кв.м, 10th."""
    word, stop = title[start:end].lower(), title[end : end + 1] == "."
    unit = word in _UNITS and (not stop or word in ("ам", "кв"))
    return unit or (len(word) < 3 and title[start - 1 : start].isdigit())


def _begins(title: str, at: int) -> bool:
    """Whether a sentence begins with the word at `at`: not after a number, nor after a stop within a word."""
    before = title[:at].rstrip("(\"'“”«„‘")
    return not before.strip() or (before[-1].isspace() and before.rstrip()[-1] in ".?!:")


@lru_cache(maxsize=16384)
def _told(capitals: str, language: str) -> str | None:
    """A word inside a sentence: in small letters, as a name or as an abbreviation; None where it may be either."""
    word = capitals.lower()
    if word.startswith(_EITHER):
        return None
    probed = recase(_PROBE + capitals)[len(_PROBE) :]
    if probed != word:
        return probed
    if word[0] < "\u0250":
        return word if word == "e" else _english(word) if language == "en" else None  # e-services
    return word if language == "mn" and _ordinary_mongolian(word) else None


def _english(word: str) -> str | None:
    plain, names = _words()
    if word in plain:
        return None if word in names else word
    for ending in ("'s", "’s", "s", ""):  # China's, Israelis
        bare = word.removesuffix(ending)
        if word.endswith(ending) and bare in names:
            return None if bare in plain else names[bare] + word[len(bare) :]
    return word if len(word) > 3 and any(stem in plain for stem in _stems(word)) else None


def _stems(word: str) -> Iterator[str]:
    for shorter in (word, *(word.removeprefix(b) for b in _BEFORE if word.startswith(b) and len(word) > len(b) + 3)):
        yield shorter
        for ending, before in _UNDONE:
            if shorter.endswith(ending) and len(shorter) - len(ending) > 1:
                stem = shorter[: -len(ending)]
                yield stem + before
                if not before and len(stem) > 3 and stem[-1] == stem[-2]:
                    yield stem[:-1]


def _ordinary_mongolian(word: str) -> bool:
    if any(word[:n] in _loans() for n in range(2, len(word) + 1)):
        return True
    return _native(word) or _native(_INVARIANT.sub("", word))


def _native(word: str) -> bool:
    letters = frozenset(word)
    if len(word) < 2 or word[0] in "пр" or letters & _FOREIGN or not letters & _VOWELS:
        return False
    if (letters & _BACK and letters & _FRONT) or _UNHEARD.search(word):
        return False
    return word[0] in _VOWELS or word[1] in _VOWELS or word[1] in "ьъ"


def _phrases_in(lower: str, language: str) -> list[tuple[int, str]]:
    """Names made of ordinary words, with their places in a title in small letters."""
    ending = rf"\w{{0,{_ENDING}}}" if language == "mn" else r"(?:['’]s)?"
    return [
        (found.start(), phrase)
        for first, phrase in _phrases()
        if (phrase[0] < "\u0250") == (language == "en") and first in lower
        for found in re.finditer(rf"(?<!\w){re.escape(first)}{ending}(?!\w)", lower)
    ]


@cache
def _words() -> tuple[frozenset[str], dict[str, str]]:
    """Ordinary English words, and names by their lower case."""
    words = [line for line in _lines("english.txt") if not line.startswith("#")]
    return frozenset(w for w in words if w.islower()), {w.lower(): w for w in words if not w.islower()}


@cache
def _loans() -> frozenset[str]:
    return frozenset(word for line in _lines("loans.txt") for word in line.split() if not line.startswith("#"))


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((line.lower(), line) for line in _lines("phrases.txt") if not line.startswith("#"))


def _lines(file: str) -> Sequence[str]:
    return files("app.lexicon").joinpath("data", file).read_text("utf-8").splitlines()
