"""The endings of Mongolian nouns and verbs, as they are written, in all four vowel harmonies.

Rules after J. Gaunt and L. Bayarmandakh, "Modern Mongolian: A Course-Book" (Routledge 2006). A noun takes [plural]
[case] [case] [reflexive], a verb one of its own endings, and the verbal nouns among these cases as well. Each chain is
written out here as one string, so that a word is taken apart in one look at a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

USUAL = 10
"""What it costs to take a usual ending off. Dearer ones are short or rare: they are believed when nothing else fits."""


class Kind(Enum):
    """What is left when an ending is gone."""

    NOUN = "noun"
    PERSON = "person"  # a noun that lost its last н before the plural -д: иргэд, иргэн
    VERB = "verb"


@dataclass(frozen=True, slots=True)
class Ending:
    """One reading of an ending."""

    kind: Kind
    cost: int


@dataclass(frozen=True, slots=True)
class _Harmony:
    """The vowels of endings that follow one vowel: `a` а э о ө, `u` уу үү, `i` ы ий as they begin an ending."""

    a: str
    u: str
    with_: str
    i: str

    @property
    def aa(self) -> str:
        return self.a * 2

    @property
    def genitives(self) -> tuple[str, ...]:
        """After a consonant. Words with ь, и, ж, ч, ш, г, к have -ийн in all harmonies."""
        return ("ийн",) if self.i == "ий" else ("ын", "ийн")

    @property
    def accusatives(self) -> tuple[str, ...]:
        return ("ийг",) if self.i == "ий" else ("ыг", "ийг")


_HARMONIES = (
    _Harmony("а", "уу", "тай", "ы"),
    _Harmony("э", "үү", "тэй", "ий"),
    _Harmony("о", "уу", "той", "ы"),
    _Harmony("ө", "үү", "тэй", "ий"),
)

_Costed = tuple[str, int]


@cache
def endings() -> dict[str, tuple[Ending, ...]]:
    """Every ending with its readings."""
    found: dict[str, dict[Kind, int]] = {}
    for harmony in _HARMONIES:
        for kind, made in ((Kind.NOUN, _nominal), (Kind.PERSON, _of_persons), (Kind.VERB, _verbal)):
            for text, cost in made(harmony):
                costs = found.setdefault(text, {})
                costs[kind] = min(cost, costs.get(kind, cost))
    return {text: tuple(Ending(kind, cost) for kind, cost in costs.items()) for text, costs in found.items()}


@cache
def longest() -> int:
    """Letters of the longest ending."""
    return max(map(len, endings()))


def _nominal(h: _Harmony) -> Iterator[_Costed]:
    yield from _cases(h)
    yield h.a + "н", USUAL + 8  # the н of a noun before another noun: усан замын, гурван
    for plural in (h.u + "д", "н" + h.u + "д", "г" + h.u + "д", "ч" + h.u + "д", "и" + h.u[0] + "д"):
        yield plural, USUAL
        yield plural + "д" + h.aa, USUAL
        yield from ((plural + case, cost) for case, cost in _after_consonant(h))
    for case, cost in (("", 8), *_after_consonant(h)):
        yield "с" + case, max(cost, USUAL) + 8  # залуус, нэрс
        yield "ид" + case, USUAL + 4  # удирдагчид
    yield from (("идд" + h.aa, USUAL + 4), ("ст", USUAL + 10), ("ст" + h.aa, USUAL + 10))


def _of_persons(h: _Harmony) -> Iterator[_Costed]:
    yield "д", USUAL + 4
    yield "дд" + h.aa, USUAL + 2
    yield from (("д" + case, cost + 2) for case, cost in _after_consonant(h))


def _cases(h: _Harmony) -> Iterator[_Costed]:
    yield from _after_consonant(h)
    yield from _genitives(h, (h.i, "н" + h.i, "гийн"))
    yield from _genitives(h, ("н",), USUAL + 4)
    yield from (("г", USUAL + 2), ("гийг", USUAL), ("г" + h.aa, USUAL + 2), ("и" + h.a, USUAL + 2))
    for dative, cost in (("д", 2), ("т", 2), ("нд", 3), (h.a + "нд", 3), ("гт", 3)):
        yield dative, USUAL + cost
        yield dative + h.aa, USUAL
    for link in ("н", "г"):
        for case in (h.aa + "с", h.aa + "р"):
            yield from ((link + case, USUAL), (link + case + h.aa, USUAL))
    for case in (h.a + "с", h.a + "р"):
        yield from (("и" + case, USUAL), ("и" + case + h.aa, USUAL))


def _after_consonant(h: _Harmony) -> Iterator[_Costed]:
    """The cases that every noun may have, and the only ones after a plural."""
    yield h.aa, USUAL + 2
    yield from _genitives(h, h.genitives)
    for accusative in h.accusatives:
        yield from ((accusative, USUAL), (accusative + h.aa, USUAL))
    for case in (h.a + "д", h.aa + "с", h.aa + "р"):
        yield from ((case, USUAL), (case + h.aa, USUAL))
    for case in (h.with_, "руу", "рүү", "луу", "лүү"):
        yield from ((case, USUAL), (case + "г" + h.aa, USUAL), (case + "гаа", USUAL))
    yield from ((h.with_ + "г" + h.aa + "р", USUAL), (h.with_ + "г", USUAL + 4), (h.with_ + "н", USUAL + 5))
    yield from (("гүй", USUAL), ("гүйгээр", USUAL), ("гүйн", USUAL), ("гүйд", USUAL))
    yield from (("дахь", USUAL), ("дэх", USUAL))


def _genitives(h: _Harmony, forms: tuple[str, ...], cost: int = USUAL) -> Iterator[_Costed]:
    """A genitive, and what stands for the thing owned (гэрийнх) in its own cases: гэрийнхээс, гэрийнхэн."""
    own = ("", h.aa, h.aa + "с", h.aa + "р", *h.accusatives, *h.genitives, h.with_, h.a + "д", h.a + "н", h.a + "нд")
    own += ("н" + h.i, "н" + h.i + "г", *("н" + h.aa + case for case in ("", "с", "р")), h.a + "н" + h.with_)
    for form in forms:
        yield form, cost
        yield form + "д", USUAL + 3
        yield from ((form + "х" + case, cost) for case in own)


def _verbal(h: _Harmony) -> Iterator[_Costed]:
    yield from (("ж", USUAL + 1), ("ч", USUAL + 2), ("жээ", USUAL), ("чээ", USUAL), ("в", USUAL + 2))
    yield from ((h.a + "в", USUAL), ("я", USUAL + 6), ("е", USUAL + 6))
    yield from ((h.a + "ж", USUAL + 1), (h.a + "л" + h.aa, USUAL), ("л" + h.aa, USUAL), ("н" + h.a, USUAL))
    yield from ((form, USUAL) for form in _finite(h))
    yield from (("г" + h.aa, USUAL + 3), ("нг" + h.aa, USUAL + 3))
    yield from ((h.aa, USUAL + 5), ("н", USUAL + 6), (h.a + "н", USUAL + 7), (h.aa + "г", USUAL + 5))
    yield from (("с" + h.a + "н" + case, USUAL) for case in ("", "д", "д" + h.aa, h.with_, "гүй", "руу", "рүү"))
    for case in (h.i, h.i + "г", h.i + "х" + h.aa, h.i + "х", *_reflexive(h.aa, ("", "с", "р"))):
        yield "сн" + case, USUAL
        yield "с" + h.a + "н" + case, USUAL  # after с the vowel stays: дууссаны
    yield from (("с" + h.aa + "р", USUAL), ("с" + h.aa + "х" + h.a + "н", USUAL))
    yield from (("д" + h.a + "г" + case, USUAL) for case in ("", "т", h.with_, "гүй", "т" + h.aa))
    for case in ("ийн", "ийг", *_reflexive(h.aa, ("", "с", "р"))):
        yield "дг" + case, USUAL
    yield from _future(h)
    yield from ((form, USUAL) for form in _done(h))


def _done(h: _Harmony) -> Iterator[str]:
    """-чих- says that something is over and done with: өгчихсөн, зогсоочхож."""
    a, aa = h.a, h.aa
    for form in ("с" + a + "н", "л" + aa, "жээ", "в" + a + "л", "н" + a, "д" + a + "г", "вч", "ж"):
        yield "чих" + form
    for form in (aa + "д", a + "ж", a + "в", a + "х", a + "хгүй", aa + "с" + a + "й"):
        yield from ("чих" + form, "чх" + form)


def _finite(h: _Harmony) -> Iterator[str]:
    aa, a, u = h.aa, h.a, h.u[0]
    yield from (aa + "д", "г" + aa + "д", "и" + a + "д", "в" + a + "л", a + "в" + a + "л", "б" + a + "л", "вч", "бч")
    yield from ("т" + a + "л", "м" + a + "гц", "нг" + h.u + "т", "хл" + aa + "р", a + "хл" + aa + "р")
    yield from ("м" + aa + "р", aa + "с" + a + "й", aa + "р" + a + "й", aa + "гүй", "г" + aa + "гүй", "л" + a + "нгүй")
    yield from ("и" + a + "гүй", "г" + aa + "г", "г" + aa + "гийн", "г" + aa + "г" + aa + "р")
    yield from ("с" + u + "г" + a + "й", "цг" + aa, "гт" + u + "н", "лгүй", a + "лгүй", "шгүй", a + "шгүй")
    yield from (
        h.u + "штай",
        "нгуу",
        "нгүү",
        "в" + h.u,
        "хуйц",
        "хүйц",
        a + "хуйц",
        a + "хүйц",
        aa + "ч",
        "ъя",
        "ье",
        "ъе",
        "цгээх",
    )


def _future(h: _Harmony) -> Iterator[_Costed]:
    cases = (*_reflexive(h.aa, ("", "с", "р")), h.a + "д", h.a + "д" + h.aa, *h.genitives, *h.accusatives, h.with_)
    later = (
        "гүй",
        "гүйгээр",
        "д" + h.aa,
        "т" + h.aa,
        "ынхаа",
        "ийнхээ",
        "руу",
        "рүү",
        h.with_ + "г" + h.aa,
        "т" + h.a + "й",
    )
    for link in ("", h.a, "и"):
        yield from ((link + "х" + case, USUAL) for case in ("", *cases, *later))


def _reflexive(aa: str, cases: tuple[str, ...]) -> Iterator[str]:
    """Cases that begin with a long vowel, without and with the reflexive: -аас, -аасаа."""
    for case in cases:
        yield aa + case
        if case:
            yield aa + case + aa
