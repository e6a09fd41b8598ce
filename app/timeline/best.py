"""Search by relevance: what says it in the very words first, whatever its day."""

from dataclasses import replace
from datetime import date

from app.model.search import Forms, Sought
from app.model.timeline import HeadlineRow
from app.search.expand import words
from app.search.keys import grade, keyed
from app.store import Reader
from app.timeline.seek import Asked

MOST_RANKED = 400
"""Hits that are ranked: the newest ones with the very words, and the newest of all. There is no order of relevance in
the index: a word of a headline is there or it is not."""

MOST_BEST = 100
"""Of these so many are shown. Who looks further should narrow the question."""


def best(reader: Reader, asked: Asked) -> tuple[HeadlineRow, ...]:
    """The most relevant hits: by how well their words answer those of the question (the same spelling, another form of
    the word, a beginning, another spelling), then the newest."""
    if asked.impossible or not asked.sought:
        return ()
    titles: dict[int, str] = {}
    for sought in (exactly(asked.sought), asked.sought):
        if sought.possible:
            titles |= reader.titles(asked.filter, sought, MOST_RANKED)
    ranked = {row.id: row for row in reader.rows(titles)}
    question = [keyed(word)[0] for word in asked.words]

    def place(number: int) -> tuple[float, date, int]:
        return closeness(question, words(titles[number])), ranked[number].day, number

    first = sorted((number for number in titles if number in ranked), key=place, reverse=True)[:MOST_BEST]
    return tuple(ranked[number] for number in first)


def closeness(question: list[str], title: tuple[str, ...]) -> float:
    """How well a title answers a question, word by word; ties are for the reader's eye: none are broken by length."""
    return sum(max((grade(one, word) for word in title), default=0) for one in question)


def exactly(sought: Sought) -> Sought:
    """The same question for the very words only."""
    return Sought(
        tuple(tuple(replace(arm, forms=tuple(map(_exact, arm.forms))) for arm in group) for group in sought.required),
        sought.excluded,
    )


def _exact(forms: Forms) -> Forms:
    return Forms(forms.exact, forms.spelled, forms.n if forms.exact else 0, forms.exact)
