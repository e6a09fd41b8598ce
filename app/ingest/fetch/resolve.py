"""Looking names up, within a time: the system's call itself knows no limit."""

import socket
import threading
from collections.abc import Callable, Sequence

from app.ingest.fetch.stopped import Stopped
from app.model.fetch import FetchState

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port -> addresses as text. OSError where there are none."""

_AT_ONCE = threading.BoundedSemaphore(32)
"""Look-ups that may be under way; a name server that never answers holds one each."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for a name, in its order of preference."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def look_up(resolver: Resolver, host: str, port: int, seconds: float) -> Sequence[str]:
    """The addresses of a name. `Stopped`: timeout after `seconds`, unreachable where there are none. A look-up that
    hangs is left behind in its thread."""
    answer: list[Sequence[str] | OSError | UnicodeError] = []
    if not _AT_ONCE.acquire(timeout=max(seconds, 0)):
        raise _late(host)

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answer.append(error)
        finally:
            _AT_ONCE.release()

    thread = threading.Thread(target=ask, name=f"look-up {host}", daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if not answer:
        raise _late(host)
    found = answer[0]
    if isinstance(found, OSError | UnicodeError) or not found:
        raise Stopped(FetchState.UNREACHABLE, f"There is no address for the name {host}.")
    return found


def _late(host: str) -> Stopped:
    return Stopped(FetchState.TIMEOUT, f"The name {host} was not looked up in time.")
