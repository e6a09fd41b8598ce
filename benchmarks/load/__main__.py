"""Run mixed load on a whole installation, and faults with it; report what came of it.

Run: `python -m benchmarks.load [--database postgresql|sqlite] [--minutes 10] [--faults web,worker,…]`.
Everything is on loopback and is gone afterwards. As root a disk is filled, too.
"""

import argparse
import os
import platform
import signal
import sys
from collections import Counter
from datetime import UTC, datetime

from benchmarks.load.plan import FAULTS, Plan, faults_of
from benchmarks.load.report import faults_of as wrong_with
from benchmarks.load.report import summary, table
from benchmarks.load.run import run

SHOWN = 30


def main() -> int:
    """0 when everything that is promised was kept."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # so that nothing of ours stays behind
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--faults", default=",".join(FAULTS), help="which, of these")
    parser.add_argument("--rate", type=float, default=25.0, help="requests a second")
    parser.add_argument("--clients", type=int, default=8, help="threads that ask")
    parser.add_argument("--headlines", type=int, default=5_000, help="in the store before")
    parser.add_argument("--settling", type=float, default=240.0, help="seconds that workers have after the load")
    parser.add_argument("--untimed", action="store_true", help="say nothing about when requests failed")
    asked = parser.parse_args()
    plan = Plan(
        asked.database,
        asked.minutes,
        faults_of(asked.database, asked.faults.split(",")),
        rate=asked.rate,
        clients=asked.clients,
        headlines=asked.headlines,
        settling=asked.settling,
        timed=not asked.untimed,
    )
    outcome = run(plan, lambda text: print(text, flush=True))
    about = f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[1]:.1f}"
    print(f"\n{plan.database}, {plan.minutes:g} minutes, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {about}\n")
    print(table(outcome) + "\n\n" + summary(outcome))
    for line, times in Counter(line[:200] for line in outcome.complaints).most_common(SHOWN):
        print(f"  said {times} ×: {line}")
    wrong = wrong_with(outcome)
    for line in wrong[:SHOWN]:
        print(f"NOT AS PROMISED: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
