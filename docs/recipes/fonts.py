"""Make static/fonts and app/render/data/*.ttf anew.

    python -m venv fonts && fonts/bin/pip install fonttools==4.68.0 brotli==1.2.1 \\
        fontpkg-source-serif-4==4.4 fontpkg-source-sans-3==3.52
    fonts/bin/python docs/recipes/fonts.py .

Source Serif 4 and Source Sans 3 (SIL Open Font Licence), cut down to what Örtöö sets. "Source" is a reserved name, so
the cuts have names of their own. A face's first file holds what nearly every page needs of Latin and Mongolian, which
stand side by side; `more` the letters of other names and languages, which a browser fetches when one of them occurs.
The serif's optical size is pinned, so that one file serves headlines and reading text; weights run from 400 to what
the style sheet asks.
"""

import io
import sys
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Accents that English borrows (vis-à-vis, façade, Zürich) stand here: one letter must not cost a second file.
ACCENTS = [0xD6, 0xE0, 0xE1, 0xE2, 0xE4, 0xE7, 0xE8, 0xE9, 0xEA, 0xED, 0xEE, 0xF1, 0xF3, 0xF4, 0xF6, 0xFA, 0xFB, 0xFC]
LATIN = [*range(0x20, 0x7F), 0xA0, 0xA3, 0xA9, 0xAB, 0xB0, 0xB7, 0xBB, *ACCENTS]
SIGNS = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x20AC]
LATIN_MORE = [
    *range(0xA1, 0x180),
    0x218,
    0x219,
    0x21A,
    0x21B,
    0x1E9E,
    0x201A,
    0x2032,
    0x2033,
    0x2039,
    0x203A,
    0x2122,
    0x2212,
]
MONGOLIAN = [0x401, *range(0x410, 0x450), 0x451, 0x4AE, 0x4AF, 0x4E8, 0x4E9, 0x20AE, 0x2116]
CYRILLIC_MORE = [*range(0x400, 0x460), 0x490, 0x491, *range(0x492, 0x4C0), *range(0x4D0, 0x4FA)]

KERNED = ["kern", "liga"]


def source(package: str, file: str) -> Path:
    """A font file as its package has it."""
    return Path(str(files(package) / "files" / file))


def cut(path: Path, limits: dict[str, object], codepoints: list[int], family: str, flavor: str | None) -> bytes:
    """The font at `path` with its axes limited and these characters only, renamed."""
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(layout_features=KERNED, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], hinting=False)
    options.notdef_outline = True
    options.drop_tables += ["STAT", "BASE", "DSIG", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, limits)
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = family
        elif record.nameID in (3, 6):
            record.string = family.replace(" ", "")
    font.flavor, font.recalcTimestamp = flavor, False
    packed = io.BytesIO()
    font.save(packed, reorderTables=False)
    return packed.getvalue()


def main(root: Path) -> None:
    """Write every file, and say how large it became."""
    serif = source("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf")
    slanted = source("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf")
    sans = source("fontpkg_source_sans_3", "SourceSans3[wght].ttf")
    text, more = [*LATIN, *SIGNS, *MONGOLIAN], LATIN_MORE
    all_letters = [*text, *more, *CYRILLIC_MORE]
    beyond = sorted({*more, *CYRILLIC_MORE} - {*text})
    body = {"opsz": 18, "wght": (400, 700)}
    plain = {"wght": (400, 600)}
    made = {
        "static/fonts/ortoo-serif.woff2": (serif, body, text, "Ortoo Serif"),
        "static/fonts/ortoo-serif-more.woff2": (serif, body, beyond, "Ortoo Serif"),
        "static/fonts/ortoo-serif-italic.woff2": (
            slanted,
            {"opsz": 18, "wght": 400},
            text,
            "Ortoo Serif",
        ),
        "static/fonts/ortoo-sans.woff2": (sans, plain, text, "Ortoo Sans"),
        "static/fonts/ortoo-sans-more.woff2": (sans, plain, beyond, "Ortoo Sans"),
        "app/render/data/ortoo-serif.ttf": (serif, {"opsz": 36, "wght": (400, 700)}, all_letters, "Ortoo Serif"),
        "app/render/data/ortoo-sans.ttf": (sans, plain, all_letters, "Ortoo Sans"),
    }
    for name, (path, limits, codepoints, family) in made.items():
        data = cut(path, limits, codepoints, family, "woff2" if name.endswith("2") else None)
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        sys.stdout.write(f"{name:45} {len(data):7}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
