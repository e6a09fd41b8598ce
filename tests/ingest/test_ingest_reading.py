"""Which bytes are read as which text, and which are refused."""

from pathlib import Path

import pytest

import app
from app.errors import MalformedPayload, UnknownFormat
from app.ingest.format import Head
from app.ingest.formats import FORMATS
from app.ingest.payload import Payload
from app.ingest.reading import read_text
from app.ingest.sniff import format_named, identify
from app.model.headline import Reason

SAMPLE = (Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt").read_text("utf-8")
LEGACY = SAMPLE.translate(str.maketrans("ӨҮөү", "ЄЇєї"))  # what stood for Ө and Ү before Unicode
ENGLISH = "1 A “GREEN” BOND WWW.X.MN PUBLISHED:2026/01/15"


def refusal(body: bytes) -> Reason:
    with pytest.raises(MalformedPayload) as caught:
        read_text(Payload.of(body, name="the file"), 10_000_000)
    assert "the file" in caught.value.message
    reason: Reason = caught.value.facts["reason"]
    return reason


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_in_every_form(encoding: str) -> None:
    assert read_text(Payload.of(SAMPLE.encode(encoding)), 10_000_000) == SAMPLE


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u"])
def test_cyrillic_in_one_byte(encoding: str) -> None:
    text = LEGACY if encoding == "cp1251" else "МОНГОЛ УЛС ХЯТАД УЛСТАЙ ХИЛ ОРЧМЫН СУДАЛГАА ХИЙХЭЭР БОЛЛОО\n" * 5
    body = text.encode(encoding, "replace")
    assert read_text(Payload.of(body), 10_000_000) == body.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252"])
def test_english_with_quotation_marks_in_one_byte(encoding: str) -> None:
    assert read_text(Payload.of(ENGLISH.encode(encoding)), 10_000) == ENGLISH


def test_valid_utf8_beats_what_is_declared() -> None:
    payload = Payload.of(SAMPLE.encode(), media_type="text/plain; charset=windows-1251")
    assert read_text(payload, 10_000_000) == SAMPLE


def test_a_bad_byte_in_utf8_stays_where_it_is() -> None:
    body = SAMPLE.encode().replace(b"JICA", b"JI\xe9CA")
    text = read_text(Payload.of(body), 10_000_000)
    assert "JI\udce9CA" in text
    assert text.encode("utf-8", "surrogateescape") == body


@pytest.mark.parametrize("body", [b"", b"   \n\t", b"\xef\xbb\xbf", b"\xff\xfe\r\0\n\0", b"\0\0\0\0"])
def test_nothing_is_empty(body: bytes) -> None:
    assert refusal(body) is Reason.EMPTY


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04 1 A WWW.X.MN PUBLISHED:2026/01/15",
        b"%PDF-1.7\n1 A WWW.X.MN PUBLISHED:2026/01/15",
        bytes(range(256)) * 40,
        b"1 A WWW.X.MN\0\0\0\0\0 PUBLISHED:2026/01/15",
    ],
)
def test_binary_data_is_refused(body: bytes) -> None:
    assert refusal(body) is Reason.BINARY


@pytest.mark.parametrize(
    "body",
    [
        "1 CAFÉ OPENS WWW.X.MN PUBLISHED:2026/01/15".encode("cp850"),
        "1 日本の首相 WWW.X.MN PUBLISHED:2026/01/15".encode("shift_jis"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused(body: bytes) -> None:
    assert refusal(body) is Reason.ENCODING


def test_too_much_is_refused() -> None:
    with pytest.raises(MalformedPayload) as caught:
        read_text(Payload.of(SAMPLE.encode()), 100)
    assert caught.value.facts["reason"] is Reason.TOO_LARGE


@pytest.mark.parametrize("text", [SAMPLE, ENGLISH, SAMPLE[-500:], "== HEADLINES 2026-01-15 ==\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_digest_is_recognised(text: str, encoding: str) -> None:
    assert identify(Payload.of(text.encode(encoding))).name == "digest"


def test_a_digest_is_recognised_in_cp1251() -> None:
    assert identify(Payload.of(LEGACY.encode("cp1251", "replace"))).name == "digest"


@pytest.mark.parametrize(
    "text",
    [
        "<html><p>1 A WWW.X.MN PUBLISHED:2026/01/15",
        '{"a": "1 A WWW.X.MN PUBLISHED:2026/01/15"}',
        "Just a letter.\nSee you soon.",
    ],
)
def test_other_texts_are_no_digest(text: str) -> None:
    assert not format_named("digest").sniff(_head(text))


def test_an_unknown_format_is_told_with_those_that_are_known() -> None:
    with pytest.raises(UnknownFormat) as caught:
        identify(Payload.of(b"Just a letter.", name="letter.txt"))
    assert "letter.txt" in caught.value.message
    assert all(row.name in caught.value.message for row in FORMATS)


@pytest.mark.parametrize(("body", "reason"), [(b"", Reason.EMPTY), (bytes(range(256)) * 9, Reason.BINARY)])
def test_what_cannot_have_a_format_says_why(body: bytes, reason: Reason) -> None:
    with pytest.raises(MalformedPayload) as caught:
        identify(Payload.of(body))
    assert caught.value.facts["reason"] is reason


def test_formats_have_names_of_their_own() -> None:
    names = [row.name for row in FORMATS]
    assert len(names) == len(set(names))
    assert all(format_named(name).name == name for name in names)
    with pytest.raises(UnknownFormat, match="digest"):
        format_named("telegraph")


def _head(text: str) -> Head:
    return Head(text.encode(), text)
