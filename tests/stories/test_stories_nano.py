"""The embedding process: the same numbers every time, and an end to whatever hangs, dies or lies."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from app.errors import EmbedderGone
from app.stories.nano import NanoEmbedder, problem
from app.stories.space import DIMENSIONS

EN, MN = "US pauses visas for 75 countries", "АНУ 75 улсын иргэдэд виз олгохоо зогсоов"

# An embedding process that does what is asked of it by the first letters of a text, and counts its starts.
_ODD = """
import os, struct, sys, time
open({path!r}, "a").write("x")
os.write(1, b"READY\\n")
source = sys.stdin.buffer
while head := source.read(2):
    texts = []
    for _ in range(struct.unpack(">H", head)[0]):
        texts.append(source.read(struct.unpack(">H", source.read(2))[0]).decode())
    if any(text.startswith("die") for text in texts):
        os.kill(os.getpid(), 11)
    if any(text.startswith("sleep") for text in texts):
        time.sleep(600)
    for text in texts:
        value = float("nan") if text.startswith("nan") else 1.0
        os.write(1, struct.pack("<384f", *[value] * 384))
"""


@pytest.fixture
def odd(tmp_path: Path) -> tuple[tuple[str, ...], Path]:
    starts = tmp_path / "starts"
    return ("-c", _ODD.format(path=str(starts))), starts


def test_translations_are_near_and_batches_do_not_matter() -> None:
    with NanoEmbedder() as embedder:
        one, other, far = embedder.embed([EN, MN, "Цагаан сарын баярын мэнд"])
        assert one is not None
        assert other is not None
        assert far is not None
        assert one.shape == (DIMENSIONS,)
        assert abs(float(np.linalg.norm(one)) - 1) < 1e-5
        assert float(one @ other) > float(one @ far) + 0.05
        (alone,) = embedder.embed([EN])
        assert alone is not None
        assert np.array_equal(alone, one)


@pytest.mark.parametrize(
    "text",
    [
        "\ufdfa" * 5000,
        "a\0b" * 99,
        "ө" * 1_000_000,
        "\ud800\udfff" * 50,
        "שלום\u202e " * 90,
        "漢" * 300,
        "\U0001f600" * 300,
    ],
)
def test_hostile_text_has_a_vector_or_none_and_the_process_lives(text: str) -> None:
    with NanoEmbedder() as embedder:
        embedder.warm()
        assert embedder._child is not None
        process = embedder._child.process
        (vector,) = embedder.embed([text])
        assert vector is None or np.all(np.isfinite(vector))
        assert embedder._child.process is process
        assert process.poll() is None


def test_nothing_is_not_embedded() -> None:
    with NanoEmbedder() as embedder:
        assert embedder.embed(["", " \0 ", "\u202e"]) == [None, None, None]
        assert embedder._child is None


def test_a_text_that_kills_twice_has_no_vector_and_its_neighbours_have(odd: tuple[tuple[str, ...], Path]) -> None:
    program, starts = odd
    with NanoEmbedder(program) as embedder:
        vectors = embedder.embed(["one", "die", "two"])
    assert [vector is None for vector in vectors] == [False, True, False]
    assert len(starts.read_text("ascii")) == 3


def test_one_that_takes_too_long_or_answers_no_numbers_has_no_vector(odd: tuple[tuple[str, ...], Path]) -> None:
    with NanoEmbedder(odd[0], seconds=0.5) as embedder:
        assert embedder.embed(["sleep"]) == [None]
        vectors = embedder.embed(["one", "nan"])
        assert [vector is None for vector in vectors] == [False, True]


def test_a_process_killed_between_two_questions_is_replaced(odd: tuple[tuple[str, ...], Path]) -> None:
    with NanoEmbedder(odd[0]) as embedder:
        embedder.warm()
        assert embedder._child is not None
        os.kill(embedder._child.process.pid, signal.SIGKILL)
        assert embedder.embed(["one"])[0] is not None


def test_a_process_that_does_not_start_is_named() -> None:
    with NanoEmbedder(("-c", "raise SystemExit(1)")) as embedder, pytest.raises(EmbedderGone, match="does not start"):
        embedder.embed(["one"])


def test_a_processor_without_avx2_is_refused(tmp_path: Path) -> None:
    told = tmp_path / "cpuinfo"
    told.write_text("flags : fpu sse2 fma\n", "ascii")
    assert "AVX2" in str(problem(told))
    told.write_text("flags : fpu avx2 fma\n", "ascii")
    assert problem(told) is None
    assert "does not tell" in str(problem(tmp_path / "nowhere"))
