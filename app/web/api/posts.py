"""What became of each item that was sent: as it is told, its models and an example."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from app.model.headline import ItemResult, Outcome, Reason, Rejection
from app.pipeline.posted import Posted
from app.timeline.links import Links
from app.web.api.schema import Language, Model, Number, Permalinks
from app.web.api.told import Told, pages

REMEDIES: dict[Reason, str] = {
    Reason.UNKNOWN_FORMAT: "Name the format: ?format=ndjson.",
    Reason.EMPTY: "Send something, or nothing at all.",
    Reason.BINARY: "Send text.",
    Reason.TOO_LARGE: "Make it shorter, or send it in several parts.",
    Reason.TOO_SLOW: "Send it in several parts.",
    Reason.ENCODING: "Save it as UTF-8 and send it again.",
    Reason.MALFORMED: "Send it again as an object with a title, or as its format demands.",
    Reason.NO_TITLE: "Give it a title that can be read.",
    Reason.NO_OUTLET: "Give it a url or an outlet, or name the outlet of all: ?outlet=montsame.mn.",
    Reason.BAD_OUTLET: "Give the outlet's host, such as montsame.mn.",
    Reason.BAD_DATE: "Give the date as 2026-01-15 or 2026-01-15T09:00:00+08:00, or none.",
    Reason.BAD_LINK: "Give a url that begins with http:// or https://, or none.",
    Reason.UNPLACED: "Put it where the format expects an entry.",
}
"""What a sender can do about a rejection."""

SHOWN_TITLE_CHARS = 200


class Kind(StrEnum):
    """What was stored."""

    HEADLINE = "headline"
    ARTICLE = "article"


class Stored(StrEnum):
    """What became of it."""

    ADDED = Outcome.ADDED.value
    UPDATED = Outcome.UPDATED.value
    DUPLICATE = Outcome.DUPLICATE.value


class Refused(StrEnum):
    """What became of it."""

    REJECTED = Outcome.REJECTED.value


class ItemTaken(Model):
    """An item that is in the store."""

    index: Number = Field(description="Its place in the body, from 0")
    outcome: Stored = Field(
        description="`added`: new. `updated`: known, and its title, address, date or place changed. `duplicate`: "
        "known, and nothing changed"
    )
    kind: Kind
    id: int | None = Field(ge=1, description="The headline's number; null for an article")
    slug: str | None = Field(description="The article's name in addresses; null for a headline")
    day: date = Field(description="The day under which it is listed, in Asia/Ulaanbaatar")
    language: Language
    confidence: float | None = Field(
        ge=0, le=1, description="How certain the language is; null where nobody had to ask"
    )
    permalinks: Permalinks


class ItemRefused(Model):
    """An item that could not be taken in. It is kept in quarantine, where an operator can try it again."""

    index: Number = Field(description="Its place in the body, from 0")
    outcome: Refused
    reason: Reason = Field(description="Why, for programs: the codes never change")
    detail: str = Field(description="Why, for people")
    remedy: str = Field(description="What to do")
    title: str | None = Field(description="Its title as far as it could be understood, cut to 200 characters")


class PostedItems(Model):
    """What became of a body. All of it was stored in one transaction, which is on the disk."""

    format: str = Field(description="The format in which it was read", examples=["ndjson"])
    received: Number = Field(description="Items in the body")
    added: Number
    updated: Number
    duplicate: Number
    rejected: Number
    items: list[ItemTaken | ItemRefused] = Field(description="Each item of the body, in its order")


def answer(posted: Sequence[Posted], format_name: str, origin: str) -> bytes:
    """The whole answer; `origin` is scheme and host of absolute addresses."""
    counts = Counter(one.outcome for one in posted)
    told = {
        "format": format_name,
        "received": len(posted),
        **{outcome.value: counts[outcome] for outcome in Outcome},
        "items": [item(index, one, origin) for index, one in enumerate(posted)],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"


def item(index: int, posted: Posted, origin: str) -> Told:
    """One item."""
    if posted.stored is not None:
        return {"index": index, **_taken(posted.stored, origin)}
    assert posted.rejection is not None
    return {"index": index, **_refused(posted.rejection)}


def _taken(stored: ItemResult, origin: str) -> Told:
    def address(links: Links) -> str:
        if stored.slug is not None:
            return links.article(stored.slug)
        return links.headline(stored.headline_id or 0)

    return {
        "outcome": stored.outcome.value,
        "kind": (Kind.ARTICLE if stored.article else Kind.HEADLINE).value,
        "id": stored.headline_id,
        "slug": stored.slug,
        "day": stored.day.isoformat() if stored.day else None,
        "language": stored.language,
        "confidence": stored.confidence,
        "permalinks": pages(origin, address),
    }


def _refused(rejection: Rejection) -> Told:
    return {
        "outcome": Outcome.REJECTED.value,
        "reason": rejection.reason.value,
        "detail": rejection.detail,
        "remedy": REMEDIES[rejection.reason],
        "title": (rejection.title or "")[:SHOWN_TITLE_CHARS] or None,
    }


_SITE = "https://ortoo.example"

EXAMPLE: dict[str, Any] = {
    "format": "ndjson",
    "received": 2,
    "added": 1,
    "updated": 0,
    "duplicate": 0,
    "rejected": 1,
    "items": [
        {
            "index": 0,
            "outcome": "added",
            "kind": "headline",
            "id": 18,
            "slug": None,
            "day": "2026-01-15",
            "language": "mn",
            "confidence": 0.99,
            "permalinks": {"en": f"{_SITE}/en/headlines/18", "mn": f"{_SITE}/mn/headlines/18"},
        },
        {
            "index": 1,
            "outcome": "rejected",
            "reason": "no-title",
            "detail": "The object has no title.",
            "remedy": REMEDIES[Reason.NO_TITLE],
            "title": None,
        },
    ],
}

SENT: list[dict[str, Any]] = [
    {"title": "Маргааш ихэнх нутгаар цас орно", "url": "https://gogo.mn/r/1", "published": "2026-01-15T09:20:00+08:00"},
    {"url": "https://montsame.mn/en/read/2"},
]
"""A body that is answered with EXAMPLE."""
