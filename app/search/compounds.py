"""Names that are written in one word and in two (`Оюутолгой`, `Oyu Tolgoi`; `Улаанбаатар`, Ulan Bator): a question for
one writing asks for the other as well."""

from functools import cache
from importlib.resources import files

from app.model.search import Term
from app.search.folding import MAX_WORDS
from app.search.keys import loose

Group = tuple[Term, ...]
"""Terms of which one is asked for."""


def widened(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups of a question, with the other writing beside each name that has one. Nothing is asked for more than
    MAX_WORDS words."""
    made: list[Group] = []
    room = MAX_WORDS - sum(len(term.words) for group in groups for term in group)
    for group in groups:
        word = _only(group)
        before = _only(made[-1]) if made else None
        joined = _joined().get((loose(before), loose(word))) if before and word else None
        if before and word and joined and room > 0:
            made[-1] = (Term((before, word)), Term((joined,)))
            room -= 1
        elif word and (apart := _apart().get(loose(word))) and room > 1:
            made.append((*group, Term(apart, phrase=True)))
            room -= 2
        else:
            made.append(group)
    return tuple(made)


def _only(group: Group) -> str | None:
    """The word of a group that has no other."""
    return group[0].words[0] if len(group) == 1 and len(group[0].words) == 1 else None


@cache
def _rows() -> tuple[tuple[tuple[str, str], str], ...]:
    text = files("app.lexicon").joinpath("data", "compounds.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(((two.split()[0], two.split()[1]), one) for two, one in rows)


@cache
def _joined() -> dict[tuple[str, str], str]:
    return {(loose(first), loose(second)): one for (first, second), one in _rows()}


@cache
def _apart() -> dict[str, tuple[str, str]]:
    return {loose(one): two for two, one in _rows()}
