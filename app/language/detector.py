"""detect(): script first, then the evidence of letter sequences, then what the source declares."""

import math
import re
from pathlib import Path

from app.language.detection import SURE_NATS, Detection, Method
from app.language.evidence import Evidence
from app.language.letters import Script, prepared, script_of, words
from app.model.language import UNDETERMINED

CYRILLIC = ("mn", "ru", "kk", "ky", "uk", "bg", "be", "sr", "mk", "tg", "tt", "ba", "uz", "bxr", "tyv", "xal", "sah")
LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "id", "cs", "az")

HINT_NATS = 3.0
"""What an outlet's declared language is worth: a lean for short texts, never an override."""

_ENGLISH_SHARE = 0.98
"""Of the Latin headlines that a dashboard of Mongolia's news takes in, how many are English."""

_SCRIPT_CODES = {Script.MONGOLIAN: "mn", Script.HAN: "zh", Script.JAPANESE: "ja", Script.HANGUL: "ko"}
_LEGACY = str.maketrans("їєɵѳ", "үөөө")
_LEGACY_LETTER = re.compile("[їєɵѳ]")
_UKRAINIAN_LETTER = re.compile("[іґ]")
_FOREIGN_LETTER = re.compile("[^абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя]")
_FOREIGN_SHARE = 30

_PROFILES = Path(__file__).parent / "profiles"


def _evidence(codes: tuple[str, ...], prior: dict[str, float] | None = None) -> Evidence:
    return Evidence([(_PROFILES / f"{code}.json").read_text("utf-8") for code in codes], prior)


# Built when the module is imported, under Python's import lock: never lazily inside a request.
_EVIDENCE = {
    Script.CYRILLIC: _evidence(CYRILLIC),
    Script.LATIN: _evidence(LATIN, {"en": math.log(_ENGLISH_SHARE / (1 - _ENGLISH_SHARE) * (len(LATIN) - 1))}),
}
_NOTHING = Detection(UNDETERMINED, 0.0, 0.0, Method.NONE)


def detect(text: str, *, hint: str | None = None) -> Detection:
    """The language of a headline or sentence. Never raises; the same text always gets the same answer; thread-safe.

    `hint` is the language that the source declares (an ISO code): worth HINT_NATS among the languages of the text's own
    script, nothing across scripts.
    """
    text = prepared(text)
    script = script_of(text)
    if script is Script.NONE:
        return _NOTHING
    if script in _SCRIPT_CODES:
        return Detection(_SCRIPT_CODES[script], 1.0, SURE_NATS, Method.SCRIPT)
    found = _leader(words(text, script), script, hint, Method.PROFILES)
    if script is Script.CYRILLIC and found.code != "mn" and _LEGACY_LETTER.search(text):
        found = _read_as_legacy(text, hint) or found
    return found


def _read_as_legacy(text: str, hint: str | None) -> Detection | None:
    """Before ө and ү were on every keyboard, є and ї stood for them."""
    if _UKRAINIAN_LETTER.search(text):
        return None
    found = _leader(words(text.translate(_LEGACY), Script.CYRILLIC), Script.CYRILLIC, hint, Method.LEGACY)
    return found if found.code == "mn" else None


def _leader(tokens: list[str], script: Script, hint: str | None, method: Method) -> Detection:
    evidence = _EVIDENCE[script]
    scores = evidence.scores(tokens)
    if scores is None:
        return _NOTHING
    if hint in evidence.languages:
        scores[evidence.languages.index(hint)] += HINT_NATS
    second, first = sorted(scores)[-2:]
    code, margin = evidence.languages[scores.index(first)], min(first - second, SURE_NATS)
    if code == "mn" and _not_mongolian(tokens):
        return Detection(UNDETERMINED, 0.0, 0.0, method)
    return Detection(code, _confidence(margin), margin, method)


def _not_mongolian(tokens: list[str]) -> bool:
    """Whether more than one letter in thirty is outside the Mongolian alphabet."""
    joined = "".join(tokens)
    return len(_FOREIGN_LETTER.findall(joined)) * _FOREIGN_SHARE > len(joined)


def _confidence(margin: float) -> float:
    return 1 / (1 + math.exp(-margin / 2))
