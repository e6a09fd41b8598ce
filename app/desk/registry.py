"""Outlets: what editors say of them."""

from dataclasses import asdict
from datetime import datetime

from app.errors import DeskRefused
from app.model.language import is_language_code
from app.model.outlet import Outlet
from app.normalise.outlet import host_of
from app.normalise.text import clean
from app.store import Store

MAX_NAME_CHARS = 200


def change(store: Store, outlet: Outlet, who: str, now: datetime) -> bool:
    """Set what is said of the outlet with this domain; whether that changed anything. DeskRefused, NotFound."""
    wanted = _checked(outlet)
    with store.writing() as writer:
        before = writer.outlets.get(outlet.domain)
        if before == wanted:
            return False
        writer.outlets.change(wanted)
        writer.audit.add(who, "correct", "outlet", outlet.domain, now, before=asdict(before), after=asdict(wanted))
    return True


def merge(store: Store, domain: str, into: str, who: str, now: datetime) -> int:
    """Two outlets are one: `into` stays; how many headlines moved. DeskRefused, NotFound."""
    with store.writing() as writer:
        before = writer.outlets.get(domain)
        moved = writer.outlets.merge(domain, into)
        after = {"into": into, "headlines": moved}
        writer.audit.add(who, "merge", "outlet", domain, now, before=asdict(before), after=after)
    return moved


def _checked(outlet: Outlet) -> Outlet:
    names = [clean(name).text for name in (outlet.name_en, outlet.name_mn)]
    if not all(0 < len(name) <= MAX_NAME_CHARS for name in names):
        raise DeskRefused("Both names are needed.", reason="title")
    hosts = [host_of(host) for host in outlet.hosts]
    if None in hosts:
        raise DeskRefused("One of the hosts is none.", reason="host")
    if not all(map(is_language_code, outlet.languages)):
        raise DeskRefused("One of the languages is none.", reason="language")
    kind, country = clean(outlet.kind).text[:40], clean(outlet.country).text[:2].upper()
    sound = tuple(sorted({host for host in hosts if host and host != outlet.domain}))
    return Outlet(outlet.domain, names[0], names[1], kind, country, outlet.languages, sound)
