"""Payload -> text, or a clear refusal: empty, binary, or in an encoding that cannot be told."""

from app.errors import MalformedPayload
from app.ingest.decode import Text, decode
from app.ingest.format import Head
from app.ingest.payload import Payload
from app.ingest.plausible import plausibility
from app.model.headline import Reason

_MAGIC = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x7fELF",
    b"\x1f\x8b",
    b"SQLite format 3\0",
    b"MZ\x90",
)
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}

_BINARY_SHARE = 0.03
"""Share of control characters from which on bytes are no text. Random bytes have one in ten, programs more;
text that was damaged on a disk has a few."""

_FEW_CONTROLS = 3
"""So many say nothing, however short the text."""

_FEW = 20
"""With fewer characters beyond ASCII there is little to judge by: only the two commonest encodings are believed."""

_COMMONEST = ("cp1251", "cp1252")


def read_text(payload: Payload, limit: int) -> str:
    """The whole payload as text. Bytes that are no UTF-8 in a text that otherwise is become lone surrogates (PEP 383),
    so that the item that holds them can be rejected with its bytes intact.

    MalformedPayload with Reason.TOO_LARGE, EMPTY, BINARY or ENCODING.
    """
    body = payload.read(limit)
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise MalformedPayload(f"{payload.name} is empty.", reason=Reason.EMPTY)
    found = decode(body, payload.media_type)
    refuse_binary(payload, Head(body, found.text))
    if found.encoding == "utf-8":
        return body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if found.encoding.startswith("utf-"):
        return found.text
    if not _believable(found):
        raise MalformedPayload(
            f"{payload.name}: the encoding cannot be told. Save it as UTF-8 and try again.", reason=Reason.ENCODING
        )
    return found.text


def head_of(payload: Payload) -> Head:
    """What formats look at to recognise themselves. MalformedPayload with EMPTY where there is nothing."""
    data = payload.head()
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise MalformedPayload(f"{payload.name} is empty.", reason=Reason.EMPTY)
    return Head(data, decode(data, payload.media_type).text)


def refuse_binary(payload: Payload, head: Head) -> None:
    """MalformedPayload with Reason.BINARY if these bytes are no text."""
    sample = head.text[:100_000]
    controls = sum(1 for c in sample if ord(c) in _CONTROLS)
    if head.data.startswith(_MAGIC) or controls > max(_FEW_CONTROLS, _BINARY_SHARE * len(sample)):
        raise MalformedPayload(f"{payload.name} is not text: it holds binary data.", reason=Reason.BINARY)


def _believable(found: Text) -> bool:
    """Whether a reading in an encoding that nobody proved gives writing: no hole, and more words than noise."""
    sample = found.text[:100_000]
    few = sum(1 for c in sample if c > "\x7f") < _FEW
    return not found.bad and plausibility(sample) > 0 and (not few or found.encoding in _COMMONEST)
