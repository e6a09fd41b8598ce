"""Undoing content codings piece by piece, with limits on what comes out."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.ingest.fetch.stopped import Stopped
from app.model.fetch import FetchState

ACCEPTED = "gzip, deflate"
"""What requests offer. Brotli and Zstandard would each be one more dependency for a few kilobytes."""

MAX_CODINGS = 2

_PIECE = 65_536
_GZIP = b"\x1f\x8b"
_FREE = 1_000_000
"""Bytes below which no ratio is asked for: a small feed may well be very repetitive."""


@dataclass(slots=True)
class Measure:
    """Counts a body as it comes. `limit` is for the body packed and unpacked alike; with `cut` the rest beyond it is
    left away instead of being an error (`robots.txt`)."""

    limit: int
    ratio: int
    cut: bool = False
    wire: int = 0

    def arriving(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces as they come from the connection. `Stopped` (too-large)."""
        for piece in pieces:
            self.wire += len(piece)
            if self.wire > self.limit and not self.cut:
                raise Stopped(FetchState.TOO_LARGE, f"The answer is larger than {self.limit:,} bytes.")
            yield piece
            if self.wire > self.limit:
                return

    def unpacked(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces that unpacking made of them. `Stopped` (too-large)."""
        total = 0
        for piece in pieces:
            total += len(piece)
            if total > self.limit and not self.cut:
                raise Stopped(FetchState.TOO_LARGE, f"The answer unpacks to more than {self.limit:,} bytes.")
            if total > _FREE and total > self.ratio * self.wire:
                raise Stopped(
                    FetchState.TOO_LARGE, f"The answer unpacks to more than {self.ratio} times what was sent."
                )
            yield piece
            if total > self.limit:
                return


def body_of(pieces: Iterable[bytes], codings: str, measure: Measure) -> bytes:
    """The whole body. `codings` is the Content-Encoding header. gzip that nobody declared (files such as
    `sitemap.xml.gz`) is unpacked too. `Stopped`: too-large, truncated, malformed."""
    stream = measure.arriving(pieces)
    for undo in _undoing(codings):
        stream = measure.unpacked(undo(stream))
    body = bytearray()
    stream = iter(stream)
    for piece in stream:
        body += piece
        if len(body) >= len(_GZIP):
            break
    if body.startswith(_GZIP):
        stream = measure.unpacked(_gunzip(_again(bytes(body), stream)))
        body.clear()
    for piece in stream:
        body += piece
    return bytes(body[: measure.limit])


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _undoing(codings: str) -> list[Callable[[Iterable[bytes]], Iterator[bytes]]]:
    names = [name.strip().lower() for name in codings.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MAX_CODINGS or any(name not in _CODINGS for name in names):
        raise Stopped(FetchState.MALFORMED, f"The answer is coded as {codings[:40]!r}, which was not asked for.")
    return [_CODINGS[name] for name in reversed(names)]


def _gunzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """gzip, with further members; whatever else follows the end is ignored, as browsers do."""
    unpacker = zlib.decompressobj(wbits=31)
    anything = False
    for piece in pieces:
        anything = anything or bool(piece)
        yield from _inflate(unpacker, piece)
        while unpacker.unused_data.startswith(_GZIP):
            rest = unpacker.unused_data
            unpacker = zlib.decompressobj(wbits=31)
            yield from _inflate(unpacker, rest)
    _ended(unpacker, anything)


def _deflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """`deflate` is the zlib format; many servers send bare deflate data instead (RFC 9110, 8.4.1.2)."""
    unpacker = None
    held = b""
    for piece in pieces:
        held += piece
        if unpacker is None and len(held) >= 2:
            wrapped = held[0] & 0x0F == zlib.DEFLATED and int.from_bytes(held[:2], "big") % 31 == 0
            unpacker = zlib.decompressobj(wbits=15 if wrapped else -15)
        if unpacker is not None:
            yield from _inflate(unpacker, held)
            held = b""
    if unpacker is not None or held:
        _ended(unpacker or zlib.decompressobj(), bool(unpacker or held))


_CODINGS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
}


def _inflate(unpacker: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """What `data` unpacks to, at most _PIECE at a time. zlib may hold back output when it has taken all input."""
    if unpacker.eof:
        return
    while True:
        try:
            made = unpacker.decompress(data, _PIECE)
        except zlib.error as error:
            raise Stopped(FetchState.MALFORMED, "The packed answer is broken and cannot be unpacked.") from error
        data = unpacker.unconsumed_tail
        if made:
            yield made
        if unpacker.eof or (not data and len(made) < _PIECE):
            return


def _ended(unpacker: "zlib._Decompress", anything: bool) -> None:
    if anything and not unpacker.eof:
        raise Stopped(FetchState.TRUNCATED, "The packed answer ends before its end.")
