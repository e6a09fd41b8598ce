"""Figures in the text format of Prometheus, version 0.0.4
(https://prometheus.io/docs/instrumenting/exposition_formats/)."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[Mapping[str, str], float]
"""Labels and a value."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure that goes up and down, in the base unit that its name ends in. `about` is one sentence."""

    name: str
    about: str
    samples: tuple[Sample, ...]


def exposition(gauges: Iterable[Gauge]) -> str:
    """The gauges as text; one without samples is left out."""
    return "".join(_family(gauge) for gauge in gauges if gauge.samples)


def _family(gauge: Gauge) -> str:
    about = gauge.about.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {gauge.name} {about}", f"# TYPE {gauge.name} gauge"]
    lines += [f"{gauge.name}{_labels(labels)} {_number(value)}" for labels, value in gauge.samples]
    return "\n".join(lines) + "\n"


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
