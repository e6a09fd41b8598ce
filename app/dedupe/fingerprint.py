"""What makes two arrivals candidates for being the same headline: keys of 16 bytes.

With an address, the address is the identity (`url_key`). Without one it is the outlet and the folded title
(`title_key`); day and language are not in the key, because the store weighs them (`app.store.identity`): a recurring
title such as a daily exchange rate is one headline per declared day, an undated or differently labelled copy meets its
original.
"""

import re
import unicodedata
from datetime import date
from hashlib import blake2b

from app.model.remembered import Remembered

KEY_BYTES = 16

_ALPHANUMERIC = re.compile(r"[^\W_]+")  # what str.isalnum says, character by character, in runs


def identity_fold(title: str) -> str:
    """The part of a title that counts for identity: letters and digits only, compatibility forms and case folded
    (NFKC, case folding), so that quotation marks, dashes, blanks and capitals do not make another headline. A title
    without any letter or digit counts as it stands."""
    return "".join(map(_counting, title.split())) or title


def _of_part(part: str) -> str:
    """What counts of a part between two blanks, over which nothing composes."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", part).casefold())
    return "".join(_ALPHANUMERIC.findall(folded))


_counting = Remembered(_of_part).__getitem__


def url_key(canonical_url: str) -> bytes:
    """The identity of an article that has an address (`app.normalise.url` gives the canonical form)."""
    return _key("url", canonical_url)


def title_key(outlet: str, title: str) -> bytes:
    """What copies of a headline have in common where an address is missing. `outlet` is a registrable domain."""
    return _key("title", outlet, identity_fold(title))


def article_key(outlet: str, title: str, published_on: date) -> bytes:
    """The identity of an analysis article."""
    return _key("article", outlet, identity_fold(title), published_on.isoformat())


def _key(*parts: str) -> bytes:
    """The parts are separated by NUL, which none of them contains, so that no two lists of parts run together."""
    text = "\0".join(parts)
    if text.count("\0") >= len(parts):
        text = "\0".join([part.replace("\0", "") for part in parts])
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
