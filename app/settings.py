"""Settings, read once from the environment and a `.env` file. Each is documented in README (a test compares)."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from dotenv import dotenv_values

from app.errors import SettingsError


def resource_dir(name: str) -> Path:
    """Where `templates`, `static`, `locale` or `migrations` is: in an installed package, else atop the checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "_resources" / name
    return installed if installed.is_dir() else here.parent / name


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. The variable is ORTOO_ and the field's name in capitals."""

    database_url: str = "sqlite:///ortoo.db"
    """SQLAlchemy URL: sqlite:///path or postgresql://user:password@host/name."""
    postgresql_bin: str = ""
    """Directory of PostgreSQL's pg_dump and pg_restore, for backups; empty: found on the PATH."""
    read_database_urls: str = ""
    """Addresses of streaming replicas of a PostgreSQL database, with commas between them: they answer readers."""
    read_lag_seconds: int = 5
    """A replica that is further behind is not asked."""
    base_url: str = ""
    """Public address, without a slash at the end, for absolute links; empty: taken from the request."""
    trusted_proxies: str = "127.0.0.0/8,::1"
    """Networks of proxies that are believed what they say of a request (X-Forwarded-For, -Proto, -Host)."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    max_payload_bytes: int = 10_000_000
    """A file or answer that must be read whole is refused above this size."""
    max_entries: int = 50_000
    """Items that are read of such a file or answer."""
    max_nesting: int = 200
    """Levels of XML or JSON; an item or document with more is refused."""
    parse_seconds: int = 10
    """The longest that reading one file or answer may take."""
    parse_megabytes: int = 300
    """The most memory that reading one file or answer may take."""
    log_level: str = "info"
    log_format: str = "human"
    """`human`, or `json`: an object a line."""
    access_log: bool = False
    """Whether `ortoo serve` writes a line for every request."""
    otel: bool = False
    """Whether web processes and workers send spans, as the OTEL_ variables of OpenTelemetry's SDK say."""
    cache_megabytes: int = 16
    """The most memory in which a web process keeps answers ready; 0: none."""
    security_contact: str = ""
    """Who hears of security problems (mailto:… or https://…), for /.well-known/security.txt; empty: there is none."""
    metrics_token: str = ""
    """Who asks for /metrics must send it (Authorization: Bearer …); empty: everybody may."""
    api_bytes: int = 10_000_000
    """The largest body that the API takes."""
    api_items: int = 10_000
    """The most items of one body; they are stored in one transaction."""
    api_seconds: int = 60
    """The longest that sending a body may last."""
    api_posts: int = 60
    """Requests a minute that one token may send."""
    api_failures: int = 20
    """Wrong tokens a minute from one address, after which it has to wait."""
    tag_authority: str = ""
    """The name in the ids of feed entries (tag: URIs), your own domain; empty: base_url's host. Never change it."""
    websub_hub: str = ""
    """Address of a WebSub hub that feeds name; empty: none."""
    worker: bool = True
    """Whether `ortoo serve` also runs a worker that fetches the sources, in a process of its own."""
    stories: bool = True
    """Whether a worker links headlines of the same event."""
    stories_model: str = ""
    """A directory with an embedding model of one's own (docs/stories.md); empty: the one of the extra `stories`."""
    stories_megabytes: int = 100
    """Memory and file in which each web process keeps vectors of the newest headlines, for searches in the other
    language; a megabyte holds 2,200 of them. 0: by words alone."""
    fetch_threads: int = 16
    """Fetches that a worker has under way at once."""
    fetch_contact: str = ""
    """An address (https://… or mailto:…) in the User-Agent, where outlets learn who fetches; empty: base_url."""
    fetch_allow: str = ""
    """Inner networks, addresses or names that may be fetched, with or without a port; see docs/sources.md."""
    fetch_ports: str = "80,443"
    """Ports of public addresses that may be fetched."""
    fetch_robots: bool = True
    fetch_seconds: int = 15
    """The longest a fetch may last, everything included."""
    fetch_connect_seconds: int = 5
    fetch_read_seconds: int = 10
    """The longest a server may be silent."""
    fetch_spacing: int = 2
    """Seconds between two requests to the same public host."""
    fetch_per_host: int = 2
    """Requests to the same public host at once."""
    fetch_interval_min: int = 600
    """Seconds between two fetches of a source that publishes all the time."""
    fetch_interval_max: int = 21_600
    """Seconds between two fetches of a source that hardly ever publishes."""
    fetch_history_days: int = 90
    """Days for which the record of every fetch is kept."""
    doubt_times: int = 10
    """A fetch with more than so many times the usual number of new items is held for a person; 0: never."""
    doubt_repeats: int = 30
    """Per cent of titles that are the same text again and again, from which on a fetch is held; 0: never."""
    doubt_languages: int = 50
    """Per cent of headlines in a language that the source never had, from which on a fetch is held; 0: never."""

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Self:
        """From the environment, then `env_file`, then the defaults. SettingsError names what is wrong."""
        given: dict[str, str | None] = dict(dotenv_values(env_file)) if env_file and env_file.is_file() else {}
        given.update(os.environ if environ is None else environ)
        values: dict[str, str | int | bool] = {}
        for name, kind in cls.__annotations__.items():
            variable = f"ORTOO_{name.upper()}"
            text = given.get(variable)
            if text is None or not text.strip():
                continue
            values[name] = _READERS.get(kind, _text)(variable, text)
        made = cls(**values)  # type: ignore[arg-type]
        made._check()
        return made

    def _check(self) -> None:
        if not self.database_url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:", "postgres:")):
            raise SettingsError(
                "ORTOO_DATABASE_URL must begin with sqlite:/// or postgresql://", name="ORTOO_DATABASE_URL"
            )
        self._check_replicas()
        if self.log_format not in ("human", "json"):
            raise SettingsError(f"ORTOO_LOG_FORMAT={self.log_format}: human or json", name="ORTOO_LOG_FORMAT")
        if self.base_url and not self.base_url.startswith(("http://", "https://")):
            raise SettingsError(
                f"ORTOO_BASE_URL={self.base_url}: an address with http:// or https://", name="ORTOO_BASE_URL"
            )
        if self.websub_hub and not self.websub_hub.startswith(("http://", "https://")):
            raise SettingsError(
                f"ORTOO_WEBSUB_HUB={self.websub_hub}: an address with http:// or https://", name="ORTOO_WEBSUB_HUB"
            )
        if self.security_contact and not self.security_contact.startswith(("mailto:", "https://", "tel:")):
            raise SettingsError(
                f"ORTOO_SECURITY_CONTACT={self.security_contact}: an address with mailto:, https:// or tel:",
                name="ORTOO_SECURITY_CONTACT",
            )
        for name in ("port", "workers", "max_payload_bytes"):
            if not 0 < getattr(self, name) <= (65535 if name == "port" else 10**12):
                raise SettingsError(f"ORTOO_{name.upper()}={getattr(self, name)} is out of range", name=name)
        for name in ("fetch_seconds", "fetch_connect_seconds", "fetch_read_seconds", "fetch_spacing", "fetch_per_host"):
            if not (name != "fetch_spacing") <= getattr(self, name) <= 3600:
                raise SettingsError(f"ORTOO_{name.upper()}={getattr(self, name)} is out of range", name=name)
        self._check_limits()
        self._check_api()
        self._check_sources()

    @property
    def replicas(self) -> tuple[str, ...]:
        """The addresses of `read_database_urls`."""
        return tuple(url for part in self.read_database_urls.split(",") if (url := part.strip()))

    def _check_replicas(self) -> None:
        name = "ORTOO_READ_DATABASE_URLS"
        if self.replicas and self.database_url.startswith("sqlite:"):
            raise SettingsError(
                f"{name}: an SQLite database has no replicas; set ORTOO_DATABASE_URL to a PostgreSQL primary", name=name
            )
        if not all(url.startswith(("postgresql:", "postgresql+psycopg:", "postgres:")) for url in self.replicas):
            raise SettingsError(
                f"{name}: addresses that begin with postgresql://, with commas between them (a comma in a password is "
                "%2C)",
                name=name,
            )
        if not 1 <= self.read_lag_seconds <= 3600:
            raise SettingsError("ORTOO_READ_LAG_SECONDS: a number from 1 to 3,600", name="ORTOO_READ_LAG_SECONDS")

    def _check_limits(self) -> None:
        ranges = {"max_entries": 10**6, "max_nesting": 250, "parse_seconds": 3600, "parse_megabytes": 10**6}
        if not 0 <= self.cache_megabytes <= 10**6:
            raise SettingsError("ORTOO_CACHE_MEGABYTES: a number from 0 to 1,000,000", name="ORTOO_CACHE_MEGABYTES")
        for name, most in ranges.items():
            if not 1 <= getattr(self, name) <= most:
                variable = f"ORTOO_{name.upper()}"
                raise SettingsError(f"{variable}: a number from 1 to {most:,}", name=variable)

    def _check_api(self) -> None:
        names = ("api_bytes", "api_items", "api_seconds", "api_posts", "api_failures")
        for name, most in zip(names, (10**9, 50_000, 3600, 10**6, 10**6), strict=True):
            if not 1 <= getattr(self, name) <= most:
                variable = f"ORTOO_{name.upper()}"
                raise SettingsError(f"{variable}: a number from 1 to {most:,}", name=variable)

    def _check_sources(self) -> None:
        if not 60 <= self.fetch_interval_min <= self.fetch_interval_max <= 604_800:
            raise SettingsError(
                "ORTOO_FETCH_INTERVAL_MIN and _MAX: seconds from 60 to 604800, the least not above the most",
                name="ORTOO_FETCH_INTERVAL_MIN",
            )
        ranges = {
            "fetch_threads": (1, 256),
            "fetch_history_days": (0, 3650),
            "doubt_times": (0, 10_000),
            "doubt_repeats": (0, 100),
            "doubt_languages": (0, 100),
        }
        for name, (least, most) in ranges.items():
            variable = f"ORTOO_{name.upper()}"
            if not least <= getattr(self, name) <= most:
                raise SettingsError(f"{variable}: a number from {least} to {most}", name=variable)


def _text(_variable: str, text: str) -> str:
    return text.strip()


def _yes_or_no(variable: str, text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.strip().lower() not in known:
        raise SettingsError(f"{variable}={text}: yes or no is needed", name=variable, value=text)
    return known[text.strip().lower()]


def _integer(variable: str, text: str) -> int:
    try:
        return int(text.replace("_", ""))
    except ValueError as error:
        raise SettingsError(f"{variable}={text}: a whole number is needed", name=variable, value=text) from error


_READERS: dict[object, Callable[[str, str], str | int | bool]] = {int: _integer, bool: _yes_or_no}
