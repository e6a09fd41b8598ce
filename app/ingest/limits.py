"""How much is read of anything that arrives. Exceeding a limit is a rejection that names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`payload_bytes`: what a format that must see the whole may read (setting ORTOO_MAX_PAYLOAD_BYTES). `line_bytes`:
    the longest line of a format that is read line by line. `title_chars`: the longest known real headline has some 250
    characters. `quarantine_bytes`: what is kept of a payload that is too large to keep whole."""

    payload_bytes: int = 10_000_000
    line_bytes: int = 1_000_000
    title_chars: int = 2_000
    quarantine_bytes: int = 65_536
