"""A model of one's own, on a tiny one that is made here."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from app.errors import EmbedderGone
from app.stories.choice import chosen
from app.stories.onnx import OnnxEmbedder
from app.stories.space import DIMENSIONS

onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")
tokenizers = pytest.importorskip("tokenizers", reason="the extra onnx is not installed")

WORDS = ["[PAD]", "[UNK]", "query", ":", "coal", "exports", "rise", "нүүрс", "экспорт"]


def tiny(directory: Path, dimensions: int = DIMENSIONS) -> Path:
    """A model that looks each word up in a table of fixed numbers."""
    helper, numbers = onnx.helper, onnx.TensorProto
    table = np.random.default_rng(5).standard_normal((len(WORDS), dimensions)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["tokens"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", numbers.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("tokens", numbers.FLOAT, ["batch", "length", dimensions])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    (directory / "model.onnx").write_bytes(model.SerializeToString())
    vocabulary = {word: place for place, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(directory / "tokenizer.json"))
    return directory


def embedded(directory: Path, texts: Sequence[str]) -> list[np.ndarray | None]:
    return list(OnnxEmbedder(directory).embed(texts))


def test_texts_become_vectors_whatever_stands_beside_them(tmp_path: Path) -> None:
    one, nothing, other = embedded(tiny(tmp_path), ["coal exports", "", "coal exports rise нүүрс экспорт"])
    assert nothing is None
    assert one is not None
    assert other is not None
    assert one.shape == (DIMENSIONS,)
    assert abs(float(np.linalg.norm(one)) - 1) < 1e-5
    (alone,) = embedded(tmp_path, ["coal exports"])
    assert alone is not None
    assert np.allclose(alone, one, atol=1e-6)


def test_the_settings_choose_it_and_its_name_is_its_content(tmp_path: Path) -> None:
    model = chosen(str(tiny(tmp_path))).model
    assert model.startswith("onnx ")
    tiny(tmp_path)
    assert OnnxEmbedder(tmp_path).model == model


def test_hostile_text_is_guarded(tmp_path: Path) -> None:
    vectors = embedded(tiny(tmp_path), ["\ufdfa" * 5000, "a\0b", "\ud800", "ө" * 1_000_000])
    assert [vector is None for vector in vectors] == [False, False, True, False]


def test_what_is_missing_or_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderGone, match=r"model\.onnx"):
        OnnxEmbedder(tmp_path)
    tiny(tmp_path, dimensions=7)
    with pytest.raises(EmbedderGone, match="not 384"):
        embedded(tmp_path, ["coal"])
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(EmbedderGone, match="cannot be read"):
        OnnxEmbedder(tmp_path)
