"""`ortoo export --site`: a week of days as plain files, whose links hold on any server."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

import app
from app.settings import Settings
from app.store import Store
from tests.builders import DAY, NOW, article, batch, entry, headline
from tests.cli.conftest import Ortoo, _runner
from tests.cli.plain_site import crawl, served

LIVE = "https://ortoo.example"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
DAYS = [DAY - timedelta(days=back) for back in range(9, -1, -1)]
NEXT_WEEK = NOW + timedelta(days=3)


def print_week(store: Store) -> None:
    """Ten days: digests in both columns, timed headlines with and without an address, another language, an article."""
    for n, day in enumerate(DAYS):
        noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        made = [entry(f"ENGLISH {k} OF {day}", k, day=day, digest=day) for k in (1, 2, 3)]
        made += [entry(f"МОНГОЛ {k}, {day}", k, day=day, digest=day, language="mn", outlet="gogo.mn") for k in (1, 2)]
        made += [
            headline(f"Timed {k} of {day} & <more>", f"https://montsame.mn/{day}/{k}?a=1&b=үг", at=noon) for k in (1, 2)
        ]
        made += [headline(f"Қазақша {day}", outlet="akipress.com", language="kk", day=day)]
        told = [article(f"Why {day}", digest_day=day, published_on=day)] if n % 3 == 0 else []
        with store.writing() as writer:
            writer.put(batch(made, articles=told))


@pytest.fixture
def site(sqlite_store: Store, sqlite_template: Path, tmp_path: Path) -> Ortoo:
    """The command line on an archive of ten days, three days after the last of them."""
    print_week(sqlite_store)
    path = str(sqlite_store._engine.url)
    return _runner(Settings(database_url=path, base_url=LIVE), lambda: NEXT_WEEK)


WEEK = ("--from", "2026-01-08", "--to", "2026-01-14")


def test_every_link_of_a_week_holds_on_a_plain_server(site: Ortoo, tmp_path: Path) -> None:
    with served(tmp_path / "site") as base:
        (tmp_path / "site").mkdir()
        said = site("export", "--site", tmp_path / "site", *WEEK, "--base-url", base, "--images")
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("7 days: ")
        found = crawl(f"{base}/", base)
    assert found.broken == []
    assert found.loaded == set()
    for ui in ("en", "mn"):
        for day in DAYS[2:9]:
            assert f"{base}/{ui}/{day}/" in found.pages
            assert f"{base}/{ui}/{day}.atom" in found.pages
            assert f"{base}/{ui}/{day}.csv" in found.pages
    assert f"{base}/en/analysis/why-2026-01-12/" in found.pages
    assert {f"{LIVE}/en/2026-01-07", f"{LIVE}/en/2026-01-15", f"{LIVE}/mn/outlets/gogo.mn"} <= found.outside


def test_it_may_stand_in_any_folder(site: Ortoo, tmp_path: Path) -> None:
    with served(tmp_path) as base:
        site("export", "--site", tmp_path / "a" / "b", *WEEK, "--base-url", f"{base}/a/b/")
        found = crawl(f"{base}/a/b/", f"{base}/a/b/")
        assert found.broken == []
        assert {page for page in found.outside if page.startswith(base)} == set()
        assert f"{base}/a/b/mn/2026-01-08/" in found.pages


def test_what_needs_a_server_is_gone_or_leads_to_the_live_site(site: Ortoo, tmp_path: Path) -> None:
    site("export", "--site", tmp_path / "s", *WEEK)
    page = (tmp_path / "s" / "en" / "2026-01-10" / "index.html").read_text("utf-8")
    assert "htmx" not in page
    assert "data-hx-" not in page
    assert "manifest" not in page
    assert f'action="{LIVE}/en/search"' in page
    assert f'href="{LIVE}/en/2026-01-10?outlet=gogo.mn"' in page
    assert 'href="../2026-01-09/"' in page
    assert f'<link rel="canonical" href="{LIVE}/en/2026-01-10/">' in page
    assert not (tmp_path / "s" / "sw.js").exists()


def test_a_mirror_of_its_own_says_its_own_address_in_feeds(site: Ortoo, tmp_path: Path) -> None:
    site("export", "--site", tmp_path / "s", *WEEK, "--base-url", "https://mirror.example/news/")
    feed = (tmp_path / "s" / "en" / "2026-01-10.atom").read_text("utf-8")
    assert 'rel="self" type="application/atom+xml" href="https://mirror.example/news/en/2026-01-10.atom"' in feed
    assert 'rel="prev-archive" href="https://mirror.example/news/en/2026-01-09.atom"' in feed
    assert f'rel="current" href="{LIVE}/en.atom"' in feed
    oldest = (tmp_path / "s" / "en" / "2026-01-08.atom").read_text("utf-8")
    assert f'rel="prev-archive" href="{LIVE}/en/2026-01-07.atom"' in oldest


def test_only_what_changed_is_written_again(site: Ortoo, sqlite_store: Store, tmp_path: Path) -> None:
    root = tmp_path / "s"
    first = site("export", "--site", root, *WEEK).out
    written = int(first.split()[2].replace(",", ""))
    times = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    assert site("export", "--site", root, *WEEK).out == f"7 days: 0 files written, {written} unchanged\n"
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == times
    with sqlite_store.writing() as writer:
        writer.put(batch([headline("Late", "https://montsame.mn/late", day=DAYS[4])]))
    said = site("export", "--site", root, *WEEK).out
    assert 0 < int(said.split()[2]) < written / 3
    changed = {path.relative_to(root).as_posix() for path, at in times.items() if path.stat().st_mtime_ns != at}
    assert "en/2026-01-10/index.html" in changed
    assert "en/2026-01-10.csv" in changed
    assert "en/2026-01-13.atom" not in changed
    assert not [path for path in root.rglob(".*") if path.is_file()]


def test_the_list_of_files(site: Ortoo, tmp_path: Path) -> None:
    root = tmp_path / "s"
    site("export", "--site", root, *WEEK)
    told = json.loads((root / "files.json").read_text("utf-8"))
    assert (told["from"], told["to"], told["live"], told["base"]) == ("2026-01-08", "2026-01-14", LIVE, LIVE)
    found = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()} - {"files.json"}
    assert set(told["files"]) == found
    for name, facts in told["files"].items():
        body = (root / name).read_bytes()
        assert facts == {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    later = site("export", "--site", root, "--from", "2026-01-10", "--to", "2026-01-14")
    assert "files of an earlier export are no longer part of the site, such as 2026-01-08/index.html." in later.err
    assert (root / "2026-01-08" / "index.html").is_file()


def test_only_days_that_are_over(site: Ortoo, sqlite_store: Store, tmp_path: Path) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch([headline("Today", "https://montsame.mn/today", day=NEXT_WEEK.date())]))
    assert site("export", "--site", tmp_path / "s").out.startswith("10 days: ")
    assert not (tmp_path / "s" / "en" / str(NEXT_WEEK.date())).exists()


def test_a_month_that_is_whole_and_over_is_part_of_it(sqlite_store: Store, site: Ortoo, tmp_path: Path) -> None:
    later = _runner(
        Settings(database_url=str(sqlite_store._engine.url), base_url=LIVE), lambda: NOW + timedelta(days=40)
    )
    later("export", "--site", tmp_path / "whole")
    assert (tmp_path / "whole" / "en" / "archive" / "2026-01" / "index.html").is_file()
    assert (tmp_path / "whole" / "mn" / "archive" / "2026-01.csv").is_file()
    later("export", "--site", tmp_path / "part", *WEEK)
    assert not (tmp_path / "part" / "en" / "archive").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--lang", "mn"], "--site takes days"),
        (["-o", "x"], "--site takes days"),
        (["--base-url", "ftp://x"], "--base-url ftp://x"),
        (["--from", "2026-01-18"], "is over yet"),
    ],
)
def test_what_cannot_be_is_refused(site: Ortoo, tmp_path: Path, words: list[str], says: str) -> None:
    said = site("export", "--site", tmp_path / "s", *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_without_a_live_address_there_is_no_mirror(ortoo: Ortoo, tmp_path: Path) -> None:
    ortoo("ingest", SAMPLE)
    said = ortoo("export", "--site", tmp_path / "s")
    assert (said.code, said.out) == (2, "")
    assert "ORTOO_BASE_URL is not set" in said.err


def test_nothing_to_write_says_so(sqlite_template: Path, tmp_path: Path) -> None:
    empty = _runner(Settings(database_url=f"sqlite:///{sqlite_template}", base_url=LIVE), lambda: NOW)
    said = empty("export", "--site", tmp_path / "s")
    assert (said.code, said.out) == (1, "")
    assert "no day in this range is over" in said.err


def test_a_folder_that_cannot_be_written(site: Ortoo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = site("export", "--site", tmp_path / "file", *WEEK)
    assert said.code == 1
    assert "cannot be written" in said.err


def test_a_bar_on_a_terminal(site: Ortoo, tmp_path: Path) -> None:
    ticking: Iterator[float] = (float(n) for n in count())
    said = site("export", "--site", tmp_path / "s", *WEEK, terminal=True, seconds=ticking)
    assert "files: " in said.err
    assert "100%" in said.err
