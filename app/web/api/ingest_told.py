"""What the OpenAPI document says of sending headlines."""

import json
from typing import Any

from app.web.api import kinds
from app.web.api.operations import JSON, ROOT, Operation, Parameter
from app.web.api.posts import EXAMPLE, SENT, PostedItems

_ITEM: dict[str, Any] = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string", "description": "Plain text; what looks like markup is taken as text"},
        "url": {"type": "string", "description": "Where the outlet has it: http or https"},
        "outlet": {"type": "string", "description": "Its domain; without it, the host of the url is the outlet"},
        "published": {
            "type": "string",
            "description": "A day, or an instant with its zone; a clock time without one is of the zone `zone`",
        },
        "language": {"type": "string", "description": "ISO 639 code: a hint"},
        "day": {"type": "string", "description": "With `rank` and `language`: the day whose digest carries it"},
        "rank": {"type": "integer", "description": "Its place in that digest, from 1"},
        "digests": {"type": "array", "description": "All its places in digests, as lists of this API have them"},
    },
}
_LINES = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in SENT)
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_CONTENT: dict[str, Any] = {
    JSON: {
        "schema": {
            "anyOf": [
                {"type": "array", "items": _ITEM},
                _ITEM,
                {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": _ITEM}}},
            ]
        },
        "example": SENT,
    },
    "application/x-ndjson": {**_TEXT, "example": _LINES},
    **{name: _TEXT for name in kinds.TYPES if name not in (JSON, "application/x-ndjson")},
}
_LIMIT_HEADERS = {
    "RateLimit-Policy": {"description": "How many requests a minute the token may send", "schema": {"type": "string"}},
    "RateLimit": {"description": "How many are left, and seconds until all are back", "schema": {"type": "string"}},
    "Idempotency-Replayed": {
        "description": "`true` where this is the answer to an earlier request with the same key",
        "schema": {"type": "string"},
    },
}

POST = Operation(
    id="postHeadlines",
    path=f"{ROOT}/headlines",
    method="POST",
    tag="Sending",
    summary="Send headlines",
    about="One item, a list, or an object with `items`, as JSON; an object a line, as NDJSON; or any format that "
    "`ortoo ingest` reads, by its Content-Type. All of it is stored in one transaction, or nothing is; 200 says that "
    "it is on the disk, and what became of each item. Sending the same again adds nothing. An item that cannot be "
    "taken in does not stop the others: it is answered with the reason, and kept in quarantine. Headlines with places "
    "in a digest are the whole of that column: those that were there before give way.",
    parameters=(
        Parameter(
            "format",
            {"type": "string", "enum": list(kinds.NAMES)},
            "The format of the body, whatever its Content-Type says.",
            "ndjson",
        ),
        Parameter(
            "origin",
            {"type": "string", "maxLength": 100},
            "What the headlines come from, for readers of their history: it is added to the token's name.",
            "wire",
        ),
        Parameter(
            "outlet",
            {"type": "string", "maxLength": 253},
            "The outlet of items that name neither an outlet nor a url.",
            "montsame.mn",
        ),
        Parameter(
            "zone",
            {"type": "string", "maxLength": 60},
            "The time zone of clock times without one (IANA). Without it Asia/Ulaanbaatar is meant.",
            "Asia/Ulaanbaatar",
        ),
        Parameter(
            "day",
            {"type": "string", "format": "date", "minLength": 10, "maxLength": 10},
            "The day of a digest text that does not say its own.",
            "2026-01-15",
        ),
        Parameter(
            "Idempotency-Key",
            {"type": "string", "minLength": 1, "maxLength": 260},
            "A request that comes again with its key within 24 hours is answered as the first time, and does nothing.",
            '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
            place="header",
        ),
    ),
    answer=PostedItems,
    example=EXAMPLE,
    problems=(400, 401, 403, 408, 413, 415, 422, 429),
    conditional=False,
    more={
        "requestBody": {"required": True, "content": _CONTENT},
        "security": [{"token": []}],
        "responses": {"200": {"headers": _LIMIT_HEADERS}},
    },
)
