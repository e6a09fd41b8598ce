"""Long texts on their way out: joined to blocks, compressed as they pass. Memory does not grow with their length."""

from collections.abc import Iterable, Iterator
from zlib import MAX_WBITS, compressobj

BLOCK_CHARS = 32_768


def blocks(parts: Iterable[str]) -> Iterator[bytes]:
    """Parts joined to blocks, so that not every line is a packet; at least one."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= BLOCK_CHARS:
            yield "".join(waiting).encode("utf-8")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8")


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same as gzip, without a time or a name in it: the same content gives the same bytes."""
    packer = compressobj(6, wbits=MAX_WBITS | 16)
    for block in parts:
        if squeezed := packer.compress(block):
            yield squeezed
    yield packer.flush()
