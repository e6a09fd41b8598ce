"""The decoder: marks, zero bytes, valid UTF-8, declarations, and the judged choice."""

import codecs

import pytest

from app.ingest.decode import CANDIDATES, decode, encoding_of
from app.ingest.plausible import plausibility

HEADLINES = (
    "Улаанбаатар хотын агаарын чанар сайжирлаа",
    "Цас орж, хүйтний эрч чангарна",
    "УИХ ХУРАЛДАЖ БАЙНА",
    "В Улан-Баторе улучшилось качество воздуха",
    "Курс рубля вырос — на 5 %",
)
WESTERN = (
    "Größe der Flüge nach Zürich",
    "Le président français à Évian",
    "São Paulo: eleição",
    "“Quoted” – it’s a dash…",
)


@pytest.mark.parametrize("text", HEADLINES)
@pytest.mark.parametrize("encoding", CANDIDATES[:-1])
def test_a_single_cyrillic_headline_is_enough_to_tell_the_encoding(text: str, encoding: str) -> None:
    body = text.encode(encoding, "ignore")
    assert decode(body).text == body.decode(encoding)


@pytest.mark.parametrize("text", WESTERN)
def test_western_text_is_not_taken_for_cyrillic(text: str) -> None:
    found = decode(text.encode("cp1252"))
    assert (found.text, found.bad) == (text, 0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [HEADLINES[0], '<?xml version="1.0"?><rss><channel/></rss>', '{"items": []}'])
def test_wide_encodings_are_seen_by_their_zero_bytes(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_decides_and_goes(mark: bytes, encoding: str) -> None:
    assert decode(mark + HEADLINES[1].encode(encoding)).text == HEADLINES[1]


@pytest.mark.parametrize("label", ["windows-1251", "ISO-8859-1", "koi8-r", "utf-16", "no-such-charset"])
def test_valid_utf8_beats_every_declaration(label: str) -> None:
    body = f'<?xml version="1.0" encoding="{label}"?><t>{HEADLINES[0]}</t>'.encode()
    assert HEADLINES[0] in decode(body, f"text/xml; charset={label}").text


def test_a_bad_byte_costs_one_character_not_the_feed() -> None:
    body = HEADLINES[0].encode() + b"\xff" + HEADLINES[1].encode()
    found = decode(body, "text/xml; charset=windows-1251")
    assert (found.text, found.bad) == (f"{HEADLINES[0]}\ufffd{HEADLINES[1]}", 1)


def test_a_character_cut_off_at_the_end_does_not_change_the_encoding() -> None:
    assert decode(HEADLINES[0].encode()[:-1]).encoding == "utf-8"
    assert encoding_of(HEADLINES[0].encode()[:-1]) == "utf-8-sig"


def test_the_header_goes_before_the_declaration() -> None:
    body = '<?xml version="1.0" encoding="koi8-r"?><t>Мир</t>'.encode("cp1251")
    assert "Мир" in decode(body, "text/xml; charset=windows-1251").text


def test_a_declaration_that_gives_noise_is_overruled() -> None:
    text = " ".join(HEADLINES[3:])
    assert decode(text.encode("cp1251"), "text/xml; charset=koi8-r").text == text


@pytest.mark.parametrize("label", ["unicode_escape", "utf-7", "punycode", "hex", "zlib", "\x00", "idna", "rot13"])
def test_codecs_that_are_no_text_encodings_are_not_obeyed(label: str) -> None:
    assert decode(HEADLINES[0].encode("cp1251"), f"text/plain; charset={label}").text == HEADLINES[0]


def test_writing_is_more_plausible_than_noise() -> None:
    text = " ".join(HEADLINES)
    noise = text.encode("cp1251", "ignore").decode("koi8-r")
    assert plausibility(text) > 0.5 > 0.3 > plausibility(noise)
    assert plausibility("ASCII only") == 0
