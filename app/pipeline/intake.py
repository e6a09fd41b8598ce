"""One item through normalise, language and dedupe: RawItem -> Headline, RawArticle -> Article, or a rejection."""

from dataclasses import replace
from datetime import datetime, tzinfo

from app.dedupe import near
from app.dedupe.fingerprint import article_key, title_key, url_key
from app.language import detect
from app.model.day import ULAANBAATAR
from app.model.headline import Article, Draft, Headline, LanguageMethod, RawArticle, RawItem, Rejection, Understood
from app.normalise.items import MAX_TITLE_CHARS, ArticleDraft, article_draft, draft
from app.normalise.outlet import outlet_of
from app.normalise.slug import slug
from app.normalise.text import clean
from app.normalise.url import link
from app.normalise.when import parse
from app.search.folding import fold

_LANGUAGE_CHARS = 5_000
"""Characters of an article that say which language it is in."""


def take(
    item: RawItem | RawArticle | Rejection,
    *,
    now: datetime,
    format_name: str,
    home: str | None = None,
    zone: tzinfo = ULAANBAATAR,
) -> Headline | Article | Rejection:
    """What becomes of one item. `now` is when it came; `home` is the host that stands in where an item states neither
    an outlet nor a link: the one of the address that it came from; `zone` that of clock times without one."""
    if isinstance(item, Rejection):
        return item
    if isinstance(item, RawArticle):
        article = article_draft(item, now=now)
        return replace(article, format=format_name) if isinstance(article, Rejection) else _article(article)
    made = draft(item, now=now, zone=zone, home=home)
    if isinstance(made, Rejection):
        return replace(made, format=format_name, item=understood(item, now=now, zone=zone))
    return _headline(made, now)


def understood(item: RawItem, *, now: datetime, zone: tzinfo = ULAANBAATAR) -> Understood:
    """What an item says, each part by itself."""
    when = parse(item.published, now=now, zone=zone)
    return Understood(
        title=clean(item.title[:MAX_TITLE_CHARS]).text or None,
        url=link(item.link),
        published_at=when.instant if when else None,
        day=when.day if when else None,
    )


def _headline(made: Draft, now: datetime) -> Headline:
    language, confidence, method = _language(made)
    folded = fold(made.title)
    return Headline(
        draft=made,
        language=language,
        confidence=confidence,
        language_method=method,
        url_key=url_key(made.canonical_url) if made.canonical_url else None,
        title_key=title_key(made.outlet, made.title),
        folded=folded,
        near_keys=near.keys(folded, fresh=near.is_fresh(made.day, now)),
    )


def _language(made: Draft) -> tuple[str, float, LanguageMethod]:
    """A marker settles it. Otherwise the letters do, with a hint: what the source declares, or the only language that
    its outlet is known to write."""
    if made.marker:
        return made.marker, 1.0, LanguageMethod.MARKER
    known = outlet_of(made.host).languages
    hint = made.language_hint or (known[0] if len(known) == 1 else None)
    found = detect(made.title, hint=hint)
    return found.code, found.confidence, LanguageMethod.DETECTED


def _article(made: ArticleDraft) -> Article:
    text = " ".join((made.title, *made.paragraphs))[:_LANGUAGE_CHARS]
    key = article_key(made.outlet, made.title, made.published_on)
    return Article(
        title=made.title,
        outlet=made.outlet,
        host=made.host,
        language=detect(text).code,
        published_on=made.published_on,
        paragraphs=made.paragraphs,
        key=key,
        slug=slug(made.title) or key.hex()[:12],
        digest_day=made.digest_day,
        position=made.position,
    )
