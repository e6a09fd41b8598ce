"""Figures in the text format of Prometheus, version 0.0.4
(https://prometheus.io/docs/instrumenting/exposition_formats/)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[Mapping[str, str], float]
"""Labels and a value."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure that goes up and down, in the base unit that its name ends in. `about` is one sentence."""

    name: str
    about: str
    samples: tuple[Sample, ...]
    kind: str = "gauge"


def total(name: str, about: str, samples: Iterable[Sample]) -> Gauge:
    """A figure that only rises, but for restarts. Its name ends in `_total`."""
    return Gauge(name, about, tuple(samples), "counter")


Cell = tuple[Mapping[str, str], Sequence[int], float]
"""Labels, how many fell into each bucket and into none of them, and the sum of all values."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How values are spread. `bounds`: up to where each bucket reaches."""

    name: str
    about: str
    bounds: Sequence[float]
    samples: tuple[Cell, ...]


def exposition(families: Iterable[Gauge | Histogram]) -> str:
    """The figures as text; a family without samples is left out."""
    return "".join(_family(family) for family in families if family.samples)


def _family(family: Gauge | Histogram) -> str:
    about = family.about.replace("\\", "\\\\").replace("\n", "\\n")
    kind = family.kind if isinstance(family, Gauge) else "histogram"
    lines = [f"# HELP {family.name} {about}", f"# TYPE {family.name} {kind}"]
    if isinstance(family, Gauge):
        lines += [f"{family.name}{_labels(labels)} {_number(value)}" for labels, value in family.samples]
    else:
        for cell in family.samples:
            lines += _spread(family.name, family.bounds, cell)
    return "\n".join(lines) + "\n"


def _spread(name: str, bounds: Sequence[float], cell: Cell) -> list[str]:
    labels, counts, summed = cell
    upto = (*bounds, math.inf)
    lines = [
        f"{name}_bucket{_labels({**labels, 'le': _number(bound)})} {n}"
        for bound, n in zip(upto, accumulate(counts), strict=True)
    ]
    return [*lines, f"{name}_sum{_labels(labels)} {_number(summed)}", f"{name}_count{_labels(labels)} {sum(counts)}"]


def _labels(labels: Mapping[str, str]) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else repr(float(value))
