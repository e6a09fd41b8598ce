"""Requests to several servers in turn, as a simple proxy sends them: what is only read goes to the next server when one
does not answer; what is sent is answered or not, and whoever sent it sends it again himself."""

import http.client
import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECONDS = 30.0
"""The longest that anybody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Status 0: nothing whole did, `lost` says why. `tries` servers were asked."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    lost: str = ""
    tries: int = 1


class Balancer:
    """In front of servers on these ports."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ports = tuple(ports)
        self._turn = itertools.count()

    def read(self, path: str, headers: Mapping[str, str]) -> Answer:
        """GET, from the next server where one does not answer."""
        began, turn = time.monotonic(), next(self._turn)
        for n in range(len(self.ports)):
            found = ask(self.ports[(turn + n) % len(self.ports)], "GET", path, headers)
            if found.status:
                break
        return Answer(found.status, found.headers, found.body, time.monotonic() - began, found.lost, n + 1)

    def send(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """POST, once."""
        return ask(self.ports[next(self._turn) % len(self.ports)], "POST", path, headers, body)


def ask(port: int, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
    """One request on a connection of its own."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        content = response.read()
        named = {name.lower(): value for name, value in response.getheaders()}
        named["set-cookie"] = "\n".join(response.headers.get_all("set-cookie") or [])
        return Answer(response.status, named, content, time.monotonic() - began)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, lost=type(error).__name__, seconds=time.monotonic() - began)
    finally:
        connection.close()
