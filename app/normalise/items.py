"""RawItem -> Draft, RawArticle -> ArticleDraft: clean titles, known hosts, real dates; or a rejection that says why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from app.model.day import AHEAD, ULAANBAATAR, day_of, parse_day
from app.model.headline import DigestPlace, Draft, Honesty, RawArticle, RawItem, Reason, Rejection
from app.model.language import COLUMNS, is_language_code
from app.normalise.outlet import host_of, outlet_of
from app.normalise.text import clean
from app.normalise.url import fault, link_and_identity
from app.normalise.when import When, parse

MAX_TITLE_CHARS = 2_000
"""The longest known real headline has some 250 characters."""


_FAR = timedelta(days=365 * 150)
"""Dates so far ahead are still told as what a source said; later ones are no dates."""


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """A normalised analysis article: what `model.Article` holds, short of language and identity."""

    title: str
    outlet: str
    host: str
    published_on: date
    paragraphs: tuple[str, ...]
    digest_day: date | None
    position: int


def draft(item: RawItem, *, now: datetime, zone: tzinfo = ULAANBAATAR, home: str | None = None) -> Draft | Rejection:
    """An item, normalised. `now` (aware) is when it came: it bounds the future and stands in for a missing date. `zone`
    is that of clock times without one, `home` the host of an item that states neither an outlet nor a link.

    An unreadable date counts as missing (Honesty.FIRST_SEEN), except in a digest, where every entry states one. So does
    one over 24 hours ahead of receipt, in a digest too; it is kept beside."""
    if len(item.title) > MAX_TITLE_CHARS:
        return Rejection(item.raw, Reason.TOO_LARGE, f"The title has more than {MAX_TITLE_CHARS:,} characters.")
    title = clean(item.title)
    if not title.text:
        return Rejection(item.raw, Reason.NO_TITLE, "There is no title, or none that can be seen.")
    shown, address = link_and_identity(item.link)
    if shown is None and item.link and item.link.strip():
        told = clean(item.link[:200]).text
        return Rejection(item.raw, Reason.BAD_LINK, f"Not a link to a page ({fault(item.link)}): {told}")
    host = _host(item, address or home)
    if isinstance(host, Rejection):
        return host
    when = parse(item.published, now=now, zone=zone)
    stated = _ahead(item.published, when, now, zone) if item.published else None
    if when is None and stated is None and item.published and item.marker:
        return Rejection(item.raw, Reason.BAD_DATE, f"The date cannot be: {clean(item.published[:200]).text}")
    when = None if stated else when
    stated = stated or (_restated(item.stated) if item.stated and not when else None)
    return Draft(
        title=title.text,
        title_given=title.given,
        url=shown,
        canonical_url=address,
        host=host,
        outlet=outlet_of(host).domain,
        day=when.day if when else _first_seen(item, now),
        published_at=when.instant if when else None,
        honesty=when.honesty if when else Honesty.FIRST_SEEN,
        language_hint=_language(item.language) if item.language else None,
        marker=_language(item.marker) if item.marker else None,
        place=_place(item) if item.digest_day else None,
        stated=stated,
    )


_received_on = lru_cache(maxsize=16)(day_of)  # a file's items all came at one instant


def _first_seen(item: RawItem, now: datetime) -> date:
    """The day of an item without a date: the one that an earlier archive had it from, else today's."""
    known = parse_day(item.first_seen) if item.first_seen else None
    return min(known, day_of(now)) if known else day_of(now)


def _restated(text: str) -> str | None:
    """A date that an earlier archive did not believe, if it is one: a day, or an instant with its zone."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if parse_day(text) or instant.tzinfo else None


def article_draft(raw: RawArticle, *, now: datetime) -> ArticleDraft | Rejection:
    """An article, normalised. It needs a title, an outlet, a date and text."""
    title = clean(raw.title).text
    paragraphs = tuple(text for text in (clean(paragraph).text for paragraph in raw.paragraphs) if text)
    if not title or not paragraphs:
        return Rejection(raw.raw, Reason.NO_TITLE, "An article needs a title and paragraphs.")
    if len(title) > MAX_TITLE_CHARS:
        return Rejection(raw.raw, Reason.TOO_LARGE, f"The title has more than {MAX_TITLE_CHARS:,} characters.")
    if not raw.outlet:
        return Rejection(raw.raw, Reason.NO_OUTLET, "The article does not say where it is from.")
    host = host_of(raw.outlet)
    if host is None:
        return Rejection(raw.raw, Reason.BAD_OUTLET, f"Not the host of an outlet: {clean(raw.outlet[:200]).text}")
    when: When | None = parse(raw.published, now=now)
    if when is None:
        return Rejection(raw.raw, Reason.BAD_DATE, f"The date cannot be: {clean((raw.published or '')[:200]).text}")
    day = parse_day(raw.digest_day) if raw.digest_day else None
    return ArticleDraft(title, outlet_of(host).domain, host, when.day, paragraphs, day, raw.position)


def _ahead(published: str, when: When | None, now: datetime, zone: tzinfo) -> str | None:
    """A date that lies too far ahead to be believed, as ISO 8601."""
    if when is None:
        when = parse(published, now=now, zone=zone, ahead=_FAR)
    elif when.day <= _received_on(now):  # nearly all
        return None
    if when is None:
        return None
    believed = when.instant <= now + AHEAD if when.instant else when.day <= day_of(now + AHEAD)
    return None if believed else str(when)


def _host(item: RawItem, address: str | None) -> str | Rejection:
    """The host that the item names, else that of its address (or what stands for one)."""
    stated = item.outlet or (address and address.removeprefix("https://").partition("/")[0])
    if not stated:
        return Rejection(item.raw, Reason.NO_OUTLET, "Neither an outlet nor a link says where it is from.")
    host = host_of(stated)
    if host is None:
        return Rejection(item.raw, Reason.BAD_OUTLET, f"Not the host of an outlet: {clean(stated[:200]).text}")
    return host


def _language(stated: str | None) -> str | None:
    """`mn-MN` -> `mn`; None for what is no language code."""
    if stated in COLUMNS:
        return stated
    code = (stated or "").strip().replace("_", "-").split("-", 1)[0].lower()
    return code if is_language_code(code) else None


def _place(item: RawItem) -> DigestPlace | None:
    day = parse_day(item.digest_day) if item.digest_day else None
    language = _language(item.marker)
    if day is None or language is None or item.position is None:
        return None
    return DigestPlace(day, language, item.position, item.rank)
