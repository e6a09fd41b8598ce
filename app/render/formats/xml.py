"""What the XML formats share: escaping, and addresses as URIs."""

import re
from urllib.parse import quote, urlsplit, urlunsplit
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even escaped (XML 1.0, section 2.2)."""

_KEPT = "%/:=&?~#+!$,;'@()*[]"

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def text(value: str) -> str:
    """Character data."""
    return escape(_FORBIDDEN.sub("\ufffd", value))


_REFERENCES = {"\n": " ", "&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;"}


def plain(value: str) -> str:
    """Character data that is plain text wherever a reader might expect markup, such as a title: with the references
    that most readers take for letters (RSS Best Practices Profile, "Character data")."""
    return "".join(_REFERENCES.get(sign, sign) for sign in _FORBIDDEN.sub("\ufffd", value))


def attribute(value: str) -> str:
    """An attribute's value with its quotation marks."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", value))


def uri(address: str) -> str:
    """An address as published, in the letters that a URI may have (RFC 3986): the host by IDNA, the rest
    percent-encoded as UTF-8. What is encoded already stays."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except ValueError:
        return quote(address, safe=_KEPT)
    return quote(urlunsplit(parts._replace(netloc=host)), safe=_KEPT)
