"""detect(): script first, then the evidence of the words, then what the source declares."""

import math
import re
from collections.abc import Mapping
from pathlib import Path

from app.language.detection import SURE_NATS, Detection, Method
from app.language.evidence import Evidence
from app.language.letters import LEGACY, LEGACY_LETTER, Script, prepared, script_of, words
from app.language.profile import Profile
from app.model.language import UNDETERMINED

CYRILLIC = ("mn", "ru", "kk", "ky", "uk", "bg", "be", "sr", "mk", "tg", "tt", "ba", "uz", "bxr", "tyv", "xal", "sah")
LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "id", "cs", "az")
"""Languages with a profile, in the order of their places in a tie."""

HINT_NATS = 3.0
"""What an outlet's declared language is worth: a lean for short texts, never an override."""

_PRIOR = {"mn": 1.0, "en": 4.0}
"""This product reads Mongolia's news: Mongolian among Cyrillic texts, English among Latin ones. In nats."""

_CAP, _CAPS = 12.0, {"bxr": 5.0, "mn": 10.0, "en": 10.0}
"""What one word may say against a language. Buryat shares much of its vocabulary with Mongolian, and its profile knows
little of it: a word that looks Mongolian says little against Buryat, while Buryat endings say much against Mongolian."""

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
_FOREIGN_SHARE = 30
"""A text with more than one letter in thirty from outside the Mongolian alphabet is not Mongolian."""

_NOTHING = Detection(UNDETERMINED, 0.0, 0.0, Method.NONE)


class Detector:
    """A detector over given profiles (every code of CYRILLIC and LATIN). Safe to share between threads."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._evidence = {
            script: Evidence([profiles[code] for code in codes], caps=_CAPS, cap=_CAP, prior=_PRIOR)
            for script, codes in ((Script.CYRILLIC, CYRILLIC), (Script.LATIN, LATIN))
        }

    @classmethod
    def load(cls, folder: Path) -> "Detector":
        """From the profile files of a folder."""
        return cls({code: Profile.parse((folder / f"{code}.json").read_text("utf-8")) for code in (*CYRILLIC, *LATIN)})

    def detect(self, text: str, *, hint: str | None = None) -> Detection:
        """See `app.language.detect`."""
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
        scores = evidence.scores(tokens)
        if hint in evidence.languages:
            scores[evidence.languages.index(hint)] += HINT_NATS
        second, first = sorted(scores)[-2:]
        code = evidence.languages[scores.index(first)]
        if code == "mn" and _not_mongolian(tokens):
            return Detection(UNDETERMINED, 0.0, 0.0, method)
        margin = min(first - second, SURE_NATS)
        return Detection(code, _confidence(margin), margin, method)


def _not_mongolian(tokens: list[str]) -> bool:
    joined = "".join(tokens)
    return len(_FOREIGN_LETTER.findall(joined)) * _FOREIGN_SHARE > len(joined)


def _confidence(margin: float) -> float:
    return 1 / (1 + math.exp(-margin / 2))


# Built when the module is imported, under Python's import lock: never lazily, in the first request.
_DETECTOR = Detector.load(Path(__file__).parent / "profiles")


def detect(text: str, *, hint: str | None = None) -> Detection:
    """The language of a headline or a sentence. Never raises; the same text always gets the same answer; thread-safe.

    `hint` is the language that the source declares (an ISO code): worth HINT_NATS among the languages of the text's own
    script, nothing across scripts.
    """
    return _DETECTOR.detect(text, hint=hint)
