"""detect(): script first, then the evidence of the words, then what the source declares."""

import math
import re
from pathlib import Path
from threading import Lock

from app.language.detection import DOUBTFUL_NATS, SURE_NATS, Detection, Method
from app.language.evidence import Evidence
from app.language.letters import LEGACY, LEGACY_LETTER, Script, plain_words, prepared, script_of, words
from app.language.profile import Profile
from app.model.language import UNDETERMINED
from app.model.remembered import Remembered

CYRILLIC = ("mn", "ru", "kk", "ky", "uk", "bg", "be", "sr", "mk", "tg", "tt", "ba", "uz", "bxr", "tyv", "xal", "sah")
LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "id", "cs", "az")
"""Languages with a profile, in the order of their places in a tie."""

HINT_NATS = 3.0
"""What an outlet's declared language is worth: a lean for short texts, never an override."""

_PRIOR = {"mn": 1.0, "en": 4.0}
"""This product reads Mongolia's news: Mongolian among Cyrillic texts, English among Latin ones. In nats."""

_CAP, _CAPS = 12.0, {"bxr": 5.0, "mn": 10.0, "en": 10.0}
"""What one word may say against a language, in nats. Buryat shares much of its vocabulary with Mongolian, and its
profile knows little of it: a word that looks Mongolian says little against Buryat, a Buryat ending much against
Mongolian."""

_CONFIDENCE_SLOPE = 0.34

_BY_SCRIPT = {
    Script.MONGOLIAN: "mn",
    Script.HAN: "zh",
    Script.JAPANESE: "ja",
    Script.HANGUL: "ko",
    Script.GREEK: "el",
    Script.GEORGIAN: "ka",
    Script.ARMENIAN: "hy",
    Script.HEBREW: "he",
    Script.THAI: "th",
    Script.TIBETAN: "bo",
}
_UKRAINIAN_LETTER = re.compile("[іґ]")
_FOREIGN_LETTER = re.compile("[^абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя]")
_FOREIGN_SHARE = 60
"""A text with more than one letter in sixty from outside the Mongolian alphabet is not Mongolian."""

_SHORT = 2_000
"""Characters of a text that goes the short way; no title has more."""

_NOTHING = Detection(UNDETERMINED, 0.0, 0.0, Method.NONE)


class Detector:
    """A detector over the profiles of a folder (a file for every code of CYRILLIC and LATIN). Safe to share between
    threads: nothing changes after construction but a cache."""

    def __init__(self, folder: Path) -> None:
        self._evidence = {Script.CYRILLIC: _evidence(folder, CYRILLIC), Script.LATIN: _evidence(folder, LATIN)}
        self._cyrillic = _Plain(self._evidence[Script.CYRILLIC], Script.CYRILLIC)
        self._latin = _Plain(self._evidence[Script.LATIN], Script.LATIN)

    def detect(self, text: str, *, hint: str | None = None) -> Detection:
        """See `app.language.detect`."""
        found = (self._latin if text.isascii() else self._cyrillic).leader(text, hint)
        return self._with_care(text, hint) if found is None else _detection(found[0], found[1], Method.PROFILES)

    def _with_care(self, text: str, hint: str | None) -> Detection:
        """What `detect` says, for any text."""
        text = prepared(text)
        script = script_of(text)
        if script is Script.NONE:
            return _NOTHING
        if script in _BY_SCRIPT:
            return Detection(_BY_SCRIPT[script], 1.0, SURE_NATS, Method.SCRIPT)
        if script is Script.CYRILLIC and LEGACY_LETTER.search(text) and not _UKRAINIAN_LETTER.search(text):
            found = self._leader(text.translate(LEGACY), script, hint, Method.LEGACY)
            if found.code == "mn":
                return found
        return self._leader(text, script, hint, Method.PROFILES)

    def _leader(self, text: str, script: Script, hint: str | None, method: Method) -> Detection:
        evidence, tokens = self._evidence[script], words(text, script)
        scores = evidence.scores(tokens, hint)
        ranked = sorted(zip(scores, evidence.languages, strict=True), key=_by_score, reverse=True)
        if ranked[0][1] == "mn" and _not_mongolian(tokens):
            del ranked[0]
        (first, code), (second, _) = ranked[:2]
        return _detection(code, first - second, method)


class _Plain:
    """The short way for the texts of one of the two plain classes (`app.language.letters.plain_words`), part by part
    between blanks: what is known of one is looked up."""

    def __init__(self, evidence: Evidence, script: Script) -> None:
        self._evidence, self._script = evidence, script
        self._cost = Remembered(self._weighed).__getitem__

    def _weighed(self, part: str) -> int | None:
        """The packed cost of a part's words; None for one that needs a closer look."""
        found = plain_words(part)
        if found is None or found[0] not in (None, self._script):
            return None
        return self._evidence.cost(found[1])

    def leader(self, text: str, hint: str | None) -> tuple[str, float] | None:
        """The language that leads, and by how much; None for a text that needs a closer look."""
        if len(text) > _SHORT:
            return None
        try:
            cost: int = sum(map(self._cost, text.split()))  # type: ignore[arg-type]
        except TypeError:  # a part that needs one has no cost
            return None
        return self._evidence.leader(cost, hint) if cost else None


def _evidence(folder: Path, codes: tuple[str, ...]) -> Evidence:
    profiles = [Profile.parse((folder / f"{code}.json").read_text("utf-8")) for code in codes]
    return Evidence(profiles, cap=_CAP, caps=_CAPS, prior=_PRIOR, hint=HINT_NATS)


def _detection(code: str, lead: float, method: Method) -> Detection:
    margin = lead if lead < SURE_NATS else SURE_NATS
    return Detection(code, _confidence(margin), margin, method)


def _by_score(entry: tuple[float, str]) -> float:
    return entry[0]


def _not_mongolian(tokens: list[str]) -> bool:
    joined = "".join(tokens)
    return len(_FOREIGN_LETTER.findall(joined)) * _FOREIGN_SHARE > len(joined)


def _confidence(margin: float) -> float:
    """A logistic curve fitted to 28,000 held-out headlines and strings of three words: off by at most four points."""
    return 1 / (1 + math.exp(-_CONFIDENCE_SLOPE * margin))


def doubtful(confidence: float) -> bool:
    """Whether a stored confidence stands for a lead below DOUBTFUL_NATS, so that an editor should have a look."""
    return confidence < _confidence(DOUBTFUL_NATS)


_DETECTOR: Detector | None = None
_reading = Lock()


def ready() -> Detector:
    """The detector over our profiles, read when it is first asked for, by one thread: half a second and 30 MB, which a
    process that only serves pages never spends."""
    global _DETECTOR
    with _reading:
        if _DETECTOR is None:
            _DETECTOR = Detector(Path(__file__).parent / "profiles")
        return _DETECTOR


def detect(text: str, *, hint: str | None = None) -> Detection:
    """The language of a headline or a sentence. Never raises; the same text always gets the same answer; thread-safe.

    `hint` is the language that the source declares (an ISO code): worth HINT_NATS among the languages of the text's own
    script, nothing across scripts.
    """
    return (_DETECTOR or ready()).detect(text, hint=hint)
