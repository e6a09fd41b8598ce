"""Active filters as removable chips: each leads to the same list without it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.model.filters import TimelineFilter
from app.model.outlet import OutletName


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a filter. `kind` is the name of its parameter; exactly one of the values is set, by kind:
    `language` (lang), `outlet` (outlet), `text` (q, coverage) or `day` (from, to). `address` leads to the list
    without it."""

    kind: str
    address: str
    language: str = ""
    outlet: OutletName | None = None
    text: str = ""
    day: date | None = None


def chips(f: TimelineFilter, names: Iterable[OutletName], at: Callable[[TimelineFilter], str]) -> tuple[Chip, ...]:
    """The conditions of `f` in the order of the address. `names` name its outlets, else they go by their domain; `at`
    gives the address of the list under another filter."""
    known = {name.domain: name for name in names}
    made = [Chip("lang", at(f.but(languages=_less(f.languages, code))), language=code) for code in f.languages]
    for domain in f.outlets:
        name = known.get(domain, OutletName(domain, domain, domain))
        made.append(Chip("outlet", at(f.but(outlets=_less(f.outlets, domain))), outlet=name))
    if f.text:
        made.append(Chip("q", at(f.but(text="")), text=f.text))
    if f.coverage:
        made.append(Chip("coverage", at(f.but(coverage="")), text=f.coverage))
    if f.since:
        made.append(Chip("from", at(f.but(since=None)), day=f.since))
    if f.until:
        made.append(Chip("to", at(f.but(until=None)), day=f.until))
    return tuple(made)


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(v for v in values if v != value)
