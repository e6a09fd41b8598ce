"""What an answer means: status and body -> state."""

import hashlib
from dataclasses import dataclass

from app.ingest.fetch.challenge import is_challenge, is_web_page
from app.ingest.fetch.wire import Answer
from app.model.fetch import FetchState, Validators

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

_NAMED = {
    304: (FetchState.NOT_MODIFIED, ""),
    401: (FetchState.BLOCKED, "The outlet wants a login (401)."),
    403: (FetchState.BLOCKED, "The outlet does not let us in (403)."),
    404: (FetchState.MISSING, "There is nothing at this address (404)."),
    410: (FetchState.GONE, "The outlet has removed this for good (410)."),
    429: (FetchState.RATE_LIMITED, "The outlet wants to be asked less often (429)."),
    451: (FetchState.BLOCKED, "The outlet may not show this, for legal reasons (451)."),
    503: (FetchState.UNAVAILABLE, "The outlet's server is not available just now (503)."),
}
_KINDS = {
    4: (FetchState.CLIENT_ERROR, "The server does not accept the request ({})."),
    5: (FetchState.SERVER_ERROR, "The outlet's server has failed ({})."),
}
_TEST = "The outlet answers with a page that tells people from programs."


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state and a sentence, None where all is well. `body_hash` with the good states that have a body."""

    state: FetchState
    error: str | None = None
    body_hash: str | None = None


def of_status(answer: Answer, page: bytes) -> Verdict:
    """What an answer means that brings no body to read; `page` is the beginning of what it brought."""
    if answer.status >= 400 and answer.status != 404 and is_challenge(answer.headers, page):
        return Verdict(FetchState.BLOCKED, f"{_TEST[:-1]} ({answer.status}).")
    odd = (FetchState.MALFORMED, "The server answers with a status that does not fit ({}).")
    state, text = _NAMED.get(answer.status) or _KINDS.get(answer.status // 100, odd)
    if answer.status in (204, 205):
        state, text = FetchState.UNREADABLE, "The server answers without any content ({})."
    return Verdict(state, text.format(answer.status) or None)


def of_body(answer: Answer, body: bytes, known: Validators, expect: str) -> Verdict:
    """What a body means that came whole with 200. `expect` is `feed` or `any`."""
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        return Verdict(FetchState.UNREADABLE, "The answer is empty.")
    if is_web_page(body, answer.headers.get("content-type")):
        if is_challenge(answer.headers, body):
            return Verdict(FetchState.BLOCKED, _TEST)
        if expect == "feed":
            return Verdict(FetchState.NOT_A_FEED, "The answer is a web page, not a feed.")
    digest = hashlib.sha256(body).hexdigest()
    if digest == known.body_hash:
        return Verdict(FetchState.UNCHANGED, None, digest)
    return Verdict(FetchState.OK, None, digest)
