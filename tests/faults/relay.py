"""A relay between a program and its database: while it is cut off the database is away for that program alone."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import URL, make_url


class Relay:
    """Listens on a port of loopback and passes everything on to PostgreSQL's Unix socket. `cut` closes the port and
    every connection at once, as a server that dies does; `mend` opens the same port again."""

    def __init__(self, address: str) -> None:
        self._behind = make_url(address)
        directory = str(self._behind.query["host"])
        self._socket = next(str(path) for path in Path(directory).glob(".s.PGSQL.*") if path.suffix != ".lock")
        self._listener: socket.socket | None = None
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._port = 0

    @property
    def url(self) -> str:
        """The database's address by way of the relay."""
        behind = self._behind
        through = URL.create("postgresql", behind.username, behind.password, "127.0.0.1", self._port, behind.database)
        return through.render_as_string(hide_password=False)

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()

    def mend(self) -> None:
        """Let everybody through."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(64)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Nobody gets through, and who was through is cut off."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                here, _ = listener.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(self._socket)
            with self._lock:
                if self._listener is not listener:
                    here.close()
                    there.close()
                    return
                self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
