"""Posts as WordPress gives them: `/wp-json/wp/v2/posts` (developer.wordpress.org/rest-api/reference/posts)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import MalformedPayload
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.json_items import dumped, first, load, objects, string, titled
from app.ingest.payload import Payload
from app.ingest.scope import resolved
from app.ingest.source import read_all
from app.model.headline import RawItem, Reason, Rejection

_NAME = "wordpress"
_TITLE = re.compile(r'"title"\s*:\s*\{\s*"rendered"')
_POST = re.compile(r"\[?\s*\{")


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The posts of a list, or a single one. `url` is the base of relative links. MalformedPayload for anything else."""
    value = load(chunks)
    posts = value if isinstance(value, list) else [value]
    if not posts or not all(isinstance(post, dict) and "title" in post for post in posts[:1]):
        raise MalformedPayload("This JSON is no list of WordPress posts.", reason=Reason.MALFORMED)
    for post in objects(posts):
        yield post if isinstance(post, Rejection) else _post(post, url)


def _post(post: Mapping[str, Any], url: str) -> RawItem | Rejection:
    given = post.get("title")
    title = titled(post, string(given.get("rendered")) if isinstance(given, dict) else string(given))
    if isinstance(title, Rejection):
        return title
    return RawItem(
        title=title,
        link=resolved(first(post, ("link",)) or "", url),
        published=_instant(post) or first(post, ("date", "modified")),
        language=first(post, ("lang", "language")),
        raw=dumped(post),
    )


def _instant(post: Mapping[str, Any]) -> str | None:
    """`date_gmt` is Greenwich time by its definition, written without a zone; zeros where it was never set. `date` is
    the time of the site."""
    given = first(post, ("date_gmt",))
    if given is None or given.startswith("0000"):
        return None
    return given if given.endswith("Z") or "+" in given else f"{given}Z"


def sniff(head: Head) -> bool:
    """Whether posts begin here: JSON whose titles are `{"rendered": …}`."""
    text = head.text.lstrip("\ufeff \t\r\n")
    return _POST.match(text) is not None and _TITLE.search(text) is not None


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The posts. MalformedPayload for what has none."""
    return read_all(payload, reading, read, _NAME)


FORMAT = Format(_NAME, (), sniff, parse)
