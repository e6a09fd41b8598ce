"""What readers are told of the sources: plain words in their language, and nothing that was meant for operators.

Errors, notes and whole addresses stay inside: they may hold a key that somebody pays for, and they are in one language.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from app.i18n import Translator
from app.model.day import day_of
from app.model.fetch import FetchState
from app.model.outlet import OutletName
from app.model.source import Doubt, FetchRecord, SourceHealth, Status
from app.normalise.outlet import host_of, outlet_of

_INNER = (".internal", ".intranet", ".private", ".corp", ".home", ".lan", ".local", ".localdomain", ".arpa")
"""Hosts of an operator's own network are nobody else's business."""

_KEY = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w~-]{16,}")
"""A piece of a path that looks like a key rather than a word: long, with letters and digits."""


class Standing(StrEnum):
    """How a source stands, as readers are told; what needs somebody comes first."""

    BROKEN = "broken"
    BLOCKED = "blocked"
    HELD = "held"
    SILENT = "silent"
    OVERDUE = "overdue"  # no worker came for it: not the source's fault
    NEW = "new"
    WORKING = "working"
    OFF = "off"


_STANDINGS = {
    Status.FAILING: Standing.BROKEN,
    Status.BLOCKED: Standing.BLOCKED,
    Status.HELD: Standing.HELD,
    Status.LATE: Standing.SILENT,
    Status.NEW: Standing.NEW,
    Status.ON_TIME: Standing.WORKING,
    Status.PAUSED: Standing.OFF,
}

_HEADS = {
    Standing.BROKEN: "sources.broken",
    Standing.BLOCKED: "sources.blocked",
    Standing.HELD: "sources.held",
    Standing.SILENT: "sources.silent",
    Standing.OVERDUE: "sources.overdue",
    Standing.NEW: "sources.new",
    Standing.WORKING: "sources.working",
    Standing.OFF: "sources.off",
}

_SUMMED = {
    Standing.BROKEN: "sources.n-broken",
    Standing.BLOCKED: "sources.n-blocked",
    Standing.HELD: "sources.n-held",
    Standing.SILENT: "sources.n-silent",
    Standing.OVERDUE: "sources.n-overdue",
    Standing.NEW: "sources.n-new",
    Standing.OFF: "sources.n-off",
}

_OUTCOMES = {
    FetchState.OK: "fetch.ok",
    FetchState.NOT_MODIFIED: "fetch.unchanged",
    FetchState.UNCHANGED: "fetch.unchanged",
    FetchState.BLOCKED: "fetch.blocked",
    FetchState.GONE: "fetch.gone",
    FetchState.MISSING: "fetch.missing",
    FetchState.RATE_LIMITED: "fetch.rate-limited",
    FetchState.UNAVAILABLE: "fetch.unavailable",
    FetchState.SERVER_ERROR: "fetch.server-error",
    FetchState.CLIENT_ERROR: "fetch.client-error",
    FetchState.TIMEOUT: "fetch.timeout",
    FetchState.UNREACHABLE: "fetch.unreachable",
    FetchState.REFUSED: "fetch.refused",
    FetchState.ROBOTS: "fetch.robots",
    FetchState.TOO_LARGE: "fetch.too-large",
    FetchState.TRUNCATED: "fetch.truncated",
    FetchState.REDIRECT_LOOP: "fetch.redirect-loop",
    FetchState.MALFORMED: "fetch.malformed",
    FetchState.NOT_A_FEED: "fetch.not-a-feed",
    FetchState.UNREADABLE: "fetch.unreadable",
}

_DOUBTS = {
    Doubt.TOO_MANY: "doubt.too-many",
    Doubt.FURNITURE: "doubt.page-furniture",
    Doubt.LANGUAGE: "doubt.new-language",
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as readers see it. `name` is what it is called in their edition, `part` what tells it from others of the
    same outlet, empty where there is nothing; `outlet` is None for a source whose items each name theirs."""

    health: SourceHealth
    standing: Standing
    name: str
    part: str
    outlet: OutletName | None

    @property
    def address(self) -> str:
        """Where it is read, as far as everybody may know."""
        return public_address(self.health.source.url)


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The sources of one standing, those that are so for longest first, else by name."""

    standing: Standing
    lines: tuple[SourceLine, ...]


def public_address(url: str) -> str:
    """Host and path of an address without anything that might be a secret: no user, port, query or key in the path.
    Empty for hosts inside a network."""
    host = host_of(url)
    if host is None or host.endswith(_INNER):
        return ""
    path = "/".join("…" if _KEY.fullmatch(piece) else piece for piece in urlsplit(url).path.split("/"))
    return f"{host}{path.rstrip('/')}"


def standing_of(health: SourceHealth) -> Standing:
    """How a source stands."""
    if health.status is Status.LATE and health.since == health.state.next_at:
        return Standing.OVERDUE
    return _STANDINGS[health.status]


def line(health: SourceHealth, outlets: Mapping[str, OutletName], t: Translator) -> SourceLine:
    """What readers see of a source; `outlets` by their domains. One that has not printed anything yet has its name from
    the registry."""
    source = health.source
    outlet = outlets.get(source.outlet or "")
    title = "" if "://" in source.title else source.title
    name = _named(outlet, source.outlet, t.ui) or title or public_address(source.url).partition("/")[0]
    part = "" if title == name else title
    return SourceLine(health, standing_of(health), name or t.text("sources.unnamed"), part, outlet)


def _named(outlet: OutletName | None, domain: str | None, ui: str) -> str:
    if outlet is None and domain:
        known = outlet_of(domain)
        outlet = OutletName(domain, known.name_en, known.name_mn)
    return outlet.name(ui) if outlet else ""


def grouped(lines: Iterable[SourceLine], t: Translator) -> tuple[SourceGroup, ...]:
    """The lines by standing, in the order of Standing."""
    of: dict[Standing, list[SourceLine]] = {standing: [] for standing in Standing}
    for one in t.in_order(lines, lambda one: one.name):
        of[one.standing].append(one)
    for found in of.values():
        found.sort(key=lambda one: one.health.since.timestamp() if one.health.since else 0.0)
    return tuple(SourceGroup(standing, tuple(found)) for standing, found in of.items() if found)


def added_by_day(lines: Sequence[SourceLine]) -> tuple[tuple[date, int], ...]:
    """What all of them brought on each day, oldest first."""
    total: dict[date, int] = {}
    for one in lines:
        for day, n in one.health.days:
            total[day] = total.get(day, 0) + n
    return tuple(sorted(total.items()))


def summary(groups: Sequence[SourceGroup], t: Translator) -> str:
    """All sources in one sentence: "7 of 10 sources work as usual: 1 silent, 2 not working". Those that are switched
    off are not among the ten."""
    n = {group.standing: len(group.lines) for group in groups}
    on = sum(n.values()) - n.get(Standing.OFF, 0)
    others = [
        t.text(_SUMMED[standing], n=n[standing]) for standing in Standing if standing in n and standing in _SUMMED
    ]
    head = t.count("sources.summary", on, working=n.get(Standing.WORKING, 0))
    return f"{head}: {', '.join(others)}." if others else f"{head}."


def head(standing: Standing, t: Translator) -> str:
    """A standing as the head of something."""
    return t.text(_HEADS[standing])


def outcome(record: FetchRecord, t: Translator) -> str:
    """How a fetch ended."""
    if record.held:
        return t.text("fetch.held")
    return t.text(_OUTCOMES[record.state])


def doubt(code: Doubt, t: Translator) -> str:
    """Why something is held."""
    return t.text(_DOUBTS[code])


def clock(instant: datetime, t: Translator, today: date) -> str:
    """An instant beside a day: its time alone where it is that day's."""
    day = day_of(instant)
    return t.time(instant) if day == today else f"{t.short(day, today)}, {t.time(instant)}"


def why(one: SourceLine, t: Translator, today: date) -> str:
    """One sentence or two for a source that is not as usual; empty for one that is."""
    health = one.health
    since = clock(health.since, t, today) if health.since else ""
    told = t.text(_OUTCOMES[health.state.state]) if health.state.state else ""
    if one.standing is Standing.BROKEN:
        return t.text(
            "sources.why-broken", what=told, since=since, tries=t.count("sources.tries", health.state.failures)
        )
    if one.standing is Standing.BLOCKED:
        return t.text("sources.why-blocked", what=told, since=since)
    if one.standing is Standing.HELD:
        return t.count("sources.why-held", health.held, since=since)
    if one.standing is Standing.SILENT:
        return silence(health, t)
    if one.standing is Standing.OVERDUE:
        return t.text("sources.why-overdue", since=since)
    if one.standing is Standing.OFF:
        return t.text("fetch.gone") + "." if health.state.state is FetchState.GONE else t.text("sources.why-off")
    return t.text("sources.why-new") if one.standing is Standing.NEW else ""


def silence(health: SourceHealth, t: Translator) -> str:
    """How long a source has brought nothing new, beside its own habit; empty for less than a day."""
    if health.silent_days is None:
        return t.text("sources.never")
    if not health.silent_days:
        return ""
    told = t.count("sources.silent-days", health.silent_days)
    if health.usual_days is None:
        return f"{told}."
    return f"{told}; {t.count('sources.usual-days', max(1, round(health.usual_days)))}."
