"""The world's door: bytes, and what is known about where they came from."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Self

from app.errors import MalformedPayload
from app.model.headline import Reason

HEAD_BYTES = 65_536
"""What a format may look at to recognise itself."""


class _Stream:
    """A stream that can be read only once (a pipe): its head is kept, so that it can be looked at and then read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.kept = b""

    def head(self, n: int) -> bytes:
        while len(self.kept) < n and (more := self._stream.read(n - len(self.kept))):
            self.kept += more
        return self.kept[:n]

    def lines(self, longest: int) -> Iterator[bytes]:
        """Lines of at most `longest` bytes; a longer one comes in pieces."""
        kept = io.BytesIO(self.kept)
        rest = b""
        while line := kept.readline(longest):
            if not line.endswith(b"\n") and len(line) < longest:
                rest = line
                break
            yield line
        while line := rest + self._stream.readline(longest - len(rest)):
            rest = b""
            yield line


@dataclass(frozen=True, slots=True)
class Payload:
    """Something that arrived. Files and streams are read when a format asks for them, never twice into memory.

    `media_type` and `url` are what the sender said, `received_at` an aware instant, `name` what people call it (a file
    name, an address, `-`).
    """

    _source: bytes | Path | _Stream = field(repr=False)
    media_type: str | None = None
    url: str | None = None
    received_at: datetime | None = None
    name: str = "-"

    @classmethod
    def of(
        cls,
        data: bytes | str | Path | BinaryIO,
        url: str | None = None,
        media_type: str | None = None,
        received_at: datetime | None = None,
        name: str | None = None,
    ) -> Self:
        """From a body (text is taken as UTF-8), a file's path, or a binary stream. ValueError for a naive instant."""
        if received_at is not None and received_at.tzinfo is None:
            raise ValueError("received_at needs a time zone")
        source: bytes | Path | _Stream
        if isinstance(data, str):
            source = data.encode("utf-8", "surrogateescape")
        elif isinstance(data, bytes | Path):
            source = data
        elif isinstance(data, bytearray | memoryview):
            source = bytes(data)
        else:
            source = _Stream(data)
        called = name or (str(data) if isinstance(data, Path) else None) or url or "-"
        return cls(source, media_type, url, received_at, called)

    def head(self, n: int = HEAD_BYTES) -> bytes:
        """The first `n` bytes. MalformedPayload when the file cannot be read."""
        if isinstance(self._source, bytes):
            return self._source[:n]
        if isinstance(self._source, _Stream):
            return self._source.head(n)
        with self._opened(self._source) as stream:
            return stream.read(n)

    def read(self, limit: int) -> bytes:
        """All bytes. MalformedPayload, with Reason.TOO_LARGE, when there are more than `limit`."""
        body = self.head(limit + 1)
        if len(body) > limit:
            raise MalformedPayload(
                f"{self.name} is larger than {limit:,} bytes, the most that is read whole (ORTOO_MAX_PAYLOAD_BYTES). "
                "Split it, or raise the limit.",
                reason=Reason.TOO_LARGE,
                limit="ORTOO_MAX_PAYLOAD_BYTES",
                value=limit,
            )
        return body

    def lines(self, longest: int) -> Iterator[bytes]:
        """Line by line with their ends, in constant memory. A line of more than `longest` bytes comes in pieces of that
        length. MalformedPayload when the file cannot be read."""
        if isinstance(self._source, _Stream):
            yield from self._source.lines(longest)
            return
        opened = io.BytesIO(self._source) if isinstance(self._source, bytes) else None
        with opened or self._opened(self._source) as stream:  # type: ignore[arg-type]
            while line := stream.readline(longest):
                yield line

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""
        return self._source if isinstance(self._source, Path) else None

    def size(self) -> int | None:
        """Bytes, None where that is not known before the end (a stream)."""
        if isinstance(self._source, bytes):
            return len(self._source)
        if isinstance(self._source, Path) and self._source.exists():
            return self._source.stat().st_size
        return None

    @contextmanager
    def _opened(self, path: Path) -> Iterator[BinaryIO]:
        try:
            with path.open("rb") as stream:
                yield stream
        except OSError as error:
            raise MalformedPayload(
                f"{self.name} cannot be read: {error.strerror or error}.", reason=Reason.MALFORMED
            ) from error
