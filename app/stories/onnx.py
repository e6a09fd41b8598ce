"""An operator's own model, run by ONNX Runtime (extra `onnx`): a directory with `model.onnx` and `tokenizer.json`, as
sentence models are published. The model's first output, a vector for each token, is averaged over the tokens.

The linker was fitted to the vectors of multilingual-e5-small: DIMENSIONS numbers, English and Mongolian means as in
`app.stories.space`. Another export of that model may stand in for it; a different one wants `docs/recipes/stories`.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import EmbedderGone
from app.stories.space import DIMENSIONS, Vectors, unit
from app.stories.text import guarded

PREFIX = "query: "
"""What E5 models want in front of a text that is compared with its like."""

_TOKENS = 128
_BATCH = 32


class OnnxEmbedder:
    """An `Embedder` in this process. EmbedderGone where the extra or a file is missing or cannot be read."""

    def __init__(self, directory: str | Path) -> None:
        try:
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise EmbedderGone("A model of one's own needs ONNX Runtime: pip install 'ortoo[onnx]'.") from error
        model, words = Path(directory, "model.onnx"), Path(directory, "tokenizer.json")
        for path in (model, words):
            if not path.is_file():
                raise EmbedderGone(f"{path}: there is no such file. ORTOO_STORIES_MODEL names its directory.")
        try:
            self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(words))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise whatever comes
            raise EmbedderGone(f"{directory}: the model cannot be read ({error}).") from error
        self._tokenizer.enable_truncation(_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self.model = f"onnx {_fingerprint(model)}"

    def embed(self, texts: Sequence[str]) -> list[Vectors | None]:
        """See `Embedder`."""
        safe = [guarded(text) for text in texts]
        vectors: list[Vectors | None] = [None] * len(safe)
        wanted = [at for at, text in enumerate(safe) if text]
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            for at, vector in zip(part, self._batch([safe[at] for at in part]), strict=True):
                vectors[at] = vector if np.all(np.isfinite(vector)) and np.any(vector) else None
        return vectors

    def close(self) -> None:
        """Nothing is held that would not go by itself."""

    def _batch(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch([PREFIX + text for text in texts])
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        try:
            tokens = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        except Exception as error:
            raise EmbedderGone(f"The model cannot be run ({error}).") from error
        if tokens.ndim != 3 or tokens.shape[2] != DIMENSIONS:
            raise EmbedderGone(f"The model gives {tokens.shape[1:]} for a text, not {DIMENSIONS} numbers a token.")
        weights = mask[:, :, None].astype(np.float32)
        return unit((tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0))


def _fingerprint(path: Path) -> str:
    """The model's own name: a changed file is another model."""
    digest = hashlib.blake2b(digest_size=8)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
