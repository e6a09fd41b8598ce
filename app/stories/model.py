"""How likely two headlines tell the same event: a score from their features (fitted by `docs/recipes/stories/fit.py`).

Half a logistic regression, which holds outside of what it was fitted on, half boosted trees, which know that a great
likeness of the vectors needs no shared words and a small one does. Both are evaluated here, in plain Python, exactly as
they were fitted: the same headlines give the same stories on every machine.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Trees:
    """`feature[i]` < 0 marks a leaf of value `limit[i]`; else go `left[i]` if the feature is at most `limit[i]`."""

    base: float
    roots: tuple[int, ...]
    feature: tuple[int, ...]
    limit: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]

    def score(self, row: Sequence[float]) -> float:
        """The log-odds that the trees give."""
        total = self.base
        feature, limit, left, right = self.feature, self.limit, self.left, self.right
        for node in self.roots:
            while (which := feature[node]) >= 0:
                node = left[node] if row[which] <= limit[node] else right[node]
            total += limit[node]
        return total


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one kind of pair; `features` names what it expects, in order."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    trees: Trees

    def __call__(self, row: Sequence[float]) -> float:
        linear = self.bias + sum(weight * value for weight, value in zip(self.weights, row, strict=True))
        return (linear + self.trees.score(row)) / 2


@dataclass(frozen=True, slots=True)
class Model:
    """`across` and `within` score pairs in two languages and in one. A headline joins the story whose headlines' mean
    score is `threshold` or more; from `sure` above it on, pages say "the same story", below "possibly the same"."""

    version: int
    across: Score
    within: Score
    threshold: float
    sure: float


@cache
def model(*, vectors: bool = True) -> Model:
    """The fitted model; without `vectors` the one that knows words, names and numbers only."""
    data = json.loads(files("app.stories").joinpath("data", "linker.json").read_text("utf-8"))
    part = data["vectors" if vectors else "words"]
    return Model(data["version"], _score(part["across"]), _score(part["within"]), part["threshold"], part["sure"])


def _score(data: dict[str, Any]) -> Score:
    trees = data["trees"]
    return Score(
        tuple(data["features"]),
        tuple(data["weights"]),
        data["bias"],
        Trees(trees["base"], *(tuple(trees[name]) for name in ("roots", "feature", "limit", "left", "right"))),
    )
