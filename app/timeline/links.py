"""Every address of the product. Nobody else builds one; an address is always rebuilt from the value it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from app.model.filters import TimelineFilter

EVERYTHING = TimelineFilter()

SHARE_TARGETS: Mapping[str, tuple[str, str, str]] = {
    "Facebook": ("https://www.facebook.com/sharer/sharer.php", "u", ""),
    "X": ("https://x.com/intent/post", "url", "text"),
    "Telegram": ("https://t.me/share/url", "url", "text"),
}
"""Where a reader may share a page, with the names of the parameters for its address and its title."""


def permalink(day: date) -> str:
    """The address of a day that leads each reader to their own language. It never changes."""
    return f"/{day.isoformat()}"


def share(target: str, url: str, title: str) -> str:
    """The address at which `target` (of SHARE_TARGETS) asks a reader to share the absolute address `url`."""
    base, url_name, title_name = SHARE_TARGETS[target]
    pairs = [(url_name, url), *([(title_name, title)] if title_name else [])]
    return f"{base}?{urlencode(pairs)}"


def share_image(day: date, ui: str) -> str:
    """The picture of a day that goes along when its page of edition `ui` is shared."""
    return f"/share/{day.isoformat()}.{ui}.png"


def headline_image(headline_id: int, ui: str) -> str:
    """The picture of a headline."""
    return f"/share/headline-{headline_id}.{ui}.png"


def in_format(address: str, suffix: str) -> str:
    """The same list as a file: `/en/2026-01-15?lang=mn` in `.atom` is `/en/2026-01-15.atom?lang=mn`, `/en/` is
    `/en.atom`."""
    path, mark, query = address.partition("?")
    return f"{path.rstrip('/')}{suffix}{mark}{query}"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one edition (`ui`): path and canonical query, without the host."""

    ui: str

    def edition(self, ui: str) -> "Links":
        """The addresses of another edition."""
        return Links(ui)

    def timeline(self, f: TimelineFilter = EVERYTHING) -> str:
        return self._at("/", f)

    def news(self, f: TimelineFilter, after: int) -> str:
        """Where one asks what has come in for the list under `f` since the headline numbered `after`."""
        query = f.but().to_query()
        return f"/{self.ui}/new?after={after}{'&' if query else ''}{query}"

    def today(self) -> str:
        return self._at("/today")

    def day(self, day: date, f: TimelineFilter = EVERYTHING) -> str:
        return self._at(permalink(day), f)

    def archive(self) -> str:
        return self._at("/archive")

    def year(self, year: int) -> str:
        return self._at(f"/archive/{year:04d}")

    def month(self, month: date) -> str:
        """The calendar of the month that `month` lies in."""
        return self._at(f"/archive/{month.year:04d}-{month.month:02d}")

    def calendar(self, month: date) -> str:
        """The same calendar by itself, to be put into a page."""
        return self._at(f"/calendar/{month.year:04d}-{month.month:02d}")

    def outlets(self, by_volume: bool = False) -> str:
        """All outlets by name, or those with most headlines first."""
        return self._at("/outlets") + ("?sort=volume" if by_volume else "")

    def search(self, f: TimelineFilter = EVERYTHING, *, by_relevance: bool = False) -> str:
        """What `f` finds, by day or by relevance."""
        address = self._at("/search", f)
        return f"{address}{'&' if '?' in address else '?'}order=relevance" if by_relevance else address

    def suggestions(self) -> str:
        """Where one asks how a question may go on."""
        return self._at("/search/words")

    def outlet(self, domain: str, f: TimelineFilter = EVERYTHING) -> str:
        return self._at(f"/outlets/{quote(domain, safe='')}", f)

    def headline(self, headline_id: int) -> str:
        return self._at(f"/headlines/{headline_id}")

    def stories(self, f: TimelineFilter = EVERYTHING) -> str:
        """What most outlets tell; `f` says before which day."""
        return self._at("/stories", f)

    def story(self, story_id: int) -> str:
        return self._at(f"/stories/{story_id}")

    def apart(self, story_id: int) -> str:
        """Where a reader says that a headline does not belong to a story."""
        return self._at(f"/stories/{story_id}/apart")

    def said(self, story_id: int) -> str:
        """Thanks for it."""
        return self._at(f"/stories/{story_id}/said")

    def analysis(self) -> str:
        return self._at("/analysis")

    def article(self, slug: str) -> str:
        return self._at(f"/analysis/{quote(slug, safe='')}")

    def sources(self) -> str:
        """How the places are doing that headlines are read from."""
        return self._at("/sources")

    def feeds(self) -> str:
        """Their addresses, for feed readers."""
        return self._at("/sources.opml")

    def source(self, source_id: int) -> str:
        return self._at(f"/sources/{source_id}")

    def about(self) -> str:
        return self._at("/about")

    def api(self) -> str:
        """What the API can do; one page for all editions."""
        return "/api/docs"

    def openapi(self) -> str:
        """The same for programs."""
        return "/api/openapi.json"

    def offline(self) -> str:
        """What a device shows without a connection."""
        return self._at("/offline")

    def kept(self) -> str:
        """Which days a device keeps for that."""
        return self._at("/kept.json")

    def manifest(self) -> str:
        return self._at("/manifest.webmanifest")

    def opensearch(self) -> str:
        return self._at("/opensearch.xml")

    def _at(self, path: str, f: TimelineFilter = EVERYTHING) -> str:
        query = "" if f is EVERYTHING else f.to_query()
        return f"/{self.ui}{path}{'?' if query else ''}{query}"
