"""What a page says of itself to machines: its structured data (JSON-LD, schema.org), and the picture that goes along
when it is shared. Headlines and articles are always said to be their outlets', never ours.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, singledispatch
from itertools import chain, islice
from typing import Any

from markupsafe import Markup

from app.model.timeline import Day, HeadlineRow
from app.render.pages import AnalysisPage, ArticlePage, DayPage, Frame, HeadlinePage, Page, TimelinePage
from app.render.share_image import HEIGHT, WIDTH, headline_poster
from app.render.typography import lang_tag
from app.timeline.links import headline_image, share_image

NAMES = {"en": "Örtöö", "mn": "Өртөө"}
"""What the product is called in an edition, where nothing stands beside the name."""

MOST_ITEMS = 8
"""So many headlines of a day or articles are listed, the first ones; `numberOfItems` tells how many there are. The page
itself, its feeds and its JSON have them all: what stands here is sent to every reader, and read by few."""

KEPT_DAYS = 500
"""What days say of themselves, kept by all of it; some 4 kB each, and the headlines."""

Node = dict[str, Any]

_UNSAFE = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""What could end the script element or a line of JavaScript; JSON reads the escapes back as the same characters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page: path, size in points, and what it shows, in words."""

    path: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """`graph` is the JSON-LD, safe inside a script element; empty where there is nothing to say."""

    graph: Markup
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page stands: scheme and host, its path, its edition."""

    origin: str
    path: str
    ui: str


def describe(page: Page, frame: Frame) -> Metadata:
    """A page in its frame. A page that search engines should not keep says nothing about itself."""
    told = frame.index and frame.origin
    return Metadata(_graph(page, frame) if told else Markup(""), _picture(page, frame))


def embedded(document: Node) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign, written in _UNSAFE:  # five searches; `translate` looks at every letter, for twenty times as long
        text = text.replace(sign, written)
    return Markup(text)  # what HTML might read is escaped just above  # noqa: S704 # nosec B704


def _document(*nodes: Node) -> Markup:
    return embedded({"@context": "https://schema.org", "@graph": nodes})


def _place(frame: Frame) -> _Place:
    return _Place(frame.origin, frame.path, frame.t.ui)


@singledispatch
def _graph(_page: Page, _frame: Frame) -> Markup:
    return Markup("")


@_graph.register
def _(page: TimelinePage, frame: Frame) -> Markup:
    """The front page alone describes the site (others name it by its `@id`): search engines look for it there."""
    days = page.view.timeline.days
    items = [
        _item(i, {"@type": "CollectionPage", "url": _day_url(frame, d.day), "name": frame.t.dated(d.day, "full")})
        for i, d in enumerate(days, 1)
    ]
    return _document(_collection(_place(frame), frame.t.text("brand.tagline"), items, len(items)), _site(frame))


@_graph.register
def _(page: DayPage, frame: Frame) -> Markup:
    day = page.answer.view.day
    rows = tuple(islice(_in_order(day), MOST_ITEMS))
    return _of_day(_place(frame), frame.t.dated(day.day, "full"), day.day, rows, day.total)


@lru_cache(maxsize=KEPT_DAYS)
def _of_day(place: _Place, name: str, day: date, rows: tuple[HeadlineRow, ...], total: int) -> Markup:
    items = [_item(i, _headline(row)) for i, row in enumerate(rows, 1)]
    return _document({**_collection(place, name, items, total), "temporalCoverage": day.isoformat()})


@_graph.register
def _(page: AnalysisPage, frame: Frame) -> Markup:
    views = page.view.articles
    items = [
        _item(
            i, {"@type": "WebPage", "url": frame.origin + frame.links.article(v.article.slug), "name": v.article.title}
        )
        for i, v in enumerate(views[:MOST_ITEMS], 1)
    ]
    return _document(_collection(_place(frame), frame.t.text("nav.analysis"), items, len(views)))


@_graph.register
def _(page: ArticlePage, frame: Frame) -> Markup:
    (view,) = page.view.articles
    article = view.article
    told = {
        "@type": "Article",
        "headline": article.title,
        "inLanguage": article.language,
        "datePublished": article.published_on.isoformat(),
        "publisher": _outlet(view.outlet.name_en, view.outlet.domain),
    }
    return _document({**_page(_place(frame), article.title), "@type": "WebPage", "mainEntity": told})


def _site(frame: Frame) -> Node:
    target = f"{frame.origin}{frame.links.search()}?q={{search_term_string}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": target},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{frame.origin}/#site",
        "url": f"{frame.origin}/",
        "name": NAMES["mn"],
        "alternateName": NAMES["en"],
        "inLanguage": [ui for ui, _ in frame.alternates],
        "potentialAction": search,
    }


def _page(place: _Place, name: str) -> Node:
    url = place.origin + place.path
    return {
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": place.ui,
        "isPartOf": {"@id": f"{place.origin}/#site"},
    }


def _collection(place: _Place, name: str, items: Sequence[Node], total: int) -> Node:
    listed = {"@type": "ItemList", "numberOfItems": total, "itemListElement": list(items)}
    return {"@type": "CollectionPage", **_page(place, name), "mainEntity": listed}


def _item(position: int, item: Node) -> Node:
    return {"@type": "ListItem", "position": position, "item": item}


def _headline(row: HeadlineRow) -> Node:
    """A headline as its outlet's article; its address only where it came with one."""
    told: Node = {"@type": "NewsArticle", "headline": row.title}
    if row.url and row.url.lower().startswith(("http://", "https://")):
        told["url"] = row.url
    if language := lang_tag(row.language):
        told["inLanguage"] = language
    published = row.published_at
    told["datePublished"] = published.isoformat().replace("+00:00", "Z") if published else row.day.isoformat()
    told["publisher"] = _outlet(row.outlet.name_en, row.outlet.domain)
    return told


def _outlet(name: str, domain: str) -> Node:
    return {"@type": "NewsMediaOrganization", "name": name, "url": f"https://{domain}/"}


def _in_order(day: Day) -> Iterator[HeadlineRow]:
    """The digests of all columns first, then the rest."""
    digests = (row for column in day.columns for row in column.digest)
    return chain(digests, (row for column in day.columns for row in column.others))


def _day_url(frame: Frame, day: date) -> str:
    return frame.origin + frame.links.day(day)


def _picture(page: Page, frame: Frame) -> Picture | None:
    """A day's or headline's own, the newest day's for the timeline; none where no headline is shown."""
    if isinstance(page, HeadlinePage):
        row = page.view.row
        drawn = headline_poster(row, frame.t, ()) is not None
        return Picture(headline_image(row.id, frame.t.ui), WIDTH, HEIGHT, row.title) if drawn else None
    shown: Day | None = None
    if isinstance(page, DayPage):
        shown = page.answer.view.day
    elif isinstance(page, TimelinePage) and page.view.timeline.days:
        shown = page.view.timeline.days[0]
    if shown is None or not shown.total:
        return None
    alt = frame.t.text("share.picture", day=frame.t.dated(shown.day, "full"))
    return Picture(share_image(shown.day, frame.t.ui), WIDTH, HEIGHT, alt)
