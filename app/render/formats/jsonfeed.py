"""JSON Feed 1.1 (jsonfeed.org/version/1.1), with what it has no word for under `_ortoo`."""

import json
from collections.abc import Iterator
from typing import Any

from app.model.story import Covered
from app.model.timeline import Telling
from app.render.entries import Entry, Output, entries, rfc3339
from app.timeline.links import in_format

SUFFIX = ".json"
MEDIA_TYPE = "application/feed+json; charset=utf-8"


def write(output: Output) -> Iterator[str]:
    """The feed, in parts: an item a line."""
    t, archive = output.t, output.archive
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": output.title,
        "home_page_url": output.origin + output.page,
        "feed_url": output.origin + output.own,
        "description": t.text("brand.tagline"),
        "language": t.ui,
        "authors": [{"name": "Өртөө", "url": output.origin + output.links.timeline()}],
    }
    if archive and archive.previous:
        head["next_url"] = in_format(archive.previous, SUFFIX)
    if output.hub:
        head["hubs"] = [{"type": "WebSub", "url": output.hub}]
    yield f'{_told(head)[:-1]}, "items": ['
    comma = "\n"
    for entry in entries(output):
        yield comma + _told(_item(entry, t.ui, output))
        comma = ",\n"
    yield "\n]}\n"


def _item(entry: Entry, ui: str, output: Output) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "language": entry.language,
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "authors": [{"name": entry.outlet.name(ui), "url": output.origin + output.links.outlet(entry.outlet.domain)}],
        "tags": [entry.outlet.domain],
        "summary": entry.note,
        "content_text": "\n\n".join(entry.paragraphs) or entry.title,
        "_ortoo": {
            "about": output.origin + output.links.about(),
            "page": entry.page,
            "outlet": entry.outlet.domain,
            "day": entry.listed.isoformat(),
            "rank": entry.rank,
            "date_honesty": entry.honesty.value,
            **({"story": _story(entry, entry.told)} if entry.told else {}),
        },
    }


def _story(entry: Entry, told: Telling) -> dict[str, Any]:
    coverage = Covered.BOTH.value if told.language else entry.language
    return {
        "id": told.story,
        "page": entry.story,
        "headlines": told.headlines,
        "outlets": told.outlets,
        "coverage": coverage,
    }


def _told(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
