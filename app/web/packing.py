"""Compression of pages: gzip with Python's own zlib."""

import re
import zlib

LEVEL = 8
"""As small as 9, which never found more in a page of ours."""

BLOCK_BYTES = 8_000
"""Less is not worth a block of its own, which begins with some 70 bytes about its letters."""

_GZIP = 31  # window of 32 kB, gzip's head and foot
_TURNS = re.compile(rb"<ol |</ol>")


def packed(body: bytes) -> bytes:
    """A body, compressed. A new block begins where a long list begins or ends: the codes of a block follow how often
    its letters come, and the head of a page, English titles and Mongolian ones have nothing in common there (a day page
    is 2 % smaller for it)."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    pieces: list[bytes] = []
    done = 0
    for turn in _TURNS.finditer(body):
        if turn.start() - done >= BLOCK_BYTES:
            pieces += (packer.compress(body[done : turn.start()]), packer.flush(zlib.Z_BLOCK))
            done = turn.start()
    pieces += (packer.compress(body[done:]), packer.flush())
    return b"".join(pieces)
