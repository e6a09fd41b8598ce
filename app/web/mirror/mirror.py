"""Makes a mirror of closed days out of the pages that the application makes for its readers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.clock import Clock
from app.errors import BadFilter, OrtooError, SettingsError
from app.i18n import Translator
from app.model.day import FIRST_DAY, LAST_DAY, day_of
from app.model.filters import TimelineFilter
from app.model.language import ENDONYMS
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.assets import SCRIPT, Assets
from app.web.mirror.asking import Ask, asking
from app.web.mirror.plan import Plan, plan, whole_months
from app.web.mirror.rewriting import Rewriter, door
from app.web.mirror.writing import Folder

ALL = 10**9

ONLY_LIVE = (SCRIPT, "sw.js", "vendor/", "js/")
"""Static files, by the beginnings of their paths, that a mirror has no use for…"""

KEPT = ("js/theme.js", "js/sharing.js")
"""…but for these."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """What is asked for: days (inclusive; only those that are over count), the folder, the address at which it will
    stand (empty: the live site's own), and whether the pictures for sharing belong to it."""

    folder: Path
    since: date | None = None
    until: date | None = None
    base_url: str = ""
    images: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it: its days, files written, files that were there just so, files of an earlier one that are no
    longer part of it."""

    days: int
    written: int
    same: int
    stale: tuple[str, ...]


def mirror(
    wanted: Mirror, settings: Settings, store: Store, clock: Clock, progress: Callable[[int, int], None]
) -> Told:
    """Write it; `progress` hears how many files of how many are done. SettingsError without a public address of the
    live site, OrtooError where a page cannot be made or a file not be written."""
    live = settings.base_url.rstrip("/")
    if not live:
        raise SettingsError(
            "ORTOO_BASE_URL is not set: a mirror links to the live site for what it does not have.",
            name="ORTOO_BASE_URL",
        )
    app = create_app(settings, store, clock)
    assets: Assets = app.state.site.assets
    days, planned = _planned(wanted, store, day_of(clock()), assets)
    rewriter = Rewriter(planned, live, wanted.base_url.rstrip("/") or live, _scripts(assets))
    folder = Folder(wanted.folder)
    with asking(app) as ask:
        made = _files(ask, rewriter, assets, app.state.site.translators)
        total = len(planned.pages) + len(planned.files)
        try:
            for n, (name, body) in enumerate(made, 1):
                folder.put(name, body)
                progress(n, total)
            facts = {"live": live, "base": rewriter.base, "from": str(days[0]), "to": str(days[-1])} if days else {}
            stale = folder.finish(facts) if days else []
        except OSError as error:
            raise OrtooError(f"{error.filename or wanted.folder} cannot be written: {error.strerror}.") from error
    return Told(len(days), folder.written, folder.same, tuple(stale))


def _planned(wanted: Mirror, store: Store, today: date, assets: Assets) -> tuple[list[date], Plan]:
    f = TimelineFilter(since=wanted.since, until=min(wanted.until or LAST_DAY, today - timedelta(days=1)))
    if f.since and f.until and f.since > f.until:
        raise BadFilter(f"Nothing between {f.since} and {f.until} is over yet.", name="from")
    with store.reading() as reader:
        days = sorted(day for day, _ in reader.days(f, (), ALL))
        months = list(whole_months(days, reader.month_counts(FIRST_DAY, LAST_DAY), today))
        slugs = [article.slug for day in days for article in reader.articles_of(day)]
    static = [asset.address for name, asset in assets.files.items() if name in KEPT or not name.startswith(ONLY_LIVE)]
    return days, plan(days, months, dict.fromkeys(slugs), static, images=wanted.images)


def _scripts(assets: Assets) -> dict[str, str]:
    """htmx and our scripts that speak with the server go; sharing, copying and printing stay."""
    gone = {asset.address: "" for name, asset in assets.files.items() if name.endswith(".js") and name not in KEPT}
    return gone | {assets.address(SCRIPT): assets.address("js/sharing.js")}


def _files(
    ask: Ask, rewriter: Rewriter, assets: Assets, translators: dict[str, Translator]
) -> Iterator[tuple[str, bytes]]:
    planned = rewriter.plan
    static = {asset.address: name for name, asset in assets.files.items()}
    for address, name in planned.files.items():
        body = _asked(ask, address)
        if address not in static:
            yield name, body if name.endswith(".png") else rewriter.text(body)
        else:
            yield name, rewriter.sheet(body, name) if name.endswith(".css") else body
    for address, name in planned.pages.items():
        if name in planned.doors:
            ways = {ui: (ENDONYMS[ui], to) for ui, to in planned.doors[name].items()}
            yield name, door(_title(name, translators), ways, lambda to: planned.place(to) or "", name)
        else:
            yield name, rewriter.page(_asked(ask, planned.fronts.get(name, address)), name)
    ways = {ui: (ENDONYMS[ui], to) for ui, to in planned.doors.get("index.html", {}).items()}
    if ways:
        yield "index.html", door("Өртөө · Örtöö", ways, lambda to: planned.place(to) or "", "index.html")


def _title(name: str, translators: dict[str, Translator]) -> str:
    """A day in the words of all editions."""
    day = date.fromisoformat(name.partition("/")[0])
    return " · ".join(t.dated(day, "full") for t in translators.values())


def _asked(ask: Ask, address: str) -> bytes:
    status, body = ask(address)
    if status != 200:
        raise OrtooError(f"{address} answered {status}: the mirror is not finished. Try again.")
    return body
