"""`/metrics`, read back as Prometheus would."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app import __version__
from app.clock import Clock
from app.model.source import SourceHealth, Status
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.metrics import of_sources
from tests.builders import NOW
from tests.web.asking import Asker, Client
from tests.web.paper import print_paper
from tests.web.relays import HELD, HOUR, NEVER_FETCHED, SECRET, SOURCES, SWITCHED_OFF, WELL, add_sources
from tests.web.test_web_query_budget import questions

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? ([^ ]+)")

Read = dict[str, dict[tuple[tuple[str, str], ...], float]]


def read_back(text: str) -> Read:
    """Samples by name and labels. Every line must be right, every family told once and before its samples."""
    found: Read = {}
    helped: set[str] = set()
    assert text.endswith("\n")
    for line in text.splitlines():
        if told := re.fullmatch(rf"# (HELP|TYPE) ({NAME}) (.+)", line):
            if told[1] == "HELP":
                assert told[2] not in helped
                helped.add(told[2])
            else:
                assert told[2] in helped
                assert told[3] in ("gauge", "counter", "histogram")
                assert (told[3] == "counter") == told[2].endswith("_total")
                endings = ("_bucket", "_sum", "_count") if told[3] == "histogram" else ("",)
                found.update({told[2] + ending: {} for ending in endings})
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        inside = sample[2] or ""
        labels = tuple((m[1], m[2]) for m in LABEL.finditer(inside))
        assert ",".join(f'{name}="{value}"' for name, value in labels) == inside
        assert labels not in found[sample[1]], line
        found[sample[1]][labels] = float(sample[3])
    return found


@pytest.fixture
def scraped(store: Store, ask: Asker) -> Read:
    """The figures of a paper with sources, on each kind of database."""
    print_paper(store)
    add_sources(store)
    answer = ask(store).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert SECRET not in answer.text
    return read_back(answer.text)


def of(read: Read, name: str, number: int) -> float | None:
    return next((x for labels, x in read[f"ortoo_source_{name}"].items() if ("source", str(number)) in labels), None)


def test_what_is_told_of_a_source(scraped: Read) -> None:
    hour_ago = (NOW - HOUR).timestamp()
    assert of(scraped, "last_success_timestamp_seconds", 1) == hour_ago
    assert of(scraped, "last_fetch_timestamp_seconds", 1) == hour_ago
    assert of(scraped, "last_item_timestamp_seconds", 1) == hour_ago
    assert of(scraped, "next_due_timestamp_seconds", 1) == (NOW + HOUR).timestamp()
    assert of(scraped, "usual_items_per_day", 1) == 3.4
    assert of(scraped, "items_today", 1) == of(scraped, "fetch_items_added", 1) == 5
    assert of(scraped, "fetch_duration_seconds", 1) == 0.42
    assert of(scraped, "fetch_bytes", 1) == 12_300
    assert of(scraped, "failures", 2) == 3
    assert of(scraped, "held_batches", HELD) == 1


def test_what_is_not_known_is_absent(scraped: Read) -> None:
    assert of(scraped, "last_success_timestamp_seconds", NEVER_FETCHED) is None
    assert of(scraped, "fetch_bytes", NEVER_FETCHED) is None
    assert of(scraped, "next_due_timestamp_seconds", SWITCHED_OFF) is None


def test_every_source_has_one_status(scraped: Read) -> None:
    states: dict[str, list[str]] = {}
    samples = scraped["ortoo_source_status"]
    assert len(samples) == len(SOURCES) * len(Status)
    for labels, value in samples.items():
        told = dict(labels)
        if value:
            states.setdefault(told["source"], []).append(told["status"])
    assert states == {
        str(n): [status]
        for n, status in enumerate(
            ["on-time", "failing", "blocked", "late", "late", "on-time", "on-time", "paused", "held", "new"], 1
        )
    }


def test_what_is_told_of_the_paper(scraped: Read) -> None:
    (build,) = scraped["ortoo_build_info"]
    assert dict(build)["version"] == __version__
    assert dict(build)["database"] in ("sqlite", "postgresql")
    assert scraped["ortoo_store_revision"][()] > 0
    assert scraped["ortoo_listed_headlines"][(("language", "mn"),)] == 3
    assert scraped["ortoo_listed_headlines"][(("language", "kk"),)] == 1


def queue(*states: object) -> tuple[float, float, float]:
    """Due, claimed, lag of sources in these states."""
    healths = [
        SourceHealth(source, state, Status.ON_TIME, days=((NOW.date(), 0),))  # type: ignore[arg-type]
        for (source, _, _), state in zip(SOURCES, states, strict=False)
    ]
    due, claimed, lag = (gauge.samples[0][1] for gauge in of_sources(healths, NOW)[:3])
    return due, claimed, lag


def test_the_queue_holds_what_is_due_and_not_claimed() -> None:
    late = replace(WELL, next_at=NOW - timedelta(minutes=10))
    claimed = replace(late, lease_owner="w", lease_until=NOW + timedelta(minutes=1))
    dead = replace(late, next_at=NOW - HOUR, lease_owner="w", lease_until=NOW - timedelta(minutes=1))
    assert queue(WELL) == (0, 0, 0)
    assert queue(WELL, late) == (1, 0, 600)
    assert queue(WELL, claimed) == (0, 1, 0)
    assert queue(late, claimed, dead) == (2, 1, 3600)


def test_a_store_without_anything_has_figures_too(blank: Client) -> None:
    read = read_back(blank.get("/metrics").text)
    assert read["ortoo_fetch_due_sources"] == {(): 0}
    assert "ortoo_source_status" not in read


def test_it_costs_few_questions(sqlite_store: Store, ask: Asker) -> None:
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    asked = questions(sqlite_store, ask, "/metrics")
    assert len(asked) <= 9
    assert not [q for q in asked if "count(*)" in q and not any(few in q for few in ("held", "fetches", "story_queue"))]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Basic c2VzYW1l"}, 401),
        ({"Authorization": "sesame"}, 401),
        ({"Authorization": "Bearer \u00e9"}, 401),
        ({"Authorization": "Bearer sesame"}, 200),
        ({"Authorization": "bearer  sesame"}, 200),
    ],
)
def test_with_a_token_it_is_for_who_has_it(
    sqlite_store: Store, clock: Clock, given: dict[str, str], status: int
) -> None:
    with Client(create_app(Settings(metrics_token="sesame"), sqlite_store, clock)) as client:
        answer = client.get("/metrics", given)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "ortoo_" not in answer.text
