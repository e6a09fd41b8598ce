"""Facts as plain values, ready for JSON. `app.web.api.schema` describes them; a test holds the two together."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from app.model.headline import DigestPlace
from app.model.item import PlacedItem
from app.model.language import UI_LANGUAGES
from app.model.outlet import Outlet, OutletName
from app.model.story import LANGUAGES, Covered
from app.model.timeline import HeadlineRow, LanguageShare, Telling
from app.timeline.items import ColumnView, DayCounts, WholeDay, WholeHeadline
from app.timeline.links import Links, permalink
from app.timeline.views import ArticleView
from app.web.visit import At

Told = dict[str, Any]

_EDITIONS = tuple((ui, Links(ui)) for ui in UI_LANGUAGES)


def listed(items: list[Told], following: str | None) -> Told:
    """A part of a list."""
    return {"items": items, "next": following}


def pages(origin: str, at: At) -> dict[str, str]:
    """The absolute address of a page in each edition."""
    return {ui: origin + at(links) for ui, links in _EDITIONS}


def headline(told: PlacedItem, origin: str, fields: Collection[str] | None = None) -> Told:
    """One headline; only its `fields`, where these are named."""
    item, row = told.item, told.item.row
    whole = {
        "id": row.id,
        "day": item.day.isoformat(),
        "language": item.language,
        "rank": next(
            (place.rank for place in told.digests if (place.day, place.language) == (item.day, item.language)), None
        ),
        "position": item.position,
        "title": row.title,
        "url": row.url,
        "outlet": outlet_name(row.outlet),
        "host": row.host,
        "published": moment(row.published_at or row.day),
        "published_at": moment(row.published_at),
        "honesty": row.honesty.value,
        "updated_at": moment(row.updated_at),
        "digests": [place_told(place) for place in told.digests],
        "coverage": coverage(row),
        "story": telling(row.told, origin) if row.told else None,
        "permalinks": {ui: f"{origin}{links.headline(row.id)}" for ui, links in _EDITIONS},
    }
    return whole if fields is None else {name: value for name, value in whole.items() if name in fields}


def coverage(row: HeadlineRow) -> str | None:
    """In which of the two languages the event of a headline is told."""
    if row.language not in LANGUAGES:
        return None
    return Covered.BOTH.value if row.told and row.told.language else row.language


def telling(told: Telling, origin: str) -> Told:
    """The story of a headline."""
    return {
        "id": told.story,
        "headlines": told.headlines,
        "outlets": told.outlets,
        "permalinks": {ui: f"{origin}{links.story(told.story)}" for ui, links in _EDITIONS},
    }


def whole_headline(found: WholeHeadline, origin: str) -> Told:
    """One headline with its history."""
    return headline(found.item, origin) | {
        "canonical_url": found.canonical_url,
        "title_given": found.title_given,
        "stated": moment(found.stated),
        "first_seen_at": moment(found.first_seen_at),
        "edits": [
            {"at": moment(edit.at), "before": edit.before, "after": edit.after, "origin": edit.origin}
            for edit in found.edits
        ],
        "sightings": [
            {
                "origin": seen.origin,
                "format": seen.format,
                "first_at": moment(seen.first_at),
                "last_at": moment(seen.last_at),
            }
            for seen in found.sightings
        ],
        "near_duplicates": [headline(one, origin) for one in found.near],
    }


def day_counts(found: DayCounts, origin: str) -> Told:
    """A day with its numbers."""
    return _day(found.day, origin) | {"headlines": found.total, "languages": dict(found.columns)}


def whole_day(found: WholeDay, origin: str) -> Told:
    """A day with everything in it."""
    return _day(found.day, origin) | {
        "headlines": sum(column.total for column in found.columns),
        "previous": moment(found.previous),
        "next": moment(found.next),
        "columns": [_column(column, origin) for column in found.columns],
        "articles": [article(view, origin) for view in found.articles],
    }


def _day(day: date, origin: str) -> Told:
    return {
        "day": day.isoformat(),
        "permalink": origin + permalink(day),
        "permalinks": {ui: f"{origin}{links.day(day)}" for ui, links in _EDITIONS},
    }


def _column(column: ColumnView, origin: str) -> Told:
    return {
        "language": column.language,
        "headlines": column.total,
        "digest": [headline(one, origin) for one in column.digest],
        "others": [headline(one, origin) for one in column.others],
    }


def article(view: ArticleView, origin: str) -> Told:
    """An article without its text."""
    told = view.article
    return {
        "slug": told.slug,
        "title": told.title,
        "language": told.language,
        "outlet": outlet_name(view.outlet),
        "host": told.host,
        "published": told.published_on.isoformat(),
        "day": moment(told.digest_day),
        "position": told.position if told.digest_day else None,
        "permalinks": pages(origin, lambda links: links.article(told.slug)),
    }


def whole_article(view: ArticleView, origin: str) -> Told:
    """An article with its text."""
    return article(view, origin) | {"paragraphs": list(view.article.paragraphs)}


def outlet_name(name: OutletName) -> Told:
    """What an outlet is called."""
    return {"domain": name.domain, "name": name.name_en, "name_mn": name.name_mn}


def outlet(known: Outlet, recent: int, origin: str) -> Told:
    """An outlet; `recent` is how many headlines it had in the last thirty days."""
    return {
        "domain": known.domain,
        "name": known.name_en,
        "name_mn": known.name_mn,
        "kind": known.kind or None,
        "country": known.country or None,
        "languages": list(known.languages),
        "hosts": list(known.hosts),
        "recent": recent,
        "permalinks": pages(origin, lambda links: links.outlet(known.domain)),
    }


def whole_outlet(known: Outlet, recent: int, shares: Sequence[LanguageShare], origin: str) -> Told:
    """An outlet with what it printed in each language."""
    told = {"headlines": sum(one.n for one in shares), "shares": [share(one) for one in shares]}
    return outlet(known, recent, origin) | told


def share(one: LanguageShare) -> Told:
    """What an outlet printed in one language."""
    return {
        "language": one.language,
        "headlines": one.n,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
    }


def place_told(place: DigestPlace) -> Told:
    """A place in a digest."""
    return {
        "day": place.day.isoformat(),
        "language": place.language,
        "position": place.position,
        "rank": place.rank,
    }


def moment(when: date | datetime | None) -> str | None:
    """A day as it is; an instant in UTC (RFC 3339)."""
    if not isinstance(when, datetime):
        return when.isoformat() if when else None
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
