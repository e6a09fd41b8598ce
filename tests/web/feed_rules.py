"""What JSON Feed 1.1 demands (jsonfeed.org/version/1.1), as a list of what a document does wrong."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

TEXTS = ("title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon", "language")
FEED = {*TEXTS, "version", "authors", "expired", "hubs", "items"}
ITEM_TEXTS = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image")
ITEM = {*ITEM_TEXTS, "date_published", "date_modified", "authors", "tags", "language", "attachments"}
ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon", "url", "external_url", "image", "banner_image")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


def faults(feed: Any) -> list[str]:
    """Everything that is wrong; empty for a good feed."""
    return list(_feed(feed)) if isinstance(feed, dict) else ["is no object"]


def _feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version {feed.get('version')}"
    if not feed.get("title"):
        yield "no title"
    if feed.get("next_url") is not None and feed.get("next_url") == feed.get("feed_url"):
        yield "next_url is the feed itself"
    yield from _members(feed, FEED, TEXTS)
    for hub in feed.get("hubs", []):
        if not (hub.get("type") and str(hub.get("url")).startswith("http")):
            yield f"hub {hub}"
    items = feed.get("items")
    if not isinstance(items, list):
        yield "no items"
        return
    ids = [item.get("id") for item in items]
    if len(set(ids)) != len(ids):
        yield "an id twice"
    for item in items:
        yield from (f"{item.get('id')}: {fault}" for fault in _item(item))


def _item(item: dict[str, Any]) -> Iterator[str]:
    if not item.get("id"):
        yield "no id"
    if not (item.get("content_html") or item.get("content_text")):
        yield "no content"
    yield from _members(item, ITEM, ITEM_TEXTS)
    for name in ("date_published", "date_modified"):
        if name in item:
            if not INSTANT.fullmatch(item[name]):
                yield f"{name} {item[name]}"
            else:
                datetime.fromisoformat(item[name])
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield "a tag is no text"
    for attachment in item.get("attachments", []):
        if not (attachment.get("url") and attachment.get("mime_type")):
            yield f"attachment {attachment}"


def _members(found: dict[str, Any], known: set[str], texts: tuple[str, ...]) -> Iterator[str]:
    """What feeds and items have in common: members by name, texts, addresses, authors, the language, extensions."""
    for name, value in found.items():
        if name.startswith("_"):
            if not isinstance(value, dict) or "." in name:
                yield f"extension {name}"
        elif name not in known:
            yield f"unknown member {name}"
        if name in texts and not isinstance(value, str):
            yield f"{name} is no text"
        if name in ADDRESSES and not str(value).startswith(("http://", "https://")):
            yield f"{name} is no address: {value}"
    if "language" in found and not LANGUAGE.fullmatch(str(found["language"])):
        yield f"language {found['language']}"
    for author in found.get("authors", []):
        if not any(author.get(name) for name in ("name", "url", "avatar")):
            yield f"author {author}"
