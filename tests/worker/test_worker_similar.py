"""Headlines in the other language: with vectors, by words, and in time whatever happens."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from app.clock import Clock
from app.errors import EmbedderGone
from app.store import Store
from app.stories.embedder import Embedder
from app.stories.nano import NanoEmbedder
from app.stories.space import Vectors
from app.worker.link import Linking
from app.worker.similar import SimilarHeadlines
from tests.builders import headline, results

LONG = 60.0  # seconds until a test gives up


@pytest.fixture(scope="module")
def nano() -> Iterator[NanoEmbedder]:
    with NanoEmbedder() as embedder:
        yield embedder


@pytest.fixture
def filled(store: Store, clock: Clock, nano: NanoEmbedder) -> Store:
    """1: coal in English; 2: coal, 3: visas, 4: wrestling in Mongolian."""
    told = [
        ("en", "Coal exports hit a record in December"),
        ("mn", "Нүүрсний экспорт арванхоёрдугаар сард дээд амжилт тогтоов"),
    ]
    told += [("mn", "АНУ виз олгохоо түр зогсоолоо"), ("mn", "Монгол бөх Токиод алтан медаль хүртлээ")]
    results(
        store, *(headline(title, f"https://montsame.mn/{n}", language=code) for n, (code, title) in enumerate(told))
    )
    Linking(store, nano, clock).step()
    return store


class Lent:
    """An embedder that somebody else closes."""

    def __init__(self, nano: NanoEmbedder) -> None:
        self.model, self._nano = nano.model, nano

    def embed(self, texts: Sequence[str]) -> Sequence[Vectors | None]:
        return self._nano.embed(texts)

    def close(self) -> None:
        """Its owner does."""


Asking = Callable[..., SimilarHeadlines]


@pytest.fixture
def asking(filled: Store, nano: NanoEmbedder) -> Iterator[Asking]:
    """Makes one that is ready, or (`cold`) one that nobody has asked yet; all are closed at the end."""
    made: list[SimilarHeadlines] = []

    def make(embedder: Embedder | None = None, *, cold: bool = False, megabytes: int = 400) -> SimilarHeadlines:
        made.append(SimilarHeadlines(filled, lambda: embedder or Lent(nano), megabytes))
        if not cold:
            made[-1].renew()
            made[-1].wait(LONG)
        return made[-1]

    yield make
    for similar in made:
        similar.close()


def test_a_question_finds_the_other_language(asking: Asking) -> None:
    similar = asking()
    found = similar.ask("coal exports", 2, LONG)
    assert (found.language, found.by_words) == ("mn", False)
    assert found.headlines[0] == 2
    back = similar.ask("нүүрсний экспорт", 5, LONG)
    assert (back.language, back.headlines) == ("en", (1,))
    assert similar.ask("quantum entanglement of photons", 5, LONG).headlines == ()


def test_what_came_since_is_found(filled: Store, asking: Asking, nano: NanoEmbedder, clock: Clock) -> None:
    similar = asking()
    (new,) = results(filled, headline("Зэсийн үнэ Лондонгийн зах зээлд өслөө", "https://montsame.mn/9", language="mn"))
    Linking(filled, nano, clock).step()
    similar.renew()
    similar.wait(LONG)
    assert similar.ask("copper price rises in London", 3, LONG).headlines[0] == new.headline_id


def test_the_first_question_is_answered_by_words(asking: Asking) -> None:
    similar = asking(cold=True)
    found = similar.ask("visa", 5)
    assert (found.headlines, found.by_words) == ((3,), True)
    assert similar.ask(" \0 ", 5).headlines == ()


class Stuck:
    """An embedder that answers the first text, and no other until it may."""

    def __init__(self, nano: NanoEmbedder) -> None:
        self.model, self._nano, self._asked, self.end = nano.model, nano, 0, threading.Event()

    def embed(self, texts: Sequence[str]) -> Sequence[Vectors | None]:
        self._asked += 1
        if self._asked > 1:
            self.end.wait(LONG)
        return self._nano.embed(texts)

    def close(self) -> None:
        self.end.set()


def test_one_that_is_late_is_not_waited_for(asking: Asking, nano: NanoEmbedder) -> None:
    stuck = Stuck(nano)
    found = asking(stuck).ask("visa", 5, 0.05)
    stuck.end.set()
    assert (found.headlines, found.by_words) == ((3,), True)


class Gone:
    """An embedder that cannot be run."""

    model = "gone"

    def embed(self, texts: Sequence[str]) -> Sequence[Vectors | None]:
        raise EmbedderGone("There is none.")

    def close(self) -> None:
        """Nothing to give back."""


def test_without_a_model_words_answer(asking: Asking) -> None:
    found = asking(Gone()).ask("visa", 5)
    assert (found.headlines, found.by_words) == ((3,), True)


def test_memory_holds_the_newest_only(asking: Asking) -> None:
    assert asking(megabytes=0).ask("visa", 5, LONG).by_words
