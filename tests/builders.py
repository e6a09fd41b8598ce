"""Small builders: a headline, an article, a batch, with everything a test does not care about filled in."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from app.dedupe import near
from app.model.batch import Batch
from app.model.day import day_of
from app.model.headline import Article, DigestPlace, Draft, Headline, Honesty, ItemResult, LanguageMethod, Rejection
from app.model.outlet import Outlet
from app.search.expand import SPELLING
from app.store import Store
from app.store.schema import metadata

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
DAY = date(2026, 1, 15)
OUTLETS = {
    "montsame.mn": Outlet("montsame.mn", "Montsame", "МОНЦАМЭ", "agency", "MN", ("mn", "en"), ("montsame.gov.mn",)),
    "gogo.mn": Outlet("gogo.mn", "GoGo", "GoGo", "portal", "MN", ("mn",)),
    "akipress.com": Outlet("akipress.com", "AKIpress", "АКИпресс", "agency", "KG", ("en", "ru")),
}


def key(*parts: object) -> bytes:
    """16 bytes that stand for these parts."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).digest()


def folded(title: str) -> str:
    """A title's search form, near enough for tests: lower case, words of letters and digits between single spaces."""
    words = re.findall(r"[^\W_]+", title.casefold())
    return f" {' '.join(words)} "


def headline(
    title: str = "Mongolia opens a new railway",
    url: str | None = None,
    *,
    outlet: str = "montsame.mn",
    day: date | None = None,
    at: datetime | None = None,
    honesty: Honesty | None = None,
    language: str = "en",
    method: LanguageMethod = LanguageMethod.DETECTED,
    confidence: float = 0.9,
    place: DigestPlace | None = None,
    **draft: Any,
) -> Headline:
    """A headline as the pipeline hands it over. With `at` its date is an instant, else a day (`day`, or DAY)."""
    own_day = day or (day_of(at) if at else DAY)
    return Headline(
        draft=Draft(
            title=title,
            outlet=outlet,
            host=draft.pop("host", outlet),
            day=own_day,
            honesty=honesty or (Honesty.DECLARED if at else Honesty.DATE_ONLY),
            published_at=at,
            url=url,
            canonical_url=url,
            place=place,
            **draft,
        ),
        language=language,
        confidence=confidence,
        language_method=method,
        url_key=key("url", url) if url else None,
        title_key=key("title", outlet, folded(title)),
        folded=folded(title),
        near_keys=near.keys(folded(title), fresh=True),
    )


def entry(
    title: str, position: int, *, language: str = "en", digest: date = DAY, rank: int | None = None, **rest: Any
) -> Headline:
    """A headline as a digest carries it: no address, its language from the marker. English ones print a rank."""
    printed = position if rank is None and language == "en" else rank
    place = DigestPlace(digest, language, position, printed)
    return headline(
        title, language=language, method=LanguageMethod.MARKER, confidence=1.0, place=place, **{"day": digest, **rest}
    )


def article(title: str = "Why the railway matters", **changes: Any) -> Article:
    """An analysis article, carried by DAY's digest."""
    paragraphs = changes.pop("paragraphs", ("The first paragraph.", "Хоёр дахь догол мөр."))
    values: dict[str, Any] = {
        "outlet": "montsame.mn",
        "host": "montsame.mn",
        "language": "en",
        "published_on": DAY,
        "digest_day": DAY,
        "position": 1,
        "slug": re.sub(r"\W+", "-", title.lower()).strip("-"),
    } | changes
    return Article(
        title=title,
        paragraphs=tuple(paragraphs),
        key=key("article", values["outlet"], folded(title), values["published_on"]),
        **values,
    )


def batch(
    headlines: Iterable[Headline] = (),
    *,
    articles: Sequence[Article] = (),
    rejections: Sequence[Rejection] = (),
    origin: str = "test.ndjson",
    at: datetime = NOW,
) -> Batch:
    """What came from one origin, with the outlets of OUTLETS that occur in it."""
    told = tuple(headlines)
    domains = {h.draft.outlet for h in told} | {a.outlet for a in articles}
    return Batch(
        origin=origin,
        format="ndjson",
        at=at,
        headlines=told,
        articles=tuple(articles),
        rejections=tuple(rejections),
        outlets={domain: OUTLETS[domain] for domain in sorted(domains & OUTLETS.keys())},
        spelling=SPELLING,
    )


def results(store: Store, *headlines: Headline, **rest: Any) -> tuple[ItemResult, ...]:
    """Put headlines (and what else `batch` takes) in a transaction of their own."""
    with store.writing() as writer:
        return writer.put(batch(headlines, **rest))


def put(store: Store, *headlines: Headline, **rest: Any) -> list[str]:
    """The same; what became of each."""
    return [result.outcome.value for result in results(store, *headlines, **rest)]


def rows(store: Store, table: str) -> list[dict[str, Any]]:
    """Everything in a table."""
    with store.reading() as reader:
        return [dict(row) for row in reader._connection.execute(select(metadata.tables[table])).mappings()]
