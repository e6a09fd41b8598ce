"""Compression of pages."""

import gzip
import zlib

import pytest

from app.web.packing import BLOCK_BYTES, packed

ENGLISH = b"".join(b"<li>Parliament debates the budget, item %d of many" % (n * n) for n in range(900))
MONGOLIAN = "".join(f"<li>Засгийн газар төсвийн тухай {n * n} дүгээр асуудлыг хэлэлцэв" for n in range(900)).encode()
PAGE = b"<h1>A day</h1><ol class=rows>" + ENGLISH + b"</ol><ol class=rows>" + MONGOLIAN + b"</ol><footer>"


@pytest.mark.parametrize(
    "body", [b"", b"x", b"<ol ", ENGLISH, PAGE, PAGE * 3, b"<ol ></ol>" * 5_000], ids=map(str, range(7))
)
def test_what_is_unpacked_is_what_was_packed(body: bytes) -> None:
    assert gzip.decompress(packed(body)) == body


def test_it_is_the_same_every_time() -> None:
    assert packed(PAGE) == packed(PAGE)
    assert packed(PAGE)[4:8] == bytes(4), "no time of day in it"


def test_lists_in_two_scripts_are_smaller_in_blocks_of_their_own() -> None:
    assert len(ENGLISH) > BLOCK_BYTES
    assert len(packed(PAGE)) < len(zlib.compress(PAGE, 9, wbits=31))
