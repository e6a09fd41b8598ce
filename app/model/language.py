"""Languages: codes and which of them have a place of their own."""

import re

UI_LANGUAGES = ("en", "mn")
"""Editions of the interface; each needs locale/<code>/LC_MESSAGES/ortoo.po."""

COLUMNS = ("en", "mn")
"""Content languages that stand side by side; a headline in another language is reached by the language filter."""

UNDETERMINED = "und"
"""ISO 639-2: no letters, or nothing certain."""

ENDONYMS = {"en": "English", "mn": "Монгол"}

_CODE = re.compile(r"[a-z]{2,3}")


def is_language_code(text: str) -> bool:
    """Whether `text` has the form of an ISO 639-1 or 639-3 code (lower case, two or three letters)."""
    return _CODE.fullmatch(text) is not None


def columns_for(ui: str) -> tuple[str, ...]:
    """The content columns in the order of an edition: its own language first."""
    return (ui, *(code for code in COLUMNS if code != ui)) if ui in COLUMNS else COLUMNS
