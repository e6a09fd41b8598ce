"""Build the language profiles again from their training text and compare them with the ones in the repository, to the
byte; `--write` puts the new ones in their place. `python benchmarks/language_profiles.py [--write]`

The text is read from `lid/train/<code>.txt` (a sentence a line) in the folder that ORTOO_DATA names (default
../shared/data); docs/language.md says where it comes from. Of three files only the lines below are taken: the others
have no licence, or one that forbids commercial use.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import app.language
from app.language.detector import CYRILLIC, LATIN
from app.language.letters import Script
from app.language.profile import Profile
from app.language.training import train

TEXT = Path(os.environ.get("ORTOO_DATA", "../shared/data")) / "lid" / "train"
PROFILES = Path(app.language.__file__).parent / "profiles"

LINES = {
    "mn": ((10_124, 11_120), (11_213, 11_312)),  # Leipzig sentences of lingua; Universal Declaration of Human Rights
    "ky": ((6_000, 7_505),),  # UD_Kyrgyz-TueCL; MediaWiki messages
    "en": ((1, 1_000), (4_256, 7_731)),  # Leipzig sentences of lingua; UD_English-EWT
}
"""First and last line, counted from 1. Languages that are not named here use every line."""


def sentences(code: str) -> list[str]:
    """The lines that a language's profile is made from."""
    lines = (TEXT / f"{code}.txt").read_text("utf-8").split("\n")
    chosen = LINES.get(code, ((1, len(lines)),))
    return [line for first, last in chosen for line in lines[first - 1 : last] if line]


def build(code: str, lines: list[str]) -> Profile:
    """The profile of a language: Latin ones keep their commonest words too."""
    script = Script.CYRILLIC if code in CYRILLIC else Script.LATIN
    return train(code, script, lines, lexicon=code in LATIN)


def main() -> int:
    if not TEXT.is_dir():
        print(f"no training text at {TEXT}: set ORTOO_DATA to the folder that has lid/train")
        return 0
    different, size = [], 0
    for code in (*CYRILLIC, *LATIN):
        made, path = build(code, sentences(code)).dump().encode(), PROFILES / f"{code}.json"
        size += len(made)
        if not path.is_file() or path.read_bytes() != made:
            different.append(code)
            if "--write" in sys.argv[1:]:
                path.write_bytes(made)
    print(
        f"{len(CYRILLIC) + len(LATIN)} profiles, {size:,} bytes; different from the repository: {different or 'none'}"
    )
    return 1 if different and "--write" not in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
