"""What a reader asks for, and whether what came is whole, in the right language, and what its validator says."""

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from random import Random

from app.i18n import Translator
from app.web.validators import etag, matches
from benchmarks.load.asking import Answer
from benchmarks.speed.corpus import LAST

PATHS = (
    ("/{ui}/", 20), ("/{ui}/{day}", 25), ("/{ui}/{today}", 10), ("/{ui}/?lang=mn", 5), ("/{ui}/archive/2026-01", 3),
    ("/{ui}/outlets", 3), ("/{ui}/outlets/medee1.example", 4), ("/{ui}/search?q={word}", 8), ("/{ui}/stories", 3),
    ("/{ui}/sources", 2), ("/{ui}/about", 2), ("/{ui}/headlines/{n}", 5), ("/{ui}.atom", 3), ("/{ui}.json", 2),
    ("/api/v1/headlines?limit=20", 3), ("/api/v1/days/{day}", 2),
)  # fmt: skip
"""Addresses and how often each is asked for."""

WORDS = ("visa", "coal", "Mongolia", "%D0%BC%D0%BE%D0%BD%D0%B3%D0%BE%D0%BB", "budget", "copper")
LABELS = ("nav.skip", "nav.sections")
"""Words of the frame by which a page's language is known."""
KNOWN = 2_000
"""Validators that a reader remembers."""

_TEXT = re.compile(rb"<[^>]*>")


class Reader:
    """Asks for pages at random, now and then for one that it has with its validator."""

    def __init__(self, seed: int, known: int, translators: Mapping[str, Translator]) -> None:
        self._chance = Random(seed)
        self._known = known
        self._words = {ui: tuple(t.text(label) for label in LABELS) for ui, t in translators.items()}
        self._tags: dict[tuple[str, bool], str] = {}

    def next(self, today: str) -> tuple[str, dict[str, str]]:
        """An address and headers."""
        chance = self._chance
        (path,) = chance.choices([path for path, _ in PATHS], [n for _, n in PATHS])
        facts = {
            "day": LAST.isoformat(),
            "today": today,
            "word": chance.choice(WORDS),
            "ui": chance.choice(("en", "mn")),
        }
        path = path.format(**facts, n=chance.randint(1, self._known))
        packed = chance.random() < 0.5
        headers = {"Accept-Encoding": "gzip"} if packed else {}
        tag = self._tags.get((path, packed))
        if tag and chance.random() < 0.3:
            headers["If-None-Match"] = tag
        return path, headers

    def every(self, today: str) -> list[str]:
        """One address of each kind in each language."""
        facts = {"day": LAST.isoformat(), "today": today, "word": WORDS[0], "n": 1}
        return [path.format(**facts, ui=ui) for path, _ in PATHS for ui in self._words]

    def wrong(self, path: str, headers: Mapping[str, str], answer: Answer) -> str:
        """What is wrong with an answer, nothing if it is as it has to be. Refusals have pages, too."""
        if answer.status == 304:
            return "" if matches(headers.get("If-None-Match"), answer.headers.get("etag", "")) else "304 to another tag"
        body = answer.body
        if int(answer.headers.get("content-length", -1)) != len(body):
            return "the length is another one"
        coding = answer.headers.get("content-encoding", "")
        if coding:
            body = gzip.decompress(body)
        if answer.status == 200:
            tag = answer.headers.get("etag", "")
            if tag != etag(body, coding) and not tag.startswith("W/"):
                return "the validator is that of another body"
            if len(self._tags) < KNOWN:
                self._tags[path, bool(headers.get("Accept-Encoding"))] = tag
        return self.unlike(path, answer.headers.get("content-type", ""), body)

    def unlike(self, path: str, media_type: str, body: bytes) -> str:
        """In what a whole body is not what was asked for."""
        if media_type.startswith("text/html"):
            return self._half(body) or self._foreign(body, path.strip("/")[:2])
        try:
            if "json" in media_type:
                json.loads(body)
            elif "xml" in media_type:
                ET.fromstring(body)
            else:
                return f"a {media_type}"
        except (ValueError, ET.ParseError) as error:
            return f"cannot be read: {error}"
        return ""

    def _half(self, body: bytes) -> str:
        text = body.strip().lower()
        if not text.startswith(b"<!doctype html>") or not text.endswith(b"</html>"):
            return "half a page"
        return "two pages in one" if text.count(b"<html") != 1 or text.count(b"</main>") != 1 else ""

    def _foreign(self, body: bytes, ui: str) -> str:
        if f'<html lang="{ui}"'.encode() not in body:
            return "another language"
        text = _TEXT.sub(b" ", body) + b" ".join(re.findall(rb'aria-label="([^"]*)"', body))
        for other, words in self._words.items():
            there = [word.encode() in text for word in words]
            if other == ui and not all(there):
                return "without words of its language"
            if other != ui and any(there):
                return f"with words of {other}"
        return ""
