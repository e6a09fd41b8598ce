"""Letters and scripts: what can be said of a text before any statistics."""

import re
from enum import StrEnum

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+", re.IGNORECASE)
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f]+")
_LATIN_WORD = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]")
_MONGOLIAN = re.compile(r"[\u1820-\u18aa]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")


class Script(StrEnum):
    """The script that a text is mostly written in."""

    CYRILLIC = "cyrillic"
    LATIN = "latin"
    MONGOLIAN = "mongolian"
    HAN = "han"
    JAPANESE = "japanese"
    HANGUL = "hangul"
    NONE = "none"


def prepared(text: str) -> str:
    """`text` without web and mail addresses, in lower case: langdetect leaves out words in capitals."""
    return _ADDRESS.sub(" ", text).lower()


def script_of(text: str) -> Script:
    """The script of a prepared text, by counting letters. Cyrillic wins from a third of the letters on, so that Latin
    brand names in a Mongolian headline do not outvote it."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not text.isascii() and len(text) > cyrillic + latin:
        other = _other_script(text, cyrillic, latin)
        if other is not None:
            return other
    if cyrillic and cyrillic * 2 >= latin:
        return Script.CYRILLIC
    return Script.LATIN if latin else Script.NONE


def _other_script(text: str, cyrillic: int, latin: int) -> Script | None:
    mongolian = len(_MONGOLIAN.findall(text))
    if mongolian and mongolian >= cyrillic and mongolian >= latin:
        return Script.MONGOLIAN
    han, kana, hangul = len(_HAN.findall(text)), len(_KANA.findall(text)), len(_HANGUL.findall(text))
    if han + kana + hangul <= cyrillic + latin // 3:
        return None
    if hangul >= kana + han:
        return Script.HANGUL
    return Script.JAPANESE if kana * 4 >= han else Script.HAN


def words(text: str, script: Script) -> list[str]:
    """The words of a prepared text that are written in `script` (Cyrillic or Latin)."""
    return (_CYRILLIC_WORD if script is Script.CYRILLIC else _LATIN_WORD).findall(text)
