"""A payload's text in pieces, for formats that read markup: decoded, unpacked, within limits.

Whatever ends the reading too early is kept as `problem`, so that the items before it are not lost.
"""

import codecs
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.ingest.decode import decode, encoding_of
from app.ingest.format import Item, Reading
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.model.headline import Reason, Rejection

GZIP = b"\x1f\x8b"

UNPACKED_BYTES = 104_857_600
"""What a packed payload may unpack to: twice the 50 MB that the sitemap protocol allows."""

_PIECE = 262_144
_HEAD = 1_000_000
"""What an encoding is judged by where not all is read at once."""

Read = Callable[[Iterable[str], str], Iterator[Item]]


def read_all(
    payload: Payload, reading: Reading, read: Read, name: str, *, stream: bool = False, endless: bool = False
) -> Iterator[Item]:
    """The items that `read` finds in the payload's text, then a rejection for what was not read. With `stream` a
    payload of any size is read, otherwise the first `payload_bytes`; with `endless` also any number of items, otherwise
    the first `entries`. Rejections are given the format's name."""
    source = Source(payload, reading, stream or endless)
    for count, item in enumerate(read(source, payload.url or "")):
        if count == reading.limits.entries and not endless:
            yield _too_many(item.raw, reading.limits.entries, name)
            return
        yield replace(item, format=name) if isinstance(item, Rejection) and not item.format else item
    if source.problem is not None:
        yield replace(source.problem, format=name)


def _too_many(raw: bytes, entries: int, name: str) -> Rejection:
    detail = (
        f"There are more than {entries:,} items (ORTOO_MAX_ENTRIES); from this one on they were not read. "
        "Split it, or raise the limit."
    )
    return Rejection(raw, Reason.TOO_LARGE, detail, name)


def limits_of(text: Iterable[str]) -> Limits:
    """The limits under which a text is read; the usual ones for one that is at hand."""
    return text.limits if isinstance(text, Source) else Limits()


class Source:
    """The text of a payload, piece by piece, under `limits`. `problem` is what could not be read, known
    after the last piece."""

    def __init__(self, payload: Payload, reading: Reading, stream: bool) -> None:
        self._payload = payload
        self.limits = reading.limits
        self._stream = stream
        self.problem: Rejection | None = None

    def __iter__(self) -> Iterator[str]:
        if self._payload.head(2) == GZIP:
            yield from self._decoded(self._unpacked())
            return
        limit = self.limits.payload_bytes
        body = self._payload.head(limit + 1)
        if len(body) <= limit:
            yield decode(body, self._payload.media_type).text
        elif self._stream:
            yield from self._decoded(self._payload.lines(_PIECE))
        else:
            self._fail(
                Reason.TOO_LARGE, f"is larger than {limit:,} bytes (ORTOO_MAX_PAYLOAD_BYTES); the rest was not read"
            )
            yield decode(body[:limit], self._payload.media_type).text

    def _decoded(self, pieces: Iterator[bytes]) -> Iterator[str]:
        """Bytes as text, in pieces of _PIECE or a little more; the encoding is judged by the first _HEAD bytes."""
        head = b""
        for piece in pieces:
            head += piece
            if len(head) >= _HEAD:
                break
        decoder = codecs.getincrementaldecoder(encoding_of(head, self._payload.media_type))("replace")
        yield decoder.decode(head).removeprefix("\ufeff")
        gathered = bytearray()
        for piece in pieces:
            gathered += piece
            if len(gathered) >= _PIECE:
                yield decoder.decode(bytes(gathered))
                gathered.clear()
        yield decoder.decode(bytes(gathered), final=True)

    def _unpacked(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(wbits=31)
        total = 0
        try:
            for packed in self._payload.lines(_PIECE):
                while packed and total <= UNPACKED_BYTES:
                    piece = unpacker.decompress(packed, _PIECE)
                    packed = unpacker.unconsumed_tail
                    total += len(piece)
                    yield piece
                if total > UNPACKED_BYTES:
                    self._fail(
                        Reason.TOO_LARGE, f"unpacks to more than {UNPACKED_BYTES:,} bytes; the rest was not read"
                    )
                    return
            if not unpacker.eof:
                self._fail(Reason.MALFORMED, "is cut off: its gzip data have no end. What came before it was read")
        except zlib.error as error:
            self._fail(Reason.MALFORMED, f"has broken gzip data ({error}). What came before was read")

    def _fail(self, reason: Reason, what: str) -> None:
        kept = self._payload.head(self.limits.quarantine_bytes)
        self.problem = Rejection(kept, reason, f"{self._payload.name} {what}.")
