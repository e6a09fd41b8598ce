"""The parts of a title that are written in another script than the title, for `lang` attributes."""

import re
from functools import cache

from app.language.detector import CYRILLIC, LATIN, detect
from app.language.letters import Script
from app.model.language import COLUMNS, UNDETERMINED

_LETTERS = {
    Script.CYRILLIC: "\u0400-\u052f",
    Script.LATIN: "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    Script.MONGOLIAN: "\u1820-\u18aa",
    Script.HANGUL: "\u1100-\u11ff\uac00-\ud7af",
    Script.HAN: "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff",
}
_SPACELESS = {Script.HAN}
_JOINT = "[ \u00a0&,:–/]+"
_OWN_SCRIPT = {"zh": Script.HAN, "ja": Script.HAN, "ko": Script.HANGUL}

_ROMAN_NUMERAL = re.compile("[IVXLC]+")
_LOOK_ALIKES = re.compile("[AaBCcEeHhKkMmOoPpTtVvXxYy]{1,2}")


def spans(title: str, code: str) -> tuple[tuple[str, str], ...]:
    """`title`, whose language is `code`, cut into (text, language) pieces; the texts joined are the title again.

    A piece in another script than the language's own gets its own language: a Latin name or a quoted English title in a
    Mongolian headline is `en` (or the language it clearly is, or `und`), Mongolian script `mn-Mong`. Roman numerals,
    single letters and Latin look-alikes inside a Cyrillic word stay with the title. An empty title has no pieces.
    """
    pieces: list[tuple[str, str]] = []
    done = 0
    for match in _foreign(_script(code)).finditer(title):
        text, start, end = match[0], match.start(), match.end()
        if _belongs_to_title(title, text, start, end):
            continue
        if start > done:
            pieces.append((title[done:start], code))
        pieces.append((text, _language(text)))
        done = end
    if done < len(title):
        pieces.append((title[done:], code))
    return tuple(pieces)


def _script(code: str) -> Script:
    if code in CYRILLIC:
        return Script.CYRILLIC
    return _OWN_SCRIPT.get(code, Script.LATIN if code in LATIN else Script.NONE)


@cache
def _foreign(own: Script) -> re.Pattern[str]:
    """Runs of words of one script that is not `own`, with the digits that touch a word and what joins two words."""
    runs = []
    for script, letters in _LETTERS.items():
        if script is own:
            continue
        word = (
            f"[{letters}]+"
            if script in _SPACELESS
            else rf"(?<!\d)\d*[{letters}](?:[{letters}\d]|['’.&+-](?=[{letters}\d]))*"
        )
        runs.append(rf"{word}(?:{_JOINT}(?:\d+{_JOINT})*{word})*")
    return re.compile("|".join(runs))


def _belongs_to_title(title: str, text: str, start: int, end: int) -> bool:
    if (len(text) == 1 and text.isascii()) or _ROMAN_NUMERAL.fullmatch(text):
        return True
    beside = title[max(start - 1, 0) : start] + title[end : end + 1]
    return _LOOK_ALIKES.fullmatch(text) is not None and any(letter.isalpha() for letter in beside)


def _language(text: str) -> str:
    if re.search(f"[{_LETTERS[Script.MONGOLIAN]}]", text):
        return "mn-Mong"
    found = detect(text)
    return found.code if found.code in COLUMNS or not found.doubtful else UNDETERMINED
