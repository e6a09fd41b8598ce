"""`POST /api/v1/headlines`: headlines from programs that have a token.

The order is that of the cost: who sends (the header), what is sent (the other headers and the query), the body within
its limits, understanding it, and last the one transaction that stores it with the answer to a repetition. What fails
before that transaction leaves nothing; what is answered with 200 is on the disk.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import IngestError
from app.ingest.cut_off import is_cut_off
from app.ingest.payload import Payload
from app.model.headline import Reason
from app.model.token import KeptAnswer
from app.pipeline.posted import Understood, put, understand
from app.store import Writer
from app.web.api import quota, repeat
from app.web.api.answers import visit_of
from app.web.api.bearer import dead
from app.web.api.body import CLOSE, Body, received
from app.web.api.gate import POSTS, Gate, Sent, opened, too_many
from app.web.api.ingest_told import POST
from app.web.api.kinds import settled
from app.web.api.operations import JSON, serve
from app.web.api.posts import answer
from app.web.caching import NEVER
from app.web.figures import INGEST
from app.web.refusal import Refusal
from app.web.tally import Tally
from app.web.visit import Visit

router = APIRouter()
OPERATIONS = (POST,)

_FACTS = {"line": "line", "column": "column", "limit": "limit", "value": "most"}
"""What a problem tells programs of a body that cannot be read, by its name in the error: `limit` is a setting, `most`
what it says."""


@serve(router, POST)
async def post(request: Request) -> Response:
    """Whatever waits is awaited, whatever computes or asks the database is done in other threads."""
    visit, gate = visit_of(request), request.app.state.gate
    try:
        sent = await run_sync(opened, visit, POST, gate)
    except Refusal as error:
        error.headers = {**CLOSE, **error.headers}  # the body has not been read
        raise
    settings = visit.site.settings
    async with received(request, settings.api_bytes, settings.api_seconds) as body:
        return await run_sync(partial(_answered, visit, gate, sent, body), limiter=gate.turns)


def _answered(visit: Visit, gate: Gate, sent: Sent, body: Body) -> Response:
    """The whole work on a body."""
    mark = repeat.fingerprint(visit, body)
    if sent.key is not None:
        with visit.site.store.reading() as reader:
            kept = reader.access.answer(sent.token.id, sent.key, sent.now)
        if kept is not None:
            return _response(repeat.same(kept, mark), repeat.REPEATED)
    told = _understood(visit, gate, sent, body)
    with visit.site.store.writing() as writer:
        # Another request with the key may have been here first, in this process or another: it is done by now.
        kept = writer.access.answer(sent.token.id, sent.key, sent.now) if sent.key is not None else None
        if kept is not None:
            return _response(repeat.same(kept, mark), repeat.REPEATED)
        posts = _counted(writer, visit, sent)
        posted = put(writer, told, sent.origin)
        made = KeptAnswer(mark, 200, answer(posted, told.format, visit.origin()))
        if sent.key is not None:
            writer.access.keep(sent.token.id, sent.key, made, sent.now)
    tally: Tally = visit.request.app.state.tally
    for one in posted:
        tally.happened(INGEST, one.stored.outcome.value if one.stored else "rejected")
    return _response(made, quota.told(POSTS, visit.site.settings.api_posts, posts, sent.now))


def _counted(writer: Writer, visit: Visit, sent: Sent) -> int:
    """Count the post. Refusal when the token has died meanwhile, or was used too often by then: raised inside the
    transaction, so that nothing of it stays."""
    most, now = visit.site.settings.api_posts, visit.site.clock()
    posts = writer.access.use(sent.token.id, now, most)
    if posts is None:
        raise dead(sent.token, now)
    if posts > most:
        raise too_many(most, now)
    return posts


def _understood(visit: Visit, gate: Gate, sent: Sent, body: Body) -> Understood:
    """The body's items. Refusal for a body that as a whole, or from some point on, cannot be read."""
    most = visit.site.settings.api_items
    media_type = visit.request.headers.get("content-type")
    payload = Payload.of(body.content, media_type=media_type, received_at=sent.now, name="The body")
    if body.size == 0:
        raise _unreadable(Reason.EMPTY, "The body is empty.", {})
    try:
        payload, chosen = settled(payload, sent.kinds)
        if chosen in sent.kinds and is_cut_off(chosen, body.tail()):
            raise _unreadable(Reason.MALFORMED, "The body is cut off: its end is missing.", {})
        return understand(payload, chosen, sent.sender, reading=sent.reading, reader=gate.reader, most=most)
    except IngestError as error:
        raise _unreadable(error.facts.get("reason", Reason.MALFORMED), error.message, error.facts) from error


def _unreadable(reason: Reason, message: str, facts: Mapping[str, Any]) -> Refusal:
    status = 413 if reason is Reason.TOO_LARGE else 400
    told = {_FACTS[name]: value for name, value in facts.items() if name in _FACTS and value is not None}
    return Refusal(status, reason.value, "Unreadable body", f"{message} Nothing was taken in.", None, **told)


def _response(made: KeptAnswer, headers: Mapping[str, str]) -> Response:
    return Response(made.body, made.status, {"cache-control": NEVER, **headers}, JSON)
