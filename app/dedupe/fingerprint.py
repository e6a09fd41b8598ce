"""What makes two arrivals the same headline: keys of 16 bytes, equal exactly where the identity is.

With an address, the address is the identity (`url_key`). Without one it is outlet + language + folded title, and the
declared day breaks the tie between recurring titles: a daily exchange-rate headline is one headline a day. Where no day
is declared, the key has none: the same undated title is the same headline whenever it comes.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

KEY_BYTES = 16


def identity_fold(title: str) -> str:
    """The part of a title that counts for identity: letters and digits only, compatibility forms and case folded
    (NFKC, case folding), so that quotation marks, dashes, blanks and capitals do not make another headline. A title
    without any letter or digit counts as it stands."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    return "".join(filter(str.isalnum, folded)) or title


def url_key(canonical_url: str) -> bytes:
    """The identity of an article that has an address (`app.normalise.url` gives the canonical form)."""
    return _key("url", (canonical_url,))


def title_key(outlet: str, language: str, title: str, day: date | None) -> bytes:
    """The identity of a headline without an address. `outlet` is a registrable domain, `day` the declared day, None
    where none is declared."""
    return _key("title", (outlet, language, identity_fold(title), day.isoformat() if day else ""))


def article_key(outlet: str, title: str, published_on: date) -> bytes:
    """The identity of an analysis article."""
    return _key("article", (outlet, identity_fold(title), published_on.isoformat()))


def _key(kind: str, parts: Iterable[str]) -> bytes:
    """The parts are separated by NUL, which none of them contains, so that no two lists of parts run together."""
    text = "\0".join((kind, *(part.replace("\0", "") for part in parts)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
