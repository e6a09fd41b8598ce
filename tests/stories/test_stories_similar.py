"""Which headlines come nearest to a text, offline: hubs, sentences and a few words, texts that are embedded once."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.stories import offline, space
from app.stories.remembering import RememberingEmbedder
from app.stories.space import DIMENSIONS, Vectors, unit


class Written:
    """An embedder that gives written vectors, and counts what it is asked."""

    model = "written"

    def __init__(self, vectors: dict[str, Vectors]) -> None:
        self.vectors, self.closed = vectors, False
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[Vectors | None]:
        self.asked += texts
        return [self.vectors.get(text) for text in texts]

    def close(self) -> None:
        self.closed = True


def rows(titles: Sequence[str], language: str) -> list[tuple[str, str, str, str, str]]:
    return [(title, "2026-01-15T08:00", "montsame.mn", language, title) for title in titles]


@pytest.fixture
def flat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The space as it is without anything learnt: what is near is near as the vectors were written."""
    nothing = np.zeros(DIMENSIONS, dtype=np.float32)
    monkeypatch.setattr(space, "_learnt", lambda: (nothing, nothing, np.eye(DIMENSIONS, dtype=np.float32)))


QUERY = "Herders in three provinces sell their wool to a new factory"


def crowd(random: np.random.Generator) -> tuple[dict[str, Vectors], list[str], list[str]]:
    """A hundred and twenty English and as many Mongolian titles; one of these is near to all the English ones but
    QUERY, to which another one is nearly as near as the hub is."""
    centre, own = unit(random.standard_normal((2, DIMENSIONS)).astype("f4"))
    english = [f"Englishtitle {'x' * n}" for n in range(3, 123)]
    mongolian = [f"гарчиг {'ө' * n}" for n in range(3, 123)]
    vectors = dict(
        zip(english, unit(0.02 * random.standard_normal((120, DIMENSIONS)).astype("f4") + centre), strict=True)
    )
    vectors |= dict(zip(mongolian, unit(random.standard_normal((120, DIMENSIONS)).astype("f4")), strict=True))
    vectors["зангилаа гарчиг"] = unit((centre + 0.6 * own)[None])[0]
    vectors["хариу гарчиг"] = unit((0.2 * centre + random.standard_normal(DIMENSIONS).astype("f4") / 40 + own)[None])[0]
    vectors[QUERY] = unit((own + centre)[None])[0]
    return vectors, english, [*mongolian, "зангилаа гарчиг", "хариу гарчиг"]


@pytest.mark.usefixtures("flat")
def test_a_title_that_is_near_to_everything_does_not_come_first() -> None:
    vectors, english, mongolian = crowd(np.random.default_rng(5))
    embedder = Written(vectors)
    alone = offline.similar(QUERY, rows(mongolian[-2:], "mn"), "mn", embedder)
    among = offline.similar(QUERY, rows(english, "en") + rows(mongolian, "mn"), "mn", embedder)
    assert alone == ["зангилаа гарчиг", "хариу гарчиг"]
    assert among[:2] == ["хариу гарчиг", "зангилаа гарчиг"]
    assert set(among) == set(mongolian)


@pytest.mark.usefixtures("flat")
def test_titles_without_a_vector_come_last_and_without_any_words_decide() -> None:
    vectors, english, mongolian = crowd(np.random.default_rng(5))
    del vectors["хариу гарчиг"]
    among = offline.similar(QUERY, rows(english, "en") + rows(mongolian, "mn"), "mn", Written(vectors))
    assert among[0] == "зангилаа гарчиг"
    assert set(among) == set(mongolian)
    coal = rows(["Цас орно", "Нүүрсний экспорт өсөв"], "mn")
    assert offline.similar("coal exports", coal, "mn", Written({})) == ["Нүүрсний экспорт өсөв", "Цас орно"]


def test_texts_are_embedded_once_and_the_oldest_are_forgotten() -> None:
    inner = Written({name: np.full(DIMENSIONS, value, np.float32) for name, value in (("a", 1.0), ("b", 2.0))})
    embedder = RememberingEmbedder(inner, most=2)
    first = embedder.embed(["a", "none", "a"])
    assert [None if v is None else float(v[0]) for v in first] == [1.0, None, 1.0]
    assert [None if v is None else float(v[0]) for v in embedder.embed(["none", "a", "b"])] == [None, 1.0, 2.0]
    assert inner.asked == ["a", "none", "b"]
    embedder.embed(["b", "a", "none"])
    assert inner.asked == ["a", "none", "b", "none"]  # only the two that were asked for last were known
    embedder.close()
    assert inner.closed
    embedder.embed(["b"])
    assert inner.asked[-1] == "b"
