"""A network of the test's own: names have the addresses it says, and addresses lead to servers on loopback."""

import socket
from collections.abc import Mapping, Sequence

from app.ingest.fetch.wire import connect_tcp


class Reach:
    """`names` maps hosts (or `*`) to addresses, or to lists of them for one look-up after the other. `servers` maps
    addresses to ports on loopback; other addresses refuse. What was asked for is kept."""

    def __init__(
        self, names: Mapping[str, Sequence[str] | Sequence[Sequence[str]]], servers: Mapping[str, int] | None = None
    ) -> None:
        self._names = {name: list(addresses) for name, addresses in names.items()}
        self._servers = dict(servers or {})
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        found = self._names.get(host) or self._names.get("*")
        if not found:
            raise OSError(f"nobody knows {host}")
        if isinstance(found[0], str):
            return [str(address) for address in found]
        return list(found.pop(0) if len(found) > 1 else found[0])

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        if address not in self._servers:
            raise ConnectionRefusedError(111, "Connection refused")
        return connect_tcp("127.0.0.1", self._servers[address], seconds)
