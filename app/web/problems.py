"""What goes wrong, as HTTP: the only place where errors become status codes, words and remedies. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from app.errors import BadFilter, NotFound, OrtooError, QueryError, StoreError
from app.i18n import Translator
from app.model.day import parse_day
from app.model.filters import COVERAGE, MAX_LANGUAGES, MAX_OUTLETS, MAX_QUERY_CHARS, MAX_TEXT_CHARS, TimelineFilter
from app.timeline.links import Links
from app.web.refusal import Refusal

_SHELVES: dict[str, tuple[str, Callable[[Links], str]]] = {
    "article": ("problem.all-articles", Links.analysis),
    "day": ("problem.archive", Links.archive),
    "headline": ("problem.home", Links.timeline),
    "month": ("problem.archive", Links.archive),
    "outlet": ("problem.all-outlets", Links.outlets),
    "source": ("problem.all-sources", Links.sources),
    "story": ("problem.all-stories", Links.stories),
    "year": ("problem.archive", Links.archive),
}
"""Where things of the kind that was not found are kept: a label and an address."""

EXAMPLE_DAY = date(2026, 1, 15)
EXAMPLE_DOMAINS = "montsame.mn, gogo.mn"
RETRY_AFTER_SECONDS = 30

_REFUSED = {
    "forbidden": ("problem.forbidden", "problem.forbidden-detail"),
    "foreign-form": ("problem.foreign-form", "problem.foreign-form-detail"),
}
"""Refusals that people meet and can do something about: code -> keys of title and detail."""

Words = tuple[str, dict[str, object]]
"""A key of the catalogue and the values of its placeholders."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong. `title` is a key, `detail` and the labels of `remedies` are words; a remedy's address works.
    `facts` are for programs."""

    status: int
    code: str
    title: str
    detail: Words
    remedies: tuple[tuple[Words, str], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def problem_of(error: OrtooError, t: Translator, links: Links, path: str, query: str) -> Problem:
    """An error of ours, met at `path` with the raw query string `query`."""
    if isinstance(error, BadFilter):
        return _bad_filter(error, path, query)
    if isinstance(error, NotFound):
        return _not_found(error, t, links)
    if isinstance(error, Refusal):
        title, detail = _REFUSED.get(error.code, ("problem.refused", "problem.refused-detail"))
        return Problem(error.status, error.code, title, (detail, {}), (), error.facts, error.headers)
    if isinstance(error, StoreError):
        again: Words = ("problem.again", {})
        headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
        unavailable: Words = ("problem.unavailable-detail", {})
        return Problem(503, error.code, "problem.unavailable", unavailable, ((again, path),), headers=headers)
    return broken(links, error.code)


@dataclass(frozen=True, slots=True)
class English:
    """A problem with its own words for programs, in English; empty ones are the catalogue's."""

    problem: Problem
    title: str = ""
    detail: str = ""


def in_english(error: Exception, problem: Problem) -> English:
    """`problem`, which came of `error`, for a program. What the error says about the request is said; what it says
    about ourselves (a database, a mistake) is not."""
    if isinstance(error, Refusal):
        return English(problem, error.title, error.message)
    if isinstance(error, QueryError):
        return English(problem, "Not found" if problem.status == 404 else "Bad parameter", error.message)
    if problem.status == 405:
        allowed = {name.lower(): value for name, value in problem.headers.items()}["allow"]
        return English(problem, "Method not allowed", f"This address takes {allowed}.")
    return English(problem)


def of_status(status: int, links: Links, headers: dict[str, str]) -> Problem:
    """A refusal of the routing: no such address, or not with this method (then `headers` says which it takes)."""
    if status == 404:
        return _not_found(NotFound("There is no such page."), None, links)
    if status == 405:
        return Problem(status, "method", "problem.method", ("problem.method-detail", {}), headers=headers)
    home: Words = ("problem.home", {})
    detail: Words = ("problem.refused-detail", {})
    return Problem(status, "refused", "problem.refused", detail, ((home, links.timeline()),), headers=headers)


def broken(links: Links, code: str = "broken") -> Problem:
    """A mistake in the program."""
    home: Words = ("problem.home", {})
    return Problem(500, code, "problem.broken", ("problem.broken-detail", {}), ((home, links.timeline()),))


def _bad_filter(error: BadFilter, path: str, query: str) -> Problem:
    name = str(error.facts.get("name", "query"))
    value = str(error.facts.get("value", ""))
    facts = {"name": name, "value": value, "expected": error.facts.get("expected", "")}
    remedy: Words = ("problem.without", {})
    remedies = ((remedy, path + _without(name, query)),)
    return Problem(400, error.code, "problem.bad-filter", _bad_filter_detail(name, value), remedies, facts)


def _bad_filter_detail(name: str, value: str) -> Words:
    """The detail's values may be words themselves; `resolved` makes texts of them."""
    if name == "lang":
        expected: Words = ("problem.expected.lang", {"examples": "mn, en", "most": MAX_LANGUAGES})
    elif name == "outlet":
        expected = ("problem.expected.outlet", {"examples": EXAMPLE_DOMAINS, "most": MAX_OUTLETS})
    elif name == "q":
        expected = ("problem.expected.q", {"most": MAX_TEXT_CHARS})
    elif name == "coverage":
        expected = ("problem.expected.coverage", {"examples": ", ".join(COVERAGE)})
    elif name == "after":
        expected = ("problem.expected.after", {})
    elif name == "query":
        return "problem.bad-query-detail", {"expected": ("problem.expected.query", {"most": MAX_QUERY_CHARS})}
    elif parse_day(value) is not None:
        expected = ("problem.expected.order", {})
    else:
        expected = ("problem.expected.day", {"examples": EXAMPLE_DAY.isoformat()})
    return "problem.bad-filter-detail", {"name": name, "value": visible(value), "expected": expected}


def _without(name: str, query: str) -> str:
    """The query string without the parameter `name`, if the rest of it can be read; else none at all."""
    try:
        pairs = [pair for pair in parse_qsl(query, errors="strict", max_num_fields=200) if pair[0] != name]
        kept = TimelineFilter.from_query("&".join(f"{k}={_quoted(v)}" for k, v in pairs)).to_query()
    except (BadFilter, ValueError):
        return ""
    return f"?{kept}" if kept else ""


def _quoted(value: str) -> str:
    return TimelineFilter(text=value).to_query().removeprefix("q=")


def _not_found(error: NotFound, t: Translator | None, links: Links) -> Problem:
    kind, key = str(error.facts.get("kind", "")), str(error.facts.get("key", ""))
    example = links.day(EXAMPLE_DAY)
    day = parse_day(key) if kind == "day" else None
    detail: Words = ("problem.not-found-detail", {"example": example})
    if day is not None and t is not None:
        detail = ("problem.day-empty", {"day": t.dated(day, "full")})
    elif kind == "day":
        detail = ("problem.no-such-day", {"given": visible(key[:40]), "example": example})
    elif kind in ("month", "year"):
        detail = ("problem.no-such-month", {"given": visible(key[:40])})
    remedies = _near(error, t, links) if t is not None else []
    if kind in _SHELVES:
        label, shelf = _SHELVES[kind]
        remedies.append(((label, {}), shelf(links)))
    facts = {name: value for name, value in (("kind", kind), ("key", key)) if value}
    return Problem(404, error.code, "problem.not-found", detail, tuple(remedies), facts)


def _near(error: NotFound, t: Translator, links: Links) -> list[tuple[Words, str]]:
    """The days nearest to one that has nothing, or the months and years in which they lie."""
    by_day = error.facts.get("kind") == "day"
    found: list[tuple[Words, str]] = []
    for fact, label in (("previous", "problem.earlier"), ("next", "problem.later")):
        near = error.facts.get(fact)
        if isinstance(near, date):
            name = t.dated(near, "full" if by_day else "month-year")
            found.append(((label, {"day": name}), links.day(near) if by_day else links.month(near)))
    return found


def visible(text: str) -> str:
    """What a reader typed, with control characters and others that cannot be seen spelled out: \\x00."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def resolved(words: Words, t: Translator) -> str:
    """Words as a text, values that are words themselves first."""
    key, values = words
    return t.text(key, **{k: resolved(v, t) if isinstance(v, tuple) else v for k, v in values.items()})
