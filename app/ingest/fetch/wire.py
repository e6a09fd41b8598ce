"""One connection that speaks HTTP/1.1: every read and write within a deadline, every answer within limits."""

import contextlib
import select
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import h11

from app.ingest.fetch.address import Target
from app.ingest.fetch.deadline import Deadline
from app.ingest.fetch.policy import Address, FetchPolicy
from app.ingest.fetch.stopped import Stopped
from app.model.fetch import FetchState

Connect = Callable[[str, int, float], socket.socket]
"""Address (never a name), port and seconds -> a connected TCP socket. OSError."""

_READ = 65_536
_INTERIM = 10
"""Answers of the 1xx kind before the real one."""


class ReusedError(Exception):
    """A kept connection turned out to be closed before anything of an answer came: worth a new one."""


def connect_tcp(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an address; a name would be refused by the system, so that nothing is looked up twice."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and headers: names in lower case, repeated ones joined by a comma."""

    status: int
    headers: Mapping[str, str]


class Wire:
    """A connection to `address`. One request at a time: `ask`, then `body` to its end."""

    def __init__(self, sock: socket.socket, address: Address, policy: FetchPolicy) -> None:
        self.address = address
        self.used = False
        self._sock = sock
        self._policy = policy
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=policy.max_header_bytes)

    def secure(self, context: ssl.SSLContext, host: str, deadline: Deadline) -> None:
        """Speak TLS from here on; the certificate has to be the host's. `Stopped`: unreachable, timeout."""
        self._sock.settimeout(deadline.left(self._policy.connect_seconds))
        try:
            self._sock = context.wrap_socket(self._sock, server_hostname=host)
        except TimeoutError as error:
            raise Stopped(FetchState.TIMEOUT, f"{host} did not answer in time when TLS was to begin.") from error
        except ssl.SSLCertVerificationError as error:
            why = f"The certificate of {host} is not valid: {error.verify_message}."
            raise Stopped(FetchState.UNREACHABLE, why) from error
        except (OSError, ValueError) as error:
            raise Stopped(FetchState.UNREACHABLE, f"No TLS connection to {host} came about.") from error

    def ask(self, target: Target, headers: list[tuple[str, str]], deadline: Deadline) -> Answer:
        """Send a GET, receive status and headers. `Stopped`, or `ReusedError` on a connection that was used before."""
        request = h11.Request(method="GET", target=target.path, headers=[("Host", target.authority), *headers])
        data = (self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b"")
        try:
            self._sock.settimeout(deadline.left(self._policy.read_seconds))
            self._sock.sendall(data)
        except TimeoutError as error:
            raise Stopped(FetchState.TIMEOUT, "The server did not take the request in time.") from error
        except OSError as error:
            raise self._hung_up() from error
        for _ in range(_INTERIM):
            event = self._next(deadline)
            if isinstance(event, h11.Response):
                return self._answer(event)
        raise Stopped(FetchState.MALFORMED, "The server sends one interim answer after the other.")

    def body(self, deadline: Deadline) -> Iterator[bytes]:
        """The body as it was sent, in pieces. `Stopped`: truncated, timeout, malformed."""
        while True:
            event = self._next(deadline, in_body=True)
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            else:
                return

    def check_end(self) -> None:
        """After a body: `Stopped` (truncated) if more has come than was announced, so that what we have is a part."""
        if self._whole and (self._http.trailing_data[0] or self._more()):
            raise Stopped(FetchState.TRUNCATED, "The server sent more than it announced: the body is a part.")

    def finish(self) -> bool:
        """Whether another request can follow on this connection; it is made ready for it."""
        if not self._whole or self._http.trailing_data[0]:
            return False
        self._http.start_next_cycle()
        self.used = True
        return True

    def alive(self) -> bool:
        """Whether a waiting connection is still open: one that has something to say has been closed, or lies."""
        return not self._speaks()

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._sock.close()

    def interrupt(self) -> None:
        """End what another thread is waiting for."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    @property
    def _whole(self) -> bool:
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    def _speaks(self) -> bool:
        try:
            poller = select.poll()
            poller.register(self._sock, select.POLLIN)
            return bool(poller.poll(0))
        except (OSError, ValueError):
            return True

    def _more(self) -> bool:
        """Whether bytes (not merely the end of the connection) are waiting."""
        if isinstance(self._sock, ssl.SSLSocket):
            return self._sock.pending() > 0
        try:
            return self._speaks() and bool(self._sock.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _next(self, deadline: Deadline, *, in_body: bool = False) -> object:
        while True:
            try:
                event = self._http.next_event()
                if event is not h11.NEED_DATA:
                    return event
                data = self._receive(deadline, in_body=in_body)
                if not data and not in_body:
                    raise self._hung_up()
                self._http.receive_data(data)
            except h11.RemoteProtocolError as error:
                raise _broken(error, in_body=in_body) from error

    def _receive(self, deadline: Deadline, *, in_body: bool) -> bytes:
        left = deadline.left(self._policy.read_seconds)
        try:
            self._sock.settimeout(left)
            return self._sock.recv(_READ)
        except TimeoutError as error:
            deadline.left(0)
            silent = f"The server was silent for {self._policy.read_seconds:g} seconds."
            raise Stopped(FetchState.TIMEOUT, silent) from error
        except OSError as error:
            if in_body:
                raise Stopped(FetchState.TRUNCATED, "The connection broke in the middle of the answer.") from error
            raise self._hung_up() from error

    def _hung_up(self) -> Exception:
        if self.used and not self._http.trailing_data[0]:
            return ReusedError()
        return Stopped(FetchState.UNREACHABLE, "The server hung up without an answer.")

    def _answer(self, event: h11.Response) -> Answer:
        headers: dict[str, str] = {}
        if len(event.headers) > self._policy.max_headers:
            raise Stopped(FetchState.TOO_LARGE, f"The answer has more than {self._policy.max_headers} headers.")
        for name, value in event.headers:
            key, text = name.decode("ascii"), _text(value)
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        return Answer(event.status_code, headers)


def _text(value: bytes) -> str:
    """Headers are ASCII by rule and UTF-8 by habit."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _broken(error: h11.RemoteProtocolError, *, in_body: bool) -> Stopped:
    message = str(error).partition(":")[0]
    if error.error_status_hint == 431:
        return Stopped(FetchState.TOO_LARGE, "The headers of the answer are too long.")
    if in_body and "peer closed connection" in message:
        return Stopped(FetchState.TRUNCATED, "The answer ends before its announced end.")
    return Stopped(FetchState.MALFORMED, f"The server does not speak HTTP as it should: {message}.")
