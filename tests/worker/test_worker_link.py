"""Linking from the queue: nothing is lost, nothing comes twice, whoever dies and whoever else is at work."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import app
from app.clock import Clock
from app.errors import EmbedderGone
from app.ingest.payload import Payload
from app.model.story import Covered, Level
from app.pipeline import ingest
from app.store import Store
from app.stories.nano import NanoEmbedder
from app.stories.space import Vectors
from app.worker import relink
from app.worker.link import LEASE, Linking
from tests.builders import DAY, NOW, headline, results, rows

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
VISA = "75"


def at(hour: int) -> datetime:
    return datetime(2026, 1, 15, hour, tzinfo=UTC)


def coal(store: Store) -> list[int]:
    """Two headlines of one event, and one of another, in the order of time."""
    made = results(
        store,
        headline("Coal exports rise 13.6 percent to 83 million tonnes", "https://montsame.mn/1", at=at(1)),
        headline("Нүүрсний экспорт 13.6 хувиар өсөж, 83 сая тоннд хүрэв", "https://gogo.mn/2", at=at(2), language="mn"),
        headline("Mongolian wrestler wins gold in Tokyo", "https://montsame.mn/3", at=at(3)),
    )
    return [result.headline_id or 0 for result in made]


def membership(store: Store) -> dict[int, int]:
    return {row["headline_id"]: row["story_id"] for row in rows(store, "story_members")}


def test_words_link_where_there_is_no_model(store: Store, clock: Clock) -> None:
    en, mn, other = coal(store)
    linking = Linking(store, None, clock)
    assert linking.step() == 3
    assert linking.step() == 0
    assert membership(store) == {en: 1, mn: 1}
    with store.reading() as reader:
        assert reader.stories.waiting() == 0
        assert {row["vector"] for row in rows(store, "story_vectors")} == {None}
        assert reader.stories.of_headlines([en, mn, other]).keys() == {en, mn}


def test_the_sample_has_exactly_the_visa_pair(store: Store, clock: Clock) -> None:
    ingest(Payload.of(SAMPLE, name="sample"), store, now=NOW)
    with NanoEmbedder() as embedder:
        assert Linking(store, embedder, clock).step(100) == 20
    with store.reading() as reader:
        (story,) = reader.stories.top(date(2026, 1, 1), date(2026, 1, 31), 10)
        assert len(rows(store, "stories")) == 1
        assert story.languages == ("en", "mn")
        assert [VISA in member.row.title for member in story.members] == [True, True]
        assert {member.level for member in story.members} == {Level.SAME}
        assert story.covered is Covered.BOTH
        evidence = next(member.evidence for member in story.members if member.evidence)
        assert evidence.numbers == (75.0,)
        assert evidence.similarity is not None
        assert reader.stories.coverage([date(2026, 1, 15)])[date(2026, 1, 15)].both == 2


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_batches_give_the_same_stories(store: Store, clock: Clock, batch: int) -> None:
    en, mn, _ = coal(store)
    linking = Linking(store, None, clock)
    while linking.step(batch):
        pass
    assert membership(store) == {en: 1, mn: 1}


class Gone:
    """An embedder that breaks down."""

    model = "gone"

    def embed(self, texts: Sequence[str]) -> Sequence[Vectors | None]:
        raise EmbedderGone("It is gone.")

    def close(self) -> None:
        pass


def test_what_cannot_be_embedded_waits_on(store: Store, clock: Clock) -> None:
    coal(store)
    with pytest.raises(EmbedderGone):
        Linking(store, Gone(), clock).step()
    assert Linking(store, None, clock).step() == 3


class Meddling:
    """An embedder during whose work somebody else does something."""

    model = "meddling"

    def __init__(self, meanwhile: Linking) -> None:
        self._meanwhile = meanwhile

    def embed(self, texts: Sequence[str]) -> Sequence[Vectors | None]:
        self._meanwhile.step()
        return [None for _ in texts]

    def close(self) -> None:
        pass


def test_one_that_was_overtaken_writes_nothing(store: Store, clock: Clock) -> None:
    coal(store)
    later = Linking(store, None, lambda: NOW + 2 * LEASE)
    assert Linking(store, Meddling(later), clock).step() == 3
    assert membership(store) == {1: 1, 2: 1}
    assert {row["model_id"] for row in rows(store, "story_vectors")} == {1}
    assert [row["name"] for row in rows(store, "story_models")] == [later.model]


def test_a_headline_in_another_language_is_forgotten(store: Store, clock: Clock) -> None:
    coal(store)
    with store.writing() as writer:
        writer._connection.exec_driver_sql("UPDATE headlines SET language = 'ru' WHERE id = 3")
    assert Linking(store, None, clock).step() == 3
    assert {row["headline_id"] for row in rows(store, "story_vectors")} == {1, 2}
    assert rows(store, "story_queue") == []


_DYING = """
import sys, time
from datetime import datetime
from app.store import Store
from app.worker.link import Linking

class Slow:
    model = "slow"
    def embed(self, texts):
        print("embedding", flush=True)
        time.sleep(600)

Linking(Store.open(sys.argv[1]), Slow(), lambda: datetime.fromisoformat(sys.argv[2])).step()
"""


def test_one_killed_in_mid_batch_loses_nothing_and_repeats_nothing(
    store: Store, database_url: str, clock: Clock
) -> None:
    coal(store)
    dying = subprocess.Popen(
        [sys.executable, "-c", _DYING, database_url, NOW.isoformat()],
        stdout=subprocess.PIPE,
        cwd=Path(app.__file__).parent.parent,
    )
    assert dying.stdout is not None
    assert dying.stdout.readline() == b"embedding\n"
    os.kill(dying.pid, signal.SIGKILL)
    dying.wait()
    dying.stdout.close()
    assert len(rows(store, "story_queue")) == 3
    assert Linking(store, None, clock).step() == 0
    assert Linking(store, None, lambda: NOW + LEASE + timedelta(seconds=1)).step() == 3
    assert membership(store) == {1: 1, 2: 1}
    assert rows(store, "story_queue") == []


def test_the_news_goes_before_the_archive(store: Store) -> None:
    old = headline("An old one", "https://montsame.mn/old", at=NOW - timedelta(days=30))
    results(store, old)
    results(store, headline("A new one", "https://montsame.mn/new", at=NOW))
    with store.writing() as writer:
        assert writer.linking.take(1, NOW, NOW + LEASE) == (2,)
        assert writer.linking.take(9, NOW, NOW + LEASE) == (1,)
        writer.linking.give_back([2])
        assert writer.linking.take(9, NOW, NOW + LEASE) == (2,)


def test_relinking_shows_what_changes_and_keeps_numbers(store: Store, clock: Clock) -> None:
    en, mn, other = coal(store)
    linking = Linking(store, None, clock)
    linking.step()
    assert relink.plan(store, DAY, DAY, linking.model).changes == ()
    with store.writing() as writer:
        writer._connection.exec_driver_sql(f"UPDATE story_members SET headline_id = {other} WHERE headline_id = {mn}")
    plan = relink.plan(store, DAY, DAY, linking.model)
    assert [(change.headline.id, change.before, change.after) for change in plan.changes] == [
        (mn, None, 1),
        (other, 1, None),
    ]
    assert membership(store) == {en: 1, other: 1}
    assert relink.apply(store, plan, NOW)
    assert membership(store) == {en: 1, mn: 1}
    assert not relink.apply(store, plan, NOW)


def test_relinking_leaves_what_a_person_decided(store: Store, clock: Clock) -> None:
    en, mn, other = coal(store)
    linking = Linking(store, None, clock)
    linking.step()
    with store.writing() as writer:
        writer.stories.split(1, [mn], "bat", NOW)
        writer.stories.merge([mn, other], "bat", NOW)
    plan = relink.plan(store, DAY, DAY, linking.model)
    assert plan.changes == ()
    assert relink.apply(store, plan, NOW)
    assert membership(store) == {en: 1, mn: 2, other: 2}


def test_a_new_model_looks_at_everything_again_and_moves_nobody(store: Store, clock: Clock) -> None:
    en, mn, _ = coal(store)
    Linking(store, None, clock).step()
    with store.writing() as writer:
        assert writer.linking.add_missing("another") == 3
        assert writer.linking.add_missing("another") == 3
    before = membership(store)
    Linking(store, None, clock).step()
    assert membership(store) == before == {en: 1, mn: 1}
