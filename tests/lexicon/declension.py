"""Mongolian nouns in all their forms, made from the rules of declension and from what the dictionary says of a noun.

Nothing here is shared with `app.lexicon`: forms are put together here, and taken apart there. After J. Gaunt and
L. Bayarmandakh, "Modern Mongolian: A Course-Book" (Routledge 2006), chapters on the cases, and the spelling rules of
hidden н and г.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOUNS = Path(__file__).parents[1] / "cases" / "search" / "nouns.txt"

_SHORT = "аэоөуүи"


@dataclass(frozen=True, slots=True)
class Noun:
    """`lemma` in its dictionary form, `oblique` as it stands before an ending that begins with a vowel, `hidden` the
    consonant (н, г or none) that comes before some endings."""

    lemma: str
    oblique: str
    hidden: str = ""

    @property
    def long(self) -> bool:
        """Whether it ends in a long vowel or a diphthong."""
        return self.lemma[-1] == "й" or (self.lemma[-1] in _SHORT and self.lemma[-2:-1] in ("", *_SHORT))

    @property
    def soft(self) -> bool:
        """Whether it ends in ь or a short и, which become и before endings."""
        return self.lemma[-1] in "ьи" and not self.long

    @property
    def short(self) -> bool:
        """Whether it ends in a short vowel, which goes before endings that begin with one."""
        return self.lemma[-1] in "аэоөуү" and not self.long

    @property
    def a(self) -> str:
        """The vowel of its endings."""
        for letter in reversed(self.lemma):
            for vowels, harmony in (("ауяы", "а"), ("оё", "о"), ("ө", "ө"), ("эүе", "э")):
                if letter in vowels:
                    return harmony if harmony != "э" or "ө" not in self.lemma or letter != "е" else "ө"
        return "э"

    @property
    def back(self) -> bool:
        """Whether it has back vowels."""
        return self.a in "ао"

    @property
    def with_(self) -> str:
        """The ending of company."""
        return {"а": "тай", "о": "той"}.get(self.a, "тэй")

    @property
    def plural(self) -> str:
        """The commonest plural."""
        uu = "уу" if self.back else "үү"
        if self.soft:
            return self.oblique + "и" + uu[0] + "д"
        if self.long:
            return self.lemma + "н" + uu + "д" if self.hidden != "г" else self.lemma + "г" + uu + "д"
        return (self.lemma + "г" if self.hidden == "г" else self.oblique) + uu + "д"


def nouns() -> tuple[Noun, ...]:
    """The nouns of the list."""
    lines = [line for line in NOUNS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return tuple(_noun(entry) for line in lines for entry in line.split())


def _noun(entry: str) -> Noun:
    word, _, hidden = entry.partition("/")
    lemma, _, oblique = word.partition(":")
    if not oblique:
        bare = Noun(lemma, lemma)
        oblique = lemma[:-1] if bare.short or bare.soft else lemma
    return Noun(lemma, oblique, hidden)


def forms(noun: Noun) -> dict[str, str]:
    """Name of the form -> the form. Without the dictionary form."""
    aa, later = noun.a * 2, "аа" if noun.back else "ээ"
    singular = _singular(noun)
    made = dict(singular)
    made["reflexive"] = _reflexive(noun)
    made["genitive reflexive"] = singular["genitive"] + "х" + aa
    for case in ("accusative", "dative", "ablative", "instrumental"):
        made[f"{case} reflexive"] = singular[case] + aa
    made["comitative reflexive"] = singular["comitative"] + "г" + aa
    if noun.long or noun.hidden == "г":
        made["accusative reflexive"] = noun.lemma + "г" + aa
    made["of what is owned"] = singular["genitive"] + "х" + aa + "с"
    for case, ending in _plural_endings(noun):
        made[f"plural {case}"] = noun.plural + ending
        if case in ("dative", "ablative", "instrumental"):
            made[f"plural {case} reflexive"] = noun.plural + ending + later
    made["plural comitative reflexive"] = noun.plural + ("тайгаа" if noun.back else "тэйгээ")
    made["plural reflexive"] = noun.plural + later
    return made


def _singular(noun: Noun) -> dict[str, str]:
    return {
        "genitive": _genitive(noun),
        "accusative": _accusative(noun),
        "dative": _dative(noun),
        "ablative": _ablative(noun),
        "instrumental": _instrumental(noun),
        "comitative": noun.lemma + noun.with_,
        "privative": noun.lemma + "гүй",
    }


def _in(noun: Noun) -> str:
    """ы or ий: after ж, ч, ш, г, к always ий."""
    return "ы" if noun.back and noun.oblique[-1] not in "жчшгк" and not noun.soft else "ий"


def _genitive(noun: Noun) -> str:
    if noun.hidden == "н":
        stem = noun.oblique + "и" if noun.soft else noun.lemma
        return stem + "н" + ("ы" if noun.back else "ий")
    if noun.hidden == "г":
        return noun.lemma + "гийн"
    if noun.long:
        return noun.lemma + ("н" if noun.lemma[-1] == "й" else "гийн")
    if noun.lemma[-1] == "н":
        return noun.oblique + ("ы" if noun.back else "ий")
    return noun.oblique + _in(noun) + "н"


def _accusative(noun: Noun) -> str:
    if noun.long or noun.hidden == "г":
        return noun.lemma + "г"
    return noun.oblique + _in(noun) + "г"


def _dative(noun: Noun) -> str:
    if noun.hidden == "н":
        if noun.soft:
            return noun.oblique + "инд"
        return noun.lemma + ("нд" if noun.long or noun.short else noun.a + "нд")
    if noun.long or noun.short or noun.soft or noun.lemma[-1] in "нлмв" or noun.hidden == "г":
        return noun.lemma + "д"
    if noun.lemma[-1] in "гр":
        return noun.lemma + "т"
    if noun.lemma[-1] in "жчш":
        return noun.lemma + "ид"
    return noun.oblique + noun.a + "д"


def _ablative(noun: Noun) -> str:
    aas = noun.a * 2 + "с"
    if noun.hidden == "н":
        return (noun.oblique + "и" if noun.soft else noun.lemma) + "н" + aas
    if noun.long or noun.hidden == "г":
        return noun.lemma + "г" + aas
    return noun.oblique + ("и" + aas[1:] if noun.soft else aas)


def _instrumental(noun: Noun) -> str:
    aar = noun.a * 2 + "р"
    if noun.long or noun.hidden == "г":
        return noun.lemma + "г" + aar
    return noun.oblique + ("и" + aar[1:] if noun.soft else aar)


def _reflexive(noun: Noun) -> str:
    if noun.long or noun.hidden == "г":
        return noun.lemma + "г" + noun.a * 2
    return noun.oblique + ("и" + noun.a if noun.soft else noun.a * 2)


def _plural_endings(noun: Noun) -> Iterator[tuple[str, str]]:
    """After -ууд, -үүд, which set the harmony: а after уу, э after үү."""
    a = "а" if noun.back else "э"
    i = "ы" if noun.back else "ий"
    yield from (("nominative", ""), ("genitive", i + "н"), ("accusative", i + "г"), ("dative", a + "д"))
    yield from (("ablative", a * 2 + "с"), ("instrumental", a * 2 + "р"), ("comitative", "тай" if noun.back else "тэй"))
