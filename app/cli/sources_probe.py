"""`ortoo sources probe`: fetch an address once and say what came. Nothing is stored."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.ingest.fetch import Fetcher, FetchPolicy, payload_of
from app.ingest.limits import Limits
from app.ingest.reader import ChildReader
from app.model.fetch import Fetched, FetchState
from app.model.headline import Headline, Reason, Rejection
from app.normalise.text import escaped
from app.pipeline import preview

if TYPE_CHECKING:
    from app.cli.arguments import Commands

SHOWN = 5
"""Headlines that are shown to people."""

_NEEDS_OUTLET = frozenset({Reason.NO_OUTLET, Reason.BAD_OUTLET})
"""Items that were read well: the source that they belong to names their outlet."""


def register(commands: "Commands") -> None:
    """Add the sub-command."""
    command = commands.add_parser("probe", help="fetch an address once, store nothing", description=__doc__)
    command.add_argument("url", metavar="URL", help="an http or https address")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Exit code 0 when the address gave what can be read, 1 when it did not."""
    settings = console.load_settings()
    with Fetcher(FetchPolicy.from_settings(settings), clock=console.clock, monotonic=console.seconds) as fetcher:
        fetched = fetcher.fetch(arguments.url, expect="any")
    found: list[Headline | Rejection] = []
    if fetched.body is not None:
        with ChildReader() as reader:
            found = preview(payload_of(fetched), limits=Limits.of(settings), reader=reader)
        fetched = judged(fetched, found)
    if arguments.json:
        console.say_json(_told(fetched, found))
    else:
        _say(console, fetched, found)
    return 0 if fetched.state.good else 1


def judged(fetched: Fetched, found: list[Headline | Rejection]) -> Fetched:
    """The fetch with the state that its body deserves: a page without a headline is no feed, a body of which nothing
    could be read is unreadable. A feed without items is as good as any."""
    first = next((item for item in found if isinstance(item, Rejection)), None)
    if first is None or any(map(_read, found)):
        return fetched
    state = FetchState.NOT_A_FEED if first.format == "html" else FetchState.UNREADABLE
    return replace(fetched, state=state, error=first.detail)


def _read(item: Headline | Rejection) -> bool:
    return isinstance(item, Headline) or item.reason in _NEEDS_OUTLET


def _told(fetched: Fetched, found: list[Headline | Rejection]) -> dict[str, Any]:
    items = sum(map(_read, found))
    return {
        "state": fetched.state.value,
        "url": fetched.url,
        "final_url": fetched.final_url,
        "status": fetched.status,
        "bytes": fetched.bytes,
        "wire_bytes": fetched.wire_bytes,
        "seconds": round(fetched.seconds, 3),
        "items": items,
        "rejected": len(found) - items,
        "error": fetched.error,
        "fault": fetched.state.fault.value,
        "moved_to": fetched.moved_to,
        "media_type": fetched.media_type,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "retry_after": fetched.retry_after,
        "fresh_for": fetched.fresh_for,
    }


def _say(console: Console, fetched: Fetched, found: list[Headline | Rejection]) -> None:
    items = sum(map(_read, found))
    headlines = [item for item in found if isinstance(item, Headline)]
    rejected, homeless = len(found) - items, items - len(headlines)
    rows = [
        ("state", fetched.state.value + (f" ({fetched.status})" if fetched.status else "")),
        ("asked", fetched.url),
        ("answered by", fetched.final_url if fetched.final_url != fetched.url else None),
        ("moved to", fetched.moved_to),
        ("size", f"{fetched.bytes:,} bytes" if fetched.bytes else None),
        ("time", f"{fetched.seconds:.2f} s"),
        ("items", f"{items:,}" + (f", {rejected:,} rejected" if rejected else "")),
        ("no outlet", f"{homeless:,} of them; the source has to name one" if homeless else None),
        ("error", fetched.error),
    ]
    for name, value in rows:
        if value is not None:
            console.say(f"{name:12} {escaped(value)}")
    for headline in headlines[:SHOWN]:
        console.say(f"  {headline.day} {headline.language:3} {headline.title}")
    if len(headlines) > SHOWN:
        console.say(f"  … and {len(headlines) - SHOWN:,} more")
