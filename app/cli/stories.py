"""`ortoo stories`: headlines of the same event. `backfill` links what is not linked yet, `relink` a range of days anew,
`show` a story with what links it, `export-decisions` what people have said of it."""

import argparse
import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.arguments import day, json_flag
from app.cli.console import Console, replaced
from app.cli.embedding import embedding
from app.cli.sources_list import instant, table
from app.errors import BadFilter, NotFound
from app.model.story import Decided, Judge, Member, Story
from app.model.timeline import HeadlineRow
from app.normalise.text import escaped
from app.store import Store
from app.worker import relink
from app.worker.link import Linking

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command with its sub-commands."""
    command = commands.add_parser("stories", help="headlines of the same event", description=__doc__)
    parts = command.add_subparsers(dest="part", required=True, metavar="COMMAND")
    filling = parts.add_parser("backfill", help="link what is not linked yet, and what another model has seen")
    filling.set_defaults(run=run_backfill)
    again = parts.add_parser("relink", help="link a range of days anew; shows what would change")
    again.add_argument("--since", type=day, required=True, metavar="DAY", help="the first day")
    again.add_argument("--until", type=day, required=True, metavar="DAY", help="the last day")
    again.add_argument("--yes", action="store_true", help="and change it")
    again.set_defaults(run=run_relink)
    showing = parts.add_parser("show", help="a story with what links it")
    showing.add_argument("story", type=int, metavar="ID", help="its number")
    showing.set_defaults(run=run_show)
    deciding = parts.add_parser("export-decisions", help="what people have said, as NDJSON")
    deciding.add_argument("-o", "--output", type=Path, metavar="FILE", help="instead of standard output")
    deciding.set_defaults(run=run_decisions)
    for part in (filling, again, showing):
        json_flag(part)


def run_backfill(arguments: argparse.Namespace, console: Console) -> int:
    """Until the queue is empty. Exit code 1 if another process has some of it just now."""
    done = 0
    progress = console.progress("linked")
    with console.store() as store, embedding(console) as embedder:
        linker = Linking(store, embedder, console.clock)
        with store.writing() as writer:
            total = writer.linking.add_missing(linker.model)
        try:
            while n := linker.step():
                done += n
                progress(done, total)
        finally:
            progress.end()
        with store.reading() as reader:
            left = reader.stories.waiting()
    if arguments.json:
        console.say_json({"linked": done, "left": left, "model": linker.model})
    else:
        console.say(f"{done:,} headlines looked at ({linker.model}).")
        if left:
            console.warn(f"{left:,} are with another process just now, or came meanwhile.")
    return 1 if left else 0


def run_relink(arguments: argparse.Namespace, console: Console) -> int:
    """Show what would change, and with --yes change it."""
    since: date = arguments.since
    until: date = arguments.until
    if since > until:
        raise BadFilter(f"--until {until} is before --since {since}.", name="--until")
    with console.store() as store:
        plan = relink.plan(store, since, until, _model(store, console))
        applied = bool(arguments.yes and plan.changes) and relink.apply(store, plan, console.clock())
    if arguments.json:
        told = [{"headline": one.headline.id, "before": one.before, "after": one.after} for one in plan.changes]
        console.say_json({"looked_at": plan.looked_at, "changes": told, "applied": applied})
    else:
        table(console, [_change(one) for one in plan.changes]) if plan.changes else None
        what = "changed" if applied else "would change; --yes does it" if plan.changes else "would change"
        console.say(f"{len(plan.changes):,} of {plan.looked_at:,} headlines {what}.")
    if arguments.yes and plan.changes and not applied:
        console.warn("Stories were changed meanwhile: try again.")
        return 1
    return 0


def _model(store: Store, console: Console) -> str:
    with embedding(console) as embedder:
        return Linking(store, embedder, console.clock).model


def _change(change: relink.Change) -> tuple[str, ...]:
    def named(story: int | None) -> str:
        return "alone" if story is None else f"story {story}" if story else "a new story"

    headline = change.headline
    return (str(headline.id), f"{named(change.before)} -> {named(change.after)}", headline.language, headline.title)


def run_show(arguments: argparse.Namespace, console: Console) -> int:
    """A line a headline, oldest first, and under it what links it."""
    if not 0 < arguments.story < 2**63:
        raise NotFound(f"There is no story {arguments.story}.", kind="story", key=str(arguments.story))
    with console.store() as store, store.reading() as reader:
        story = reader.stories.story(arguments.story)
    if arguments.json:
        console.say_json(told(story))
        return 0
    if story.id != arguments.story:
        console.warn(f"Story {arguments.story} is part of story {story.id} by now.")
    console.say(f"Story {story.id}: {len(story.sure)} headlines, {len(story.outlets)} outlets, {story.covered.value}")
    for member in story.members:
        row = member.row
        sure = "" if member in story.sure else "possibly "
        console.say(f"  {row.day} {row.language} {sure}{escaped(row.title)}  [{row.outlet.domain}, {row.id}]")
        if why := _why(member):
            console.say(f"      {why}")
    return 0


def _why(member: Member) -> str:
    if member.score is None or member.evidence is None:
        return "by a person" if member.decided_by.value == "person" else ""
    evidence = member.evidence
    parts = [f"as {evidence.other}, {member.score:+.1f}"]
    parts += [f"likeness {evidence.similarity:.2f}"] if evidence.similarity is not None else ["by words"]
    parts += [f"{number:,g}" for number in evidence.numbers]
    parts += [f"month {month}" for month in evidence.months]
    parts += [f"{one} = {other}" for one, other in (*evidence.names, *evidence.words)]
    return escaped("; ".join(parts))


def told(story: Story) -> dict[str, Any]:
    """A story for machines."""
    members = [
        {
            **_headline(member.row),
            "level": member.level.value,
            "decided_by": member.decided_by.value,
            "score": member.score,
            "other": member.evidence.other if member.evidence else None,
            "similarity": member.evidence.similarity if member.evidence else None,
        }
        for member in story.members
    ]
    outlets = [outlet.domain for outlet in story.outlets]
    return {"id": story.id, "coverage": story.covered.value, "outlets": outlets, "headlines": members}


def run_decisions(arguments: argparse.Namespace, console: Console) -> int:
    """A line a judgement. Readers are counted, not named."""
    with (
        console.store() as store,
        store.reading() as reader,
        replaced(arguments.output) if arguments.output else nullcontext(console.out) as out,
    ):
        for decided in reader.stories.decided():
            out.write(json.dumps(_decided(decided), ensure_ascii=False) + "\n")
    return 0


def _decided(decided: Decided) -> dict[str, Any]:
    judgement = decided.judgement
    by = {"by": judgement.by} if judgement.judge is Judge.EDITOR else {}
    headlines = {"first": _headline(decided.first), "second": _headline(decided.second)}
    at = instant(judgement.at)
    return {"verdict": judgement.verdict.value, "judge": judgement.judge.value, **by, "at": at, **headlines}


def _headline(row: HeadlineRow) -> dict[str, Any]:
    published = instant(row.published_at) if row.published_at else row.day.isoformat()
    return {
        "id": row.id,
        "published": published,
        "language": row.language,
        "outlet": row.outlet.domain,
        "title": row.title,
    }
