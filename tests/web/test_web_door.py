"""The outermost layer: proxies, the request's number, counting."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cli.check import _fetching
from app.clock import Clock
from app.errors import OrtooError, SettingsError, Unavailable
from app.model.source import Source
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.door import route_class
from app.web.proxies import Proxies
from app.web.tally import BOUNDS, Shared, Tally
from tests.builders import NOW
from tests.web.asking import Client
from tests.web.paper import print_paper
from tests.web.relays import add_sources
from tests.web.test_web_metrics import read_back

NEAR, READER, STRANGER = "10.1.2.3", "203.0.113.9", "198.51.100.7"


@pytest.fixture
def behind(sqlite_store: Store, clock: Clock) -> Iterator[Client]:
    """A paper whose proxies are in 10.0.0.0/8."""
    print_paper(sqlite_store)
    with Client(create_app(Settings(trusted_proxies="10.0.0.0/8, 2001:db8::/32"), sqlite_store, clock)) as client:
        yield client


def told(headers: dict[str, str], client: str = NEAR, trusted: str = "10.0.0.0/8") -> tuple[str, str, str, bytes]:
    """Who asks, by which scheme and host, and the number that came along."""
    scope: dict[str, Any] = {
        "client": (client, 1),
        "scheme": "http",
        "headers": [
            (b"host", b"inside:8000"),
            *((k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()),
        ],
    }
    number = Proxies(trusted).understand(scope)
    return scope["client"][0], str(scope["scheme"]), dict(scope["headers"])[b"host"].decode(), number


@pytest.mark.parametrize(
    ("given", "reader"),
    [
        (READER, READER),
        (f"{STRANGER}, {READER}", READER),
        (f"{READER}, 10.9.9.9", READER),
        (f"1.2.3.4, {READER},10.9.9.9 , 10.8.8.8", READER),
        ("10.9.9.9, 10.8.8.8", "10.9.9.9"),
        (f"{READER}:4711", READER),
        ("[2001:db8:1::1]:443", "2001:db8:1::1"),
        ("2001:DB8::5", "2001:db8::5"),
        ("unknown", NEAR),
        (f"{READER}, nonsense", NEAR),
        (f"nonsense, {READER}", READER),
        ("", NEAR),
        ("127.0.0.1; DROP", NEAR),
    ],
)
def test_the_reader_is_the_last_who_is_no_proxy_of_ours(given: str, reader: str) -> None:
    assert told({"X-Forwarded-For": given})[0] == reader


def test_only_proxies_that_are_trusted_are_believed() -> None:
    lies = {
        "X-Forwarded-For": READER,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.mn",
        "X-Request-ID": "x" * 9,
    }
    assert told(lies, STRANGER) == (STRANGER, "http", "inside:8000", b"")
    assert told(lies, "localhost") == ("localhost", "http", "inside:8000", b"")
    assert told(lies, "127.0.0.1", trusted="") == ("127.0.0.1", "http", "inside:8000", b"")
    assert told(lies) == (READER, "https", "evil.mn", b"x" * 9)
    assert told(lies, "::ffff:10.1.2.3")[0] == READER, "an IPv4 address in its other dress"


@pytest.mark.parametrize(
    ("given", "scheme", "host"),
    [
        ({"X-Forwarded-Proto": "HTTPS"}, "https", "inside:8000"),
        ({"X-Forwarded-Proto": "http, https"}, "https", "inside:8000"),
        ({"X-Forwarded-Proto": "gopher"}, "http", "inside:8000"),
        ({"X-Forwarded-Host": "ortoo.mn"}, "http", "ortoo.mn"),
        ({"X-Forwarded-Host": "evil.mn, ortoo.mn:8443"}, "http", "ortoo.mn:8443"),
        ({"X-Forwarded-Host": "evil.mn/<script>"}, "http", "inside:8000"),
        ({"X-Forwarded-Host": ""}, "http", "inside:8000"),
    ],
)
def test_scheme_and_host(given: dict[str, str], scheme: str, host: str) -> None:
    assert told(given)[1:3] == (scheme, host)


def test_networks_that_are_none() -> None:
    with pytest.raises(SettingsError, match="ORTOO_TRUSTED_PROXIES"):
        Proxies("10.0.0.0/33")


def test_absolute_links_and_cookies_are_of_the_address_that_readers_see(behind: Client) -> None:
    given = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "ortoo.mn", "X-Forwarded-For": READER}
    page = behind.ask("GET", "/en/2026-01-15", given, client=NEAR)
    assert 'href="https://ortoo.mn/en/2026-01-15"' in page.text
    assert "ortoo.test" not in page.text
    login = behind.ask("GET", "/desk/en/login", given, client=NEAR)
    assert login.cookies[0].startswith("__Host-")
    assert "Secure" in login.cookies[0]
    lied = behind.ask("GET", "/en/2026-01-15", given, client=STRANGER)
    assert "ortoo.mn" not in lied.text
    plain = behind.ask("GET", "/desk/en/login", given, client=STRANGER)
    assert not plain.cookies[0].startswith("__Host-")


def test_the_page_cache_does_not_mix_up_what_proxies_say(behind: Client) -> None:
    for _ in range(3):
        for host in ("a.mn", "b.mn"):
            page = behind.ask("GET", "/en/2026-01-15", {"X-Forwarded-Host": host}, client=NEAR).text
            assert f'href="http://{host}/en/2026-01-15"' in page


def test_throttling_counts_readers_and_not_their_proxy(sqlite_store: Store, clock: Clock) -> None:
    settings = Settings(trusted_proxies="10.0.0.0/8", api_failures=2)
    with Client(create_app(settings, sqlite_store, clock)) as client:

        def wrong(reader: str, through: str = NEAR) -> int:
            given = {"Authorization": "Bearer wrong", "X-Forwarded-For": reader}
            return client.ask("POST", "/api/v1/headlines", given, b"[]", client=through).status_code

        assert [wrong(READER) for _ in range(3)] == [401, 401, 429]
        assert wrong(STRANGER) == 401, "another reader behind the same proxy"
        assert [wrong(f"192.0.2.{n}", "198.51.100.1") for n in range(3)] == [401, 401, 429], "made-up readers are one"


def test_every_answer_has_a_number_of_its_own(behind: Client) -> None:
    numbers = [behind.get(path).number for path in ("/en/", "/en/", "/nowhere", "/static/x", "/healthz")]
    assert len(set(numbers)) == 5
    refused = behind.get("/en/?lang=x", {"Accept": "application/json"})
    assert refused.json()["request"] == refused.number


@pytest.mark.parametrize(
    ("given", "client", "taken"),
    [
        ("req-12345678", NEAR, True),
        ("req-12345678", STRANGER, False),
        ("short", NEAR, False),
        ("x" * 129, NEAR, False),
        ("new\\nline and blanks", NEAR, False),
    ],
)
def test_a_number_that_a_trusted_proxy_gave_is_taken_over(behind: Client, given: str, client: str, taken: bool) -> None:
    answer = behind.ask("GET", "/en/nowhere", {"X-Request-ID": given, "Accept": "application/json"}, client=client)
    assert (answer.number == given) is taken
    assert answer.json()["request"] == answer.number


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/en/", "page"), ("/mn/2026-01-15", "page"), ("/en/outlets/gogo.mn", "page"), ("/en/2026-01-15.atom", "file"),
        ("/en/search", "search"), ("/en/new", "new"), ("/static/css/a.css", "static"), ("/api/v1/headlines", "api"),
        ("/desk/en/", "desk"), ("/metrics", "machine"), ("/", "other"), ("/wp-login.php", "other"),
    ],
)  # fmt: skip
def test_classes_of_routes_are_few(path: str, route: str) -> None:
    assert route_class(path) == route


def test_requests_are_counted_by_class_and_status(behind: Client) -> None:
    for path in ("/en/", "/en/", "/en/", "/mn/", "/en/nowhere", "/api/v1/nowhere"):
        behind.get(path)
    read = read_back(behind.get("/metrics").text)
    requests = read["ortoo_http_requests_total"]
    assert requests[("route", "page"), ("status", "200")] == 4
    assert requests[("route", "page"), ("status", "404")] == 1
    assert requests[("route", "api"), ("status", "404")] == 1
    assert read["ortoo_http_request_seconds_count"][(("route", "page"),)] == 5
    buckets = [n for labels, n in read["ortoo_http_request_seconds_bucket"].items() if ("route", "page") in labels]
    assert buckets == sorted(buckets)
    assert (len(buckets), buckets[-1]) == (len(BOUNDS) + 1, 5)
    assert read["ortoo_http_request_seconds_sum"][(("route", "page"),)] > 0
    cache = read["ortoo_page_cache_requests_total"]
    assert cache[(("result", "hit"),)] == 1
    assert cache[(("result", "miss"),)] >= 4
    assert read["ortoo_page_cache_answers"][()] == 1
    assert read["ortoo_page_cache_bytes"][()] > 1000
    assert read["ortoo_database_up"] == {(): 1}
    assert read["ortoo_database_connections"][(("state", "in-use"),)] == 0


def test_several_processes_are_added_up_and_the_dead_are_not_forgotten(tmp_path: Path) -> None:
    here, there = Tally(), Tally()
    here.answered("page", 200, 0.003)
    there.answered("page", 200, 0.3)
    there.answered("desk", 503, 20.0)
    there.happened("ingest", "added", 5)
    other = Shared(there, str(tmp_path))
    other._own = "another.json"
    other.start()
    other.close()
    (tmp_path / "broken.json").write_text('{"answers": 3')
    whole = Shared(here, str(tmp_path)).everybody()
    assert sum(whole.answers["page", 200][:-1]) == 2
    assert whole.answers["page", 200][-1] == pytest.approx(0.303)
    assert whole.answers["desk", 503][-2] == 1, "slower than every bound"
    assert whole.events["ingest", "added"] == 5
    assert sum(here.answers["page", 200][:-1]) == 1, "ours stay ours"
    assert Tally.read(whole.told()).answers == whole.answers


def test_with_the_database_away_the_figures_of_the_processes_are_there(
    sqlite_store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Client(create_app(Settings(), sqlite_store, clock)) as client:
        client.get("/en/")

        def away() -> None:
            raise Unavailable("It is away.", url="", cause="test")

        for name in ("reading", "check_schema", "revision"):
            monkeypatch.setattr(sqlite_store.__class__, name, lambda _: away())
        read = read_back(client.get("/metrics").text)
        assert read["ortoo_database_up"] == {(): 0}
        assert read["ortoo_http_requests_total"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_what_workers_did_lately_and_what_waits(sqlite_store: Store, clock: Clock) -> None:
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    with Client(create_app(Settings(), sqlite_store, clock)) as client:
        read = read_back(client.get("/metrics").text)
    states = read["ortoo_fetches_last_hour"]
    assert states[(("state", "ok"),)] == 6
    assert states[(("state", "timeout"),)] == 0
    assert read["ortoo_fetched_items_last_hour"][(("outcome", "added"),)] == 6
    assert read["ortoo_story_queue_headlines"][()] > 0
    assert read["ortoo_story_queue_seconds"][()] >= 0


def test_check_tells_when_nobody_fetches(sqlite_store: Store) -> None:
    settings = Settings(database_url=sqlite_store._engine.url.render_as_string())
    assert _fetching(settings, NOW) == "there are no sources"
    with sqlite_store.writing() as writer:
        writer.sources.add(Source("https://gogo.mn/feed"), NOW - timedelta(days=1))
    with pytest.raises(OrtooError, match="does a worker run"):
        _fetching(settings, NOW)
