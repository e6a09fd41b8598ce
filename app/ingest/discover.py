"""Where the feeds of a web page may be: what the page itself names, then the places where software puts them."""

from urllib.parse import urljoin, urlsplit

from app.ingest.decode import decode
from app.ingest.markup import feeds_of_page
from app.ingest.payload import Payload

MAX_NAMED = 6
"""Feeds of a page that are looked at, in its order: the first is the page's, later ones are of sections or comments."""

USUAL = (
    "feed/",
    "rss",
    "rss.xml",
    "feed",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "feed.json",
    "sitemap-news.xml",
    "news-sitemap.xml",
    "wp-json/wp/v2/posts?per_page=30",
)
"""WordPress, most Mongolian sites, static site generators, JSON Feed, Google News' sitemaps, WordPress' interface."""


def named_feeds(payload: Payload, limit: int) -> tuple[str, ...]:
    """The addresses of the feeds that a page names, in its order. MalformedPayload for a page above `limit` bytes."""
    body = payload.read(limit)
    text = decode(body, payload.media_type).text
    return tuple(dict.fromkeys(link.href for link in feeds_of_page(text, payload.url or "")))[:MAX_NAMED]


def usual_addresses(url: str) -> tuple[str, ...]:
    """The usual places on the page's site and, for a page below the front page, beside it; without the page itself."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ()
    root = f"{parts.scheme}://{parts.netloc}/"
    below = urljoin(root, parts.path.rstrip("/") + "/") if parts.path.strip("/") else root
    places = [urljoin(root, path) for path in USUAL]
    if below != root:
        places = [urljoin(below, path) for path in USUAL[:3]] + places
    return tuple(place for place in dict.fromkeys(places) if place != url)
