"""`Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a request that is sent again with its key is answered
as it was the first time, and does nothing."""

import hashlib
import re

from app.model.token import KeptAnswer
from app.web.api.body import Body
from app.web.refusal import Refusal
from app.web.visit import Visit

HEADER = "idempotency-key"
MAX_KEY_CHARS = 255
REPEATED = {"idempotency-replayed": "true"}

_STRING = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
"""A string as structured fields write it (RFC 9651, 3.3.3), which the draft asks for."""
_BARE = re.compile(r"[A-Za-z0-9_.:~+/=-]+")
"""The same without quotation marks, as many clients send it."""
_ESCAPED = re.compile(r"\\(.)")


def key_of(visit: Visit) -> str | None:
    """The key of a request, None without one. Refusal (400) for one that is none."""
    given = visit.request.headers.getlist(HEADER)
    if not given:
        return None
    text = given[0].strip()
    quoted = _STRING.fullmatch(text)
    key = _ESCAPED.sub(r"\1", quoted[1]) if quoted else text if _BARE.fullmatch(text) else ""
    if len(given) > 1 or not 0 < len(key) <= MAX_KEY_CHARS:
        message = f'Send one Idempotency-Key of 1 to {MAX_KEY_CHARS} characters of ASCII, such as "8e03978e-40d5".'
        raise Refusal(400, "bad-key", "Bad Idempotency-Key", message, {"connection": "close"})
    return key


def fingerprint(visit: Visit, body: Body) -> bytes:
    """What makes two requests the same: address, query, Content-Type and every byte of the body. 32 bytes."""
    request = visit.request
    told = "\n".join((request.scope["path"], visit.query(), request.headers.get("content-type", "")))
    return hashlib.sha256(told.encode() + b"\n" + body.sha256).digest()


def same(kept: KeptAnswer, mark: bytes) -> KeptAnswer:
    """The kept answer to a request with this fingerprint. Refusal (422) when the key was used for another one."""
    if kept.fingerprint != mark:
        message = (
            "This Idempotency-Key was used in the last 24 hours for another request: take a new key for a new one."
        )
        raise Refusal(422, "key-reused", "Idempotency-Key used before", message)
    return kept
