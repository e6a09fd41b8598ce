"""Every address of the desk. The edition stands behind `/desk`, so that one rule keeps all of it private."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

PREFIX = "/desk"


@dataclass(frozen=True, slots=True)
class DeskLinks:
    """The addresses of one edition (`ui`) of the desk. What is done on a page is posted to the page's own address,
    unless it is said otherwise."""

    ui: str

    def at(self, rest: str = "") -> str:
        """A path below the edition's; `rest` begins with a slash or is empty."""
        return f"{PREFIX}/{self.ui}{rest}"

    def home(self) -> str:
        return self.at()

    def login(self, after: str = "") -> str:
        """Where one signs in; `after` is an address of the desk to which one is led then."""
        return self.at("/login") + (f"?{urlencode({'next': after})}" if after else "")

    def logout(self) -> str:
        return self.at("/logout")

    def account(self) -> str:
        return self.at("/account")

    def people(self) -> str:
        return self.at("/people")

    def tokens(self) -> str:
        return self.at("/tokens")

    def audit(self, wanted: Mapping[str, str] | None = None, suffix: str = "") -> str:
        """What was done, filtered; as a file with `suffix` (`.csv`, `.ndjson`)."""
        query = urlencode({name: value for name, value in (wanted or {}).items() if value})
        return self.at(f"/audit{suffix}") + (f"?{query}" if query else "")

    def history(self, kind: str, key: object) -> str:
        """What was done to one thing."""
        return self.audit({"kind": kind, "key": str(key)})

    def day(self, day: date) -> str:
        return self.at(f"/days/{day.isoformat()}")

    def entry(self, day: date) -> str:
        """Where a headline is added to a day."""
        return self.at(f"/days/{day.isoformat()}/add")

    def paste(self, day: date) -> str:
        """Where a digest's text is pasted for a day."""
        return self.at(f"/days/{day.isoformat()}/paste")

    def headline(self, headline_id: int) -> str:
        return self.at(f"/headlines/{headline_id}")

    def outlets(self) -> str:
        return self.at("/outlets")

    def outlet(self, domain: str) -> str:
        return self.at(f"/outlets/{quote(domain, safe='')}")

    def analysis(self) -> str:
        return self.at("/analysis")

    def essay(self, number: int | str) -> str:
        """One long read as it is written here, or `new`."""
        return self.at(f"/analysis/{number}")

    def sources(self) -> str:
        return self.at("/sources")

    def opml(self) -> str:
        """All sources as a file."""
        return self.at("/sources.opml")

    def quarantine(self) -> str:
        return self.at("/quarantine")

    def rejected(self, number: int) -> str:
        return self.at(f"/quarantine/{number}")
