"""Where a fetch may lead: checked for every hop, by name before the look-up and by every address after it."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.ingest.fetch.address import Target
from app.ingest.fetch.networks import carried, is_public
from app.ingest.fetch.policy import Address, Allowed, FetchPolicy
from app.ingest.fetch.stopped import Stopped, refused

INNER_SUFFIXES = frozenset(
    {
        *("localhost", "local", "onion", "alt", "arpa"),  # RFC 6761, 6762, 7686, 9476, 8375 (home.arpa)
        *("test", "invalid", "example"),  # RFC 6761: nobody's
        *("internal", "intranet", "private", "corp", "home", "lan", "localdomain", "mail"),  # used inside networks
    }
)
"""Last labels that no public name has."""


@dataclass(slots=True)
class Guard:
    """Watches one fetch. `asked_port` is the port of the address that people wrote; `outside` becomes true with the
    first public address: from there no redirect leads to an inner one."""

    policy: FetchPolicy
    asked_port: int
    outside: bool = False

    def may_look_up(self, target: Target) -> None:
        """Names without a dot and names of inner networks are refused unless the operator lists them by name: a search
        domain or a hosts file would answer for them. So are ports that no answer could make right. `Stopped`."""
        labels = target.host.split(".")
        inner = len(labels) < 2 or labels[-1] in INNER_SUFFIXES
        if inner and not any(entry.name == target.host for entry in self.policy.allow):
            raise refused(f"{target.host} is a name of inner networks (ORTOO_FETCH_ALLOW can allow it).")
        if target.port not in self.policy.ports and not any(map(partial(self._opens, target), self.policy.allow)):
            raise _wrong_port(target)

    def permitted(self, target: Target, addresses: Sequence[str]) -> tuple[Address, ...]:
        """The addresses of the target's host, every one of them permitted. `Stopped` (refused) if any is not: a name
        that leads outside and inside at once is not to be trusted with either."""
        found = []
        for text in dict.fromkeys(addresses):
            try:
                address = ipaddress.ip_address(text)
            except ValueError as error:
                raise refused(f"{target.host} has an address that is none: {text!r}.") from error
            self._check(target, address)
            found.append(address)
        self.outside = self.outside or any(map(is_public, found))
        return tuple(found)

    def is_ours(self, target: Target, address: Address) -> bool:
        """Whether the operator's list speaks of this host, which then needs no sparing."""
        return any(entry.covers(target.host, address) for entry in self.policy.allow)

    def _check(self, target: Target, address: Address) -> None:
        listed = self._listed(target, address)
        if is_public(address):
            if target.port not in self.policy.ports and not listed:
                raise _wrong_port(target)
        elif self.outside:
            raise refused(f"A public server redirects to {address}, an inner address.")
        elif not listed:
            raise refused(f"{_told(target, address)} is not public (ORTOO_FETCH_ALLOW can allow it).")

    def _listed(self, target: Target, address: Address) -> bool:
        """Whether the operator's list allows this address and port, and what the address carries."""
        inside = carried(address)
        if inside != address and not is_public(inside) and not self._listed(target, inside):
            return False
        return any(entry.covers(target.host, address) and self._opens(target, entry) for entry in self.policy.allow)

    def _opens(self, target: Target, entry: Allowed) -> bool:
        """Whether an entry, where it speaks of the host, allows the port."""
        return entry.name in ("", target.host) and target.port == (entry.port or self.asked_port)


def _wrong_port(target: Target) -> Stopped:
    return refused(f"Port {target.port} is not fetched from (ORTOO_FETCH_PORTS can allow it).")


def _told(target: Target, address: Address) -> str:
    port = f" with port {target.port}"
    return (f"{address}" if target.address else f"{target.host}, which is {address},") + port
