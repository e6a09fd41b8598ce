"""robots.txt as RFC 9309 says, in time that grows with its length only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

MAX_BYTES = 512_000
"""500 KiB: what RFC 9309, 2.5, demands at least; the rest is not read."""

MAX_DELAY = 30.0
"""Seconds of Crawl-delay that are honoured; a host that wants more is still asked no more often than its interval."""

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[a-zA-Z_-]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MAX_PATTERN = 2_048
_RULES = ("allow", "disallow")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site allows us: patterns with whether they allow, and the seconds it wants between requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: the longest pattern that matches decides, on a tie Allow."""
        given = _normal(path)
        if given == "/robots.txt":
            return True
        best = max(((len(p), allowed) for p, allowed in self.rules if _matches(p, given)), default=(0, True))
        return best[1]


EVERYTHING = Rules()
NOTHING = Rules((("/", False),))


def read_rules(body: bytes, product: str) -> Rules:
    """The rules for a product token: all groups that name it, else all for `*`, else none."""
    groups = list(_groups(body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")))
    token = product.lower()
    ours = [lines for names, lines in groups if token in names] or [lines for names, lines in groups if "*" in names]
    lines = [line for group in ours for line in group]
    rules = tuple(
        (_normal(value), key == "allow") for key, value in lines if key in _RULES and 0 < len(value) <= _MAX_PATTERN
    )
    return Rules(rules, next((_delay(value) for key, value in lines if key == "crawl-delay"), None))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """User agents (their tokens in lower case, or `*`) and the lines that hold for them. Only a rule ends the list of
    user agents; other records, such as Sitemap, end nothing (2.2.4)."""
    names: set[str] = set()
    lines: list[tuple[str, str]] = []
    ruled = False
    for key, value in _records(text):
        if key == "user-agent":
            if ruled:
                yield names, lines
                names, lines, ruled = set(), [], False
            token = _TOKEN.match(value)
            names.add("*" if value.startswith("*") else token[0].lower() if token else "")
        else:
            lines.append((key, value))
            ruled = ruled or key in _RULES
    yield names, lines


def _records(text: str) -> Iterator[tuple[str, str]]:
    for line in _LINE_ENDS.split(text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _delay(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return min(seconds, MAX_DELAY) if seconds >= 0 else None


def _normal(path: str) -> str:
    """Escapes in one spelling: unreserved characters bare, the others as upper-case hexadecimal UTF-8 (2.2.2)."""

    def one(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    escaped = quote(path, safe="".join(map(chr, range(0x21, 0x7F))))
    return _ESCAPE.sub(one, escaped)


def _matches(pattern: str, path: str) -> bool:
    """`*` is any sequence, `$` at the end the end. Each piece is taken where it first fits, which is right for `*` and
    needs no going back."""
    anchored = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not anchored or path == first
    at = len(first)
    last = pieces.pop() if anchored else ""
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or (len(path) - at >= len(last) and path.endswith(last))
