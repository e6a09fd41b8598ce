"""`ortoo export --site DIR`: closed days as a site of plain files."""

import argparse
from pathlib import Path

from app.cli.console import Console
from app.errors import BadFilter
from app.model.filters import TimelineFilter
from app.web.mirror import Mirror, mirror


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what a site takes besides days."""
    site = command.add_argument_group("a site of plain files")
    site.add_argument(
        "--site", type=Path, metavar="DIR", help="days that are over, as pages and files for any web server"
    )
    site.add_argument("--base-url", default="", metavar="URL", help="where it will stand; default: ORTOO_BASE_URL")
    site.add_argument("--images", action="store_true", help="with the pictures that go along when a day is shared")


def run(arguments: argparse.Namespace, f: TimelineFilter, console: Console) -> int:
    """Write the site; exit code 1 when there was no day to write."""
    if f.languages or f.outlets or arguments.output or arguments.format or arguments.history or arguments.gzip:
        raise BadFilter("--site takes days (--day, --from, --to), --base-url and --images only.", name="site")
    if arguments.base_url and not arguments.base_url.startswith(("http://", "https://")):
        raise BadFilter(f"--base-url {arguments.base_url}: an address with http:// or https://", name="base-url")
    wanted = Mirror(arguments.site, f.since, f.until, arguments.base_url, arguments.images)
    progress = console.progress("files")
    with console.store() as store:
        told = mirror(wanted, console.load_settings(), store, console.clock, progress)
    progress.end()
    if not told.days:
        console.warn("There is nothing to export: no day in this range is over and has a headline.")
        return 1
    console.say(f"{told.days:,} days: {told.written:,} files written, {told.same:,} unchanged")
    if told.stale:
        console.warn(
            f"{len(told.stale):,} files of an earlier export are no longer part of the site, such as {told.stale[0]}."
        )
    return 0
