"""The outcome in words, for people and for docs/operations.md."""

from collections import Counter
from collections.abc import Iterable

from benchmarks.load.record import KINDS, Figures, Kind, Sample, Window, figures, outside
from benchmarks.load.run import Outcome

KILLED = {"web": "web 1", "worker": "worker 1", "replica": "replica", "primary": "primary"}
NAMES = {"read": "readers", "send": "API", "desk": "desk"}


def faults_of(outcome: Outcome) -> list[str]:
    """What was not as promised; nothing when everything was."""
    found = list(outcome.compared.faults)
    found += [f"a repetition was answered otherwise: {key}" for key in outcome.acknowledged.unlike]
    found += [f"wrong: {one.about}" for one in outcome.samples if one.outcome in ("wrong", "500")]
    found += [f"{window.name}: not recovered" for window in outcome.windows if window.recovered is None]
    if outcome.plan.timed:
        found += [f"at {one.at:.1f} s, {one.kind}: {one.outcome} {one.about}" for one in unexplained(outcome)]
        found += restarted(outcome)
    return found


def unexplained(outcome: Outcome) -> list[Sample]:
    """Failed requests outside of the stated times."""
    return outside((one for one in outcome.samples if one.outcome not in ("wrong", "500")), outcome.windows)


def restarted(outcome: Outcome) -> list[str]:
    """Processes that ended more often than they were killed; a database on a full disk may."""
    killed = Counter(KILLED[window.name] for window in outcome.windows if window.name in KILLED)
    return [
        f"{name} ended {times} times and was killed {killed[name]} times"
        for name, times in outcome.restarts.items()
        if times > killed[name] and name not in ("primary", "replica")
    ]


def table(outcome: Outcome) -> str:
    """Figures, quiet and in each window, as a Markdown table."""
    windows = outcome.windows
    quiet = [one for one in outcome.samples if not any(window.spans(one) for window in windows)]
    rows = [_row("quiet", None, quiet)]
    rows += [_row(window.name, window, [one for one in outcome.samples if window.spans(one)]) for window in windows]
    head = "| window | recovered after | errors until | requests | p50, p99 of readers | p50, p99 of the API | failed |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])


def _row(name: str, window: Window | None, samples: list[Sample]) -> str:
    found: dict[Kind, Figures] = {kind: figures(samples, kind) for kind in KINDS}
    recovered = f"{window.recovered:.1f} s" if window and window.recovered is not None else ""
    last = max((one.end for one in samples if not one.good), default=None) if window else None
    until = f"{last - window.began:.1f} s" if window and last is not None else "none" if window else ""
    total = f"{sum(one.n for one in found.values()):,}"
    times = " | ".join(f"{found[kind].p50:.0f}, {found[kind].p99:.0f} ms" for kind in ("read", "send"))
    wrong = "; ".join(f"{NAMES[kind]}: {_counted(one.wrong)}" for kind, one in found.items() if one.wrong) or "none"
    return f"| {name} | {recovered} | {until} | {total} | {times} | {wrong} |"


def _counted(wrong: dict[str, int]) -> str:
    return ", ".join(f"{n} × {name}" for name, n in sorted(wrong.items()))


def summary(outcome: Outcome) -> str:
    """The rest of what there is to say, a line each."""
    samples, known, compared = outcome.samples, outcome.acknowledged, outcome.compared
    by_kind = Counter(one.kind for one in samples)
    lines = [
        f"Requests: {len(samples):,}, of them "
        + ", ".join(f"{by_kind[kind]:,} {NAMES[kind]} ({_outcomes(samples, kind)})" for kind in KINDS),
        f"Headlines acknowledged by the API: {len(known.headlines):,} in {known.bodies:,} bodies; "
        f"lost {len(compared.lost)}, twice {len(compared.twice)}; {known.repeated} repetitions, "
        f"{len(known.unlike)} answered otherwise",
        f"Headlines fetched: {compared.fetched:,}; feeds not read to their end: {len(compared.unread)}",
        f"Deeds at the desk: {known.deeds:,} acknowledged, {known.uncertain} without an answer, "
        f"{compared.deeds_lost} lost; signed in {outcome.signed_in} times",
        f"Wrong or half pages: {sum(one.outcome == 'wrong' for one in samples)}; "
        f"answers 500: {sum(one.outcome == '500' for one in samples)}",
        f"Failed outside of the stated times: {len(unexplained(outcome))}",
        "Ended and started again: " + ", ".join(f"{name} {n} ×" for name, n in outcome.restarts.items()),
    ]
    if outcome.skipped:
        lines.append(f"Not to be had on this machine: {', '.join(outcome.skipped)}")
    return "\n".join(f"- {line}" for line in lines)


def _outcomes(samples: Iterable[Sample], kind: Kind) -> str:
    counted = Counter(one.outcome for one in samples if one.kind == kind)
    return ", ".join(f"{n:,} {name}" for name, n in counted.most_common())
