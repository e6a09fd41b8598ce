"""Words without their endings, in Mongolian and English: one stem for all forms of a word.

Mongolian: every ending that fits (`app.lexicon.endings`) is tried, and a reading is believed that leaves a word of the
lists `data/words_mn.txt` and `data/verbs_mn.txt`, the cheapest ending first, then the longest word. So `гэрээ`
(contract) stays whole although -ээ is an ending, `хэргийн` is `хэрэг`, `орсон` is `орох`. Words of no list (names,
loan words) lose the endings that are hardly ever anything else; their base forms are treated alike, so that all forms
still meet.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from app.lexicon import english
from app.lexicon.endings import Kind, endings, longest
from app.lexicon.skeleton import skeleton
from app.lexicon.unlisted import unlisted

_SHORTEST = 2
"""Letters that are left when an ending is gone."""

_SURER = 2
"""What it costs less to take a doubtful ending off a listed word (`санал-аа`, not `сана-лаа`)."""

_DOUBTFUL = frozenset(("аа", "ээ", "оо", "өө", "г"))
_OPTATIVE = ("я", "е")  # after й alone: хийе
_AGENT = re.compile("..[аоэөуү]гч$")  # ялагч is who won, not a form of winning
_WHOLE = re.compile("с|г$")  # before these a noun keeps its end: `залуус`, but `борис` is none of `бор`
_GAA = re.compile("г(?:аа|ээ|оо|өө)")

_SHORT_II = 3
"""No verb's stem of more letters ends in ий; of so many, хий does."""

_VOICED = 3
"""What it costs more to believe in a passive or causative verb that is not listed."""

_NAMED = 4
"""…and in a name that is not, but ends like one (`Элбэгдорж`)."""

_GROWN = 3
_LATE_VOWEL = re.compile("[бвгджзклмнпрстфхцчшщ][аэоөи][бвгджзклмнпрстфхцчшщ]$")

_VOWELS = frozenset("аэоөуүиыеяю")
_VOWELS_OR_SOFT = _VOWELS | {"ь"}

_SOFT = ("и", "ь")
_SOFTENS = re.compile("и[аоэөуүх]")  # амиа, хуулиуд, барих
_BACK = re.compile("[аоуыя]")
_HARD = frozenset("жчшгк")  # after these words of back vowels have -ийн without being soft: цагийн, азийн is of ази
_HISSING = ("ж", "ч", "ш", "г", "к", "ц")  # before и without being soft: дэмжих, дэмжсэн

_VOICES = ("гд", "уул", "үүл", "лг", "лц", "лд", "гдуул", "гдүүл")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word. What is in neither alphabet stays as it is."""
    first = word[:1]
    if "a" <= first <= "z":
        return english.stem(word) if word.isascii() else word
    if not "\u0400" <= first <= "\u04ff":
        return word
    return mongolian(word.replace("ё", "е"))


def mongolian(word: str) -> str:
    """The dictionary form of a folded Mongolian word where it is known, else what its forms have in common."""
    listed = _listed()
    if word in listed:
        return listed[word]
    best = min(_readings(word), default=None)
    if best:
        return best[2]
    found = unlisted(word)
    return word if word in _abbreviations() or found in listed else found


def known(word: str) -> str | None:
    """The word of the lists that a folded Mongolian word is a form of, None if there is none."""
    found = mongolian(word.replace("ё", "е"))
    return found if found in listed(verbs=False) or found in listed(verbs=True) else None


@cache
def listed(*, verbs: bool) -> dict[str, None]:
    """Every listed verb in -х, or every other listed word, in the order of the lists (the more frequent ones first)."""
    return dict.fromkeys(_lines("verbs_mn.txt") if verbs else _listed().values())


def _readings(word: str) -> Iterator[tuple[int, int, str]]:
    """Known words that a form may belong to: cost, letters taken off, the word."""
    if named := _named(skeleton(word)):
        yield 0, 0, named
    table = endings()
    for at in range(max(_SHORTEST, len(word) - longest()), len(word)):
        for ending in table.get(word[at:], ()):
            if not _possible(word, at, ending.kind):
                continue
            base = word[:at] + ("н" if ending.kind is Kind.PERSON and word[at - 2 : at] != "гч" else "")
            soft = base.endswith(_SOFT) or _softens(word, at)
            known = _known_verb(base, soft=soft) if ending.kind is Kind.VERB else _known_noun(base, soft=soft)
            if ending.kind is Kind.NOUN and _WHOLE.match(word, at):
                known = ((found, extra) for found, extra in known if base in _listed())
            less = _SURER if word[at:] in _DOUBTFUL and base in _listed() and not base.endswith("ий") else 0
            for found, extra in known:
                yield ending.cost + extra - less, len(word) - at, found


def _possible(word: str, at: int, kind: Kind) -> bool:
    """Whether an ending may begin there: a short vowel goes before one that begins with a vowel; of nouns -н, of verbs
    -гаа come after long vowels only (`далайн`; `байгаа`, but `дүүргээ` is of `дүүрэг`)."""
    if word[at] in _VOWELS and word[at - 1] in _VOWELS_OR_SOFT:
        return False
    if kind is Kind.VERB:
        if (word[at:] in _OPTATIVE and word[at - 1] != "й") or _AGENT.search(word):
            return False
        return not _GAA.match(word, at) or word[at - 1] in _VOWELS or word[at - 1] == "й"
    bare = word[at:] == "н" or word.startswith("нх", at)
    return not bare or kind is Kind.PERSON or word[at - 1] == "й" or word[at - 2] == word[at - 1]


def _grown(base: str, word: str) -> int:
    """What it costs more to believe that a vowel has come into a noun: `салахаар` is hardly of `салхи`."""
    return _GROWN if _LATE_VOWEL.search(base) and word.startswith(base[:-2] + base[-1]) else 0


def _softens(word: str, at: int) -> bool:
    """Whether an ending tells that the word before it ends in ь or и."""
    if _SOFTENS.match(word, at):
        return True
    return word.startswith("ий", at) and word[at - 1] not in _HARD and _BACK.search(word, 0, at) is not None


def _known_noun(base: str, *, soft: bool) -> Iterator[tuple[str, int]]:
    bones = skeleton(base)
    nouns = _nouns().get(bones)
    if nouns:
        alike = (of for noun, of in nouns.items() if noun.endswith(_SOFT) == soft)
        first = next(iter(nouns.values()))
        found = next(alike, first) if soft else nouns.get(base) or next(alike, first)
        yield found, _grown(base, found)
    elif named := _named(bones):
        yield named, _NAMED


def _known_verb(base: str, *, soft: bool) -> Iterator[tuple[str, int]]:
    """`soft`: the stem has ь or и at its end (барих, барьсан), the other one has not (барах, барсан)."""
    if base.endswith("ий") and len(base) > _SHORT_II:
        return
    bones, verbs = skeleton(base), _verbs()
    alike = [verb for verb in verbs.get(bones, ()) if verb.endswith("их") == soft or bones.endswith(_HISSING)]
    if alike:
        yield min(alike, key=lambda verb: _strangeness(base, verb[:-2])), 0
        return
    if bones not in verbs:
        for voice in _VOICES:
            if bones.endswith(voice) and skeleton(bones[: -len(voice)]) in verbs:
                yield bones, _VOICED


def _strangeness(base: str, verb: str) -> int:
    """Of verbs with one skeleton, how far one is from what is left of a word: `авар-сан` is of `авр-ах`, which has no
    vowel there, not of `авир-ах`, which has another."""
    return 0 if verb == base else 1 + (len(verb) == len(base))


def _named(bones: str) -> str | None:
    for length in range(len(bones) - 2, 2, -1):
        if bones[-length:] in _tails():
            return bones
    return None


@cache
def forms() -> dict[str, str]:
    """The forms that no rule tells -> their words."""
    return {form: word for form, word in _listed().items() if form != word}


@cache
def _listed() -> dict[str, str]:
    """Word -> what it is a form of: itself, save `form=word`."""
    pairs = (word.partition("=") for word in _lines("words_mn.txt"))
    return {word: of or word for word, _, of in pairs}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word.lower() for word in _lines("abbreviations.txt") if word[0] >= "\u0400")


@cache
def _nouns() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word, of in _listed().items():
        found.setdefault(skeleton(word), {})[word] = of
    return found


@cache
def _verbs() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in _lines("verbs_mn.txt"):
        bones = skeleton(word[:-1])
        found[bones] = (*found.get(bones, ()), word)
    return found


@cache
def _tails() -> frozenset[str]:
    return frozenset(skeleton(word) for word in _lines("name_ends_mn.txt"))


def _lines(file: str) -> list[str]:
    text = files("app.lexicon").joinpath("data", file).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [word.replace("ё", "е") for line in lines for word in line.replace("-", " ").replace(".", " ").split()]
