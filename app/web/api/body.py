"""Receiving a body: within a size and a time, in little memory, without standing in anybody's way."""

import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from anyio import fail_after
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request

from app.errors import Unavailable
from app.ingest.cut_off import LINE_BYTES
from app.web.refusal import Refusal

MEMORY_BYTES = 1_000_000
"""A larger body goes to a temporary file, piece by piece of this size."""

CLOSE = {"connection": "close"}
"""Where a body is refused before its end: what follows on the connection is no request."""


@dataclass(frozen=True, slots=True)
class Body:
    """A whole body: its bytes, or the file that has them while the request lasts. `sha256` is of the bytes."""

    content: bytes | Path
    size: int
    sha256: bytes

    def read(self) -> bytes:
        """All bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()

    def tail(self) -> bytes:
        """The last bytes, as many as `app.ingest.cut_off` looks at."""
        if isinstance(self.content, bytes):
            return self.content[-LINE_BYTES:]
        with self.content.open("rb") as file:
            file.seek(max(0, self.size - LINE_BYTES))
            return file.read()


@asynccontextmanager
async def received(request: Request, most: int, seconds: float) -> AsyncIterator[Body]:
    """The body of a request, once all of it is there.

    Refusal: 413 above `most` bytes, at once where the header says so, else as soon as one more has come; 408 when it
    takes longer than `seconds` in all; 400 when the client leaves before its end."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > len(str(most)) or int(declared) > most):
        raise _too_large(most)
    with ExitStack() as stack:
        spool = _Spool(stack)
        try:
            with fail_after(seconds):
                async for piece in request.stream():
                    if spool.size + len(piece) > most:
                        raise _too_large(most)
                    await spool.add(piece)
        except TimeoutError as error:
            message = f"The body took longer than {seconds:g} seconds (ORTOO_API_SECONDS). Nothing was taken in."
            raise Refusal(408, "too-slow", "Too slow", message, CLOSE) from error
        except ClientDisconnect as error:
            raise _cut_off() from error
        except OSError as error:
            raise Unavailable(f"A body cannot be kept in {tempfile.gettempdir()}: {error.strerror}.") from error
        if declared and declared != str(spool.size):
            raise _cut_off()
        yield await spool.body()


class _Spool:
    """What has come so far; files are written in another thread."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._pieces: list[bytes] = []
        self._held = 0
        self._file: IO[bytes] | None = None
        self._sha256 = hashlib.sha256()
        self.size = 0

    async def add(self, piece: bytes) -> None:
        """Another piece."""
        self._sha256.update(piece)
        self._pieces.append(piece)
        self.size += len(piece)
        self._held += len(piece)
        if self._held > MEMORY_BYTES:
            await run_sync(self._write)

    async def body(self) -> Body:
        """All of it; there is no more."""
        if self._file is None:
            return Body(b"".join(self._pieces), self.size, self._sha256.digest())
        await run_sync(self._write)
        return Body(Path(self._file.name), self.size, self._sha256.digest())

    def _write(self) -> None:
        if self._file is None:
            file = tempfile.NamedTemporaryFile(prefix="ortoo-")  # noqa: SIM115 - the stack closes it
            self._file = self._stack.enter_context(file)
        self._file.writelines(self._pieces)
        self._file.flush()
        self._pieces.clear()
        self._held = 0


def _too_large(most: int) -> Refusal:
    message = f"A body has at most {most:,} bytes (ORTOO_API_BYTES). Send it in several parts, or use ortoo ingest."
    return Refusal(413, "too-large", "Too large", message, CLOSE, limit="ORTOO_API_BYTES", most=most)


def _cut_off() -> Refusal:
    message = "The connection ended before the body did. Nothing was taken in: send it again."
    return Refusal(400, "cut-off", "Cut off", message, CLOSE)
