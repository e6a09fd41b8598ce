"""Catalogues: one `.po` file per interface language, read at the start.

A message's id is a dotted key (`nav.timeline`), the same in every language; its text may hold named placeholders
(`{n}`). There is no compiled form and no build step. The file's `Language` header names the CLDR locale whose dates,
numbers and lists the edition uses.
"""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from babel.messages.pofile import PoFileError, read_po

from app.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language's messages. `plurals` maps a key to its forms; `plural_index` picks the form for a number."""

    ui: str
    locale: Locale
    texts: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    plural_index: Callable[[int], int]


def load(ui: str, folder: Path) -> Catalogue:
    """Read `folder/<ui>/LC_MESSAGES/ortoo.po`. CatalogueError when it is missing, broken or names no known locale."""
    path = folder / ui / "LC_MESSAGES" / "ortoo.po"
    try:
        with path.open("rb") as file:
            found = read_po(file, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        raise CatalogueError(f"{path}: the catalogue cannot be read ({error})", path=str(path)) from error
    if found.locale is None:
        raise CatalogueError(f"{path}: the header Language names no locale that CLDR knows", path=str(path))
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in found:
        if isinstance(message.id, str):
            if message.id:
                texts[message.id] = str(message.string)
        else:
            plurals[message.id[0]] = tuple(message.string or ())
    index = gettext.c2py(found.plural_expr)
    return Catalogue(ui, found.locale, MappingProxyType(texts), MappingProxyType(plurals), index)
