"""Bytes -> text, for everything that arrives. The order of belief, the best witness first:

1. a byte order mark;  2. UTF-16 and UTF-32 seen by their zero bytes;  3. bytes that are valid UTF-8 (text of another
encoding practically never is, so this beats every declaration);  4. UTF-8 with a few bad bytes;  5. the charset of the
HTTP header, then the one of the XML declaration, unless what it gives is far less like writing than another reading;
6. the most plausible of the encodings in which Mongolian, Russian and Western text arrives.
"""

import codecs
import re
from dataclasses import dataclass

from app.ingest.plausible import plausibility

CANDIDATES = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "cp1252")
"""Encodings that are tried when nothing usable is declared, in the order that breaks a tie."""

_MARKS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)

# What a label means on the web, where it differs from Python's codec (WHATWG Encoding, section 4.2).
_WEB = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Codecs that are not text as it arrives: they need a mark or zero bytes, or they run escapes.
_REFUSED = re.compile(
    r"utf-?_?(7|8|16|32)|utf-8-sig|idna|punycode|unicode.escape|raw.unicode.escape|undefined|mbcs|oem"
)

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"',]{1,40})""", re.I)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)

_JUDGED = 200_000
"""Bytes of a document that are read to judge it; the rest is the same writing."""

_MUCH_BETTER = 0.5
"""A declared encoding is overruled when another reading is this much more plausible (`plausibility`: -1 to 1)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded body. `encoding` is the codec that was used, `bad` the number of characters that had to be replaced."""

    text: str
    encoding: str
    bad: int = 0


def decode(body: bytes, media_type: str | None = None) -> Text:
    """The whole body as text, without its byte order mark. Never fails: what cannot be read becomes U+FFFD."""
    mark, encoding = _marked(body)
    if encoding is None:
        try:
            return Text(body.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            cut = error.reason == "unexpected end of data" and not body[: error.start].isascii()
            encoding = "utf-8" if cut else _judge(body, media_type)
    text = body[mark:].decode(encoding, "replace")
    return Text(text, encoding, text.count("\ufffd"))


def encoding_of(head: bytes, media_type: str | None = None) -> str:
    """The codec for a stream, from its first bytes (some 64 KB), for reading with `errors="replace"`. `utf-8-sig` is
    answered for UTF-8, so that a mark is dropped; the marks of UTF-16 and UTF-32 come through as U+FEFF."""
    _, encoding = _marked(head)
    if encoding is None:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end is no fault
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = _judge(head, media_type)
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _marked(body: bytes) -> tuple[int, str | None]:
    """(length of the mark, codec) from a byte order mark or from zero bytes; (0, None) without either."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return len(mark), encoding
    return 0, _by_zeros(body[:4096])


def _by_zeros(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark. The high byte of a Latin letter, a blank or a digit is 00, of a Cyrillic letter
    04: nearly every byte is then 00 or 04 in one place of each unit, and hardly any in the other."""
    if len(head) < 4 or 0 not in head or head.count(0) + head.count(4) < len(head) / 4:
        return None
    for unit, suffix in ((4, "32"), (2, "16")):
        lanes = [head[i::unit] for i in range(unit)]
        high = [(lane.count(0) + lane.count(4)) / max(1, len(lane)) for lane in lanes]
        if unit == 4 and min(high[1], high[2]) < 0.9 and min(high[0], high[1]) < 0.9:
            continue
        if high[-1] > 0.8 > 0.3 > high[0]:
            return f"utf-{suffix}-le"
        if high[0] > 0.8 > 0.3 > high[-1]:
            return f"utf-{suffix}-be"
    return None


def _judge(body: bytes, media_type: str | None) -> str:
    """The codec of bytes that are not valid UTF-8 and have no mark."""
    head = body[:_JUDGED]
    if _mostly_utf8(head):
        return "utf-8"
    declared = [name for name in (_header(media_type), *_inside(head)) if name]
    readings = {name: plausibility(head.decode(name, "replace")) for name in dict.fromkeys((*declared, *CANDIDATES))}
    best = max(readings, key=lambda name: readings[name])
    for name in declared:
        if readings[name] > readings[best] - _MUCH_BETTER:
            return name
    return best


def _mostly_utf8(head: bytes) -> bool:
    """UTF-8 with a few bad bytes: at least four well-formed characters beyond ASCII for each bad place. (In one-byte
    Cyrillic text well-formed pairs are rarer than bad bytes, in every encoding.)"""
    text = head.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= 4 * bad


def _header(media_type: str | None) -> str | None:
    found = _CHARSET.search(media_type or "")
    return _codec(found[1]) if found else None


def _inside(head: bytes) -> tuple[str | None, ...]:
    """The codecs that the document itself names: in an XML declaration, else in an HTML `meta`."""
    found = _DECLARED.search(head[:1024]) or _META.search(head[:4096])
    return (_codec(found[1].decode("ascii", "replace")),) if found else ()


def _codec(label: str) -> str | None:
    """A codec of Python for a label as the web understands it; None when it is unknown or no one-way text encoding."""
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
        b"a".decode(name, "replace")
    except (LookupError, ValueError):  # unknown, or Python's codec for something else than text
        return None
    return None if _REFUSED.fullmatch(name) else _WEB.get(name, name)
