"""The interface's languages: catalogues, CLDR dates and numbers, Mongolian alphabetical order."""

from pathlib import Path

from app.i18n.catalogue import Catalogue, load
from app.i18n.collation import sort_key
from app.i18n.translator import Translator
from app.model.language import UI_LANGUAGES

__all__ = ["Catalogue", "Translator", "load", "sort_key", "translators"]


def translators(folder: Path) -> dict[str, Translator]:
    """A translator for every interface language, by code. CatalogueError for a catalogue that cannot be used."""
    return {ui: Translator(load(ui, folder)) for ui in UI_LANGUAGES}
