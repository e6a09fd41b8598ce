"""`ortoo ingest`: good and bad files, folders, standard input."""

import json
import os
from itertools import count
from pathlib import Path

import pytest

import app
from tests.cli.conftest import Ortoo

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
DIGESTS = {path.stem: path for path in (*CASES.glob("*.txt"), SAMPLE)}
GOOD = "1 FIRST STORY WWW.MONTSAME.MN PUBLISHED:2026/01/15\n"
LEGACY = SAMPLE.read_text("utf-8").translate(str.maketrans("ӨҮөү", "ЄЇєї"))


def exported(ortoo: Ortoo) -> list[dict[str, object]]:
    said = ortoo("export", "--format", "ndjson")
    return [json.loads(line) for line in said.out.splitlines()]


@pytest.mark.parametrize("name", DIGESTS)
def test_a_digest_gives_its_expected_entries_and_twice_adds_nothing(ortoo: Ortoo, name: str) -> None:
    expected = json.loads((CASES / f"{name}.expected.json").read_text("utf-8"))
    first = ortoo("ingest", DIGESTS[name])
    assert (first.code, first.err) == (0, "")
    told = [
        {
            "language": r["language"],
            "rank": r["rank"],
            "title": r["title"],
            "outlet": r["host"],
            "published": r["published"],
        }
        for r in exported(ortoo)
        if not r["article"]
    ]
    assert told == expected
    again = ortoo("ingest", DIGESTS[name])
    assert again.code == 0
    assert "0 added, 0 updated" in again.out
    assert "0 rejected" in again.out


def test_a_fresh_database_gets_its_tables(bare_ortoo: Ortoo) -> None:
    said = bare_ortoo("ingest", "-", stdin=GOOD.encode())
    assert (said.code, said.out) == (0, "- (digest): 1 added, 0 updated, 0 duplicate, 0 rejected\n")


def test_what_was_rejected_is_told_with_the_reason(ortoo: Ortoo) -> None:
    said = ortoo("ingest", "-", stdin=(GOOD + "2 BAD \x1b[2J DAY WWW.X.MN PUBLISHED:2026/02/30").encode())
    assert said.code == 1
    assert said.out == (
        "- (digest): 1 added, 0 updated, 0 duplicate, 1 rejected\n"
        "  rejected, bad-date: The date is 2026/02/30: a day such as 2026/01/15 is needed.\n"
        "    2 BAD \\u001b[2J DAY WWW.X.MN PUBLISHED:2026/02/30\n"
    )


BAD_FILES = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n", "empty"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(500), "binary"),
    "letter": (b"Dear editor, this is a letter.", "unknown-format"),
    "page": (b"<!doctype html><p>Nothing here", "unknown-format"),
    "nul": (b"1 A" + bytes(40) + b" WWW.X.MN PUBLISHED:2026/01/15", "binary"),
    "february": (b"1 A WWW.X.MN PUBLISHED:2026/02/30", "bad-date"),
    "year 9999": (b"1 A WWW.X.MN PUBLISHED:9999/01/01", "bad-date"),
    "year 0000": (b"1 A WWW.X.MN PUBLISHED:0000", "bad-date"),
    "large": (GOOD.encode() * 100, "too-large"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_and_kept(small_ortoo: Ortoo, tmp_path: Path, name: str) -> None:
    body, reason = BAD_FILES[name]
    path = tmp_path / f"{name}.txt"
    path.write_bytes(body)
    said = small_ortoo("ingest", path)
    assert said.code == 1
    assert f"rejected, {reason}:" in said.out
    assert "Traceback" not in said.out + said.err
    assert "0 added" in said.out


def test_a_large_file_is_refused_by_the_limits_name(small_ortoo: Ortoo, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(GOOD * 100)
    said = small_ortoo("ingest", tmp_path / "large.txt")
    assert "1,000 bytes" in said.out
    assert "ORTOO_MAX_PAYLOAD_BYTES" in said.out


def test_a_stray_nul_rejects_its_entry_alone(ortoo: Ortoo) -> None:
    body = SAMPLE.read_bytes().replace(b"JICA SIGNED", b"JICA\0SIGNED")
    said = ortoo("ingest", "-", stdin=body)
    assert said.code == 1
    assert "20 added, 0 updated, 0 duplicate, 1 rejected" in said.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(ortoo: Ortoo, encoding: str) -> None:
    said = ortoo("ingest", "-", stdin=SAMPLE.read_text("utf-8").encode(encoding))
    assert (said.code, said.out) == (0, "- (digest): 21 added, 0 updated, 0 duplicate, 0 rejected\n")


def test_cp1251(ortoo: Ortoo) -> None:
    said = ortoo("ingest", "-", stdin=LEGACY.encode("cp1251", "replace"))
    assert (said.code, said.out) == (0, "- (digest): 21 added, 0 updated, 0 duplicate, 0 rejected\n")
    titles = [str(record["title"]) for record in exported(ortoo)]
    assert "БНХАУ-ТАЙ ХАМТРАН ХИЛ ОРЧМЫН БЇСЭД ГЕОЛОГИЙН СУДАЛГАА ХИЙХЭЭР БОЛЛОО" in titles


def test_a_folder_with_one_bad_file(ortoo: Ortoo, tmp_path: Path) -> None:
    folder = tmp_path / "paste"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(GOOD)
    (folder / "b.bin").write_bytes(b"\x89PNG" + bytes(300))
    (folder / "sub" / "c.txt").write_text(GOOD.replace("FIRST", "OTHER"))
    (folder / ".hidden").write_bytes(bytes(30))
    said = ortoo("ingest", folder)
    assert said.code == 1
    assert said.out.splitlines() == [
        f"{folder}/a.txt (digest): 1 added, 0 updated, 0 duplicate, 0 rejected",
        f"{folder}/b.bin: 0 added, 0 updated, 0 duplicate, 1 rejected",
        f"  rejected, binary: {folder}/b.bin is not text: it holds binary data.",
        f"{folder}/sub/c.txt (digest): 1 added, 0 updated, 0 duplicate, 0 rejected",
        "3 files: 2 added, 0 updated, 0 duplicate, 1 rejected",
    ]


def test_a_folder_without_files(ortoo: Ortoo, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = ortoo("ingest", tmp_path / "empty")
    assert (said.code, said.out) == (0, "0 files: 0 added, 0 updated, 0 duplicate, 0 rejected\n")


def test_a_pipe_is_read(ortoo: Ortoo, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, GOOD.encode())
    os.close(writer)
    said = ortoo("ingest", f"/dev/fd/{reader}")
    os.close(reader)
    assert (said.code, "1 added" in said.out) == (0, True)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["nowhere.txt"], "nowhere.txt: there is no such file"),
        (["-", "-"], "only once"),
    ],
)
def test_wrong_usage(ortoo: Ortoo, argv: list[str], told: str) -> None:
    said = ortoo("ingest", *argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("ortoo: ")
    assert told in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("argv", [["--day", "2026-02-30", "-"], ["--format", "telegraph", "-"]])
def test_wrong_arguments(ortoo: Ortoo, capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert ortoo("ingest", *argv).code == 2
    assert "usage: ortoo ingest" in capsys.readouterr().err


def test_nothing_is_taken_in_when_one_name_is_wrong(ortoo: Ortoo, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    assert ortoo("ingest", tmp_path / "a.txt", "nowhere.txt").code == 2
    assert exported(ortoo) == []


def test_a_rehearsal(ortoo: Ortoo) -> None:
    said = ortoo("ingest", "--dry-run", "-", stdin=GOOD.encode())
    assert (said.code, said.out) == (0, "- (digest): would be 1 added, 0 updated, 0 duplicate, 0 rejected\n")
    assert exported(ortoo) == []


def test_a_rehearsal_makes_no_tables(bare_ortoo: Ortoo) -> None:
    said = bare_ortoo("ingest", "--dry-run", "-", stdin=GOOD.encode())
    assert (said.code, said.out) == (0, "- (digest): would be 1 added, 0 updated, 0 duplicate, 0 rejected\n")
    assert "has no tables yet" in bare_ortoo("export").err


def test_the_day_and_the_format_can_be_given(ortoo: Ortoo) -> None:
    said = ortoo("ingest", "--day", "2026-01-16", "--format", "digest", "-", stdin=GOOD.encode())
    assert said.code == 0
    assert [record["day"] for record in exported(ortoo)] == ["2026-01-16"]


def test_every_item_on_request(ortoo: Ortoo) -> None:
    said = ortoo("ingest", "-v", SAMPLE)
    lines = said.out.splitlines()
    assert lines[1].split() == ["added", "2026-01-15", "en", "1.00", "1", *lines[1].split()[5:]]
    assert "[thediplomat.com]" in lines[1]
    assert "article Yongusil 100" in lines[-1]


def test_json_for_machines(ortoo: Ortoo) -> None:
    said = ortoo("ingest", "--json", "-", stdin=(GOOD + "2 BAD DAY WWW.X.MN PUBLISHED:2026/02/30").encode())
    told = json.loads(said.out)
    assert (said.code, told["added"], told["rejected"], told["dry_run"]) == (1, 1, 1, False)
    (file,) = told["files"]
    assert (file["origin"], file["format"]) == ("-", "digest")
    assert file["items"][0] == {
        "outcome": "added",
        "title": "FIRST STORY",
        "outlet": "montsame.mn",
        "language": "en",
        "confidence": 1.0,
        "doubtful": False,
        "day": "2026-01-15",
        "rank": 1,
        "article": False,
        "id": 1,
    }
    assert file["rejections"][0]["reason"] == "bad-date"
    assert file["rejections"][0]["raw"] == "2 BAD DAY WWW.X.MN PUBLISHED:2026/02/30"


def test_many_rejections_are_counted_not_listed(ortoo: Ortoo) -> None:
    body = "".join(f"{n} A WWW. PUBLISHED:2026/01/15\n" for n in range(1, 51)).encode()
    said = ortoo("ingest", "-", stdin=body)
    assert said.out.count("rejected, no-outlet") == 20
    assert said.out.splitlines()[-1] == "  … and 30 more rejected."


def test_a_counter_on_a_terminal_after_a_second(ortoo: Ortoo) -> None:
    body = "".join(json.dumps({"title": f"Story {n}", "outlet": "x.mn"}) + "\n" for n in range(5000)).encode()
    slow = ortoo("ingest", "-", stdin=body, terminal=True, seconds=iter(map(float, count(step=2))))
    assert "\r-: 4,000" in slow.err
    assert slow.err.endswith("\r")
    quick = ortoo("ingest", "-", stdin=body, terminal=True)
    assert quick.err == ""
    piped = ortoo("ingest", "-", stdin=body, seconds=iter(map(float, count(step=2))))
    assert piped.err == ""


def test_a_language_in_doubt_is_marked(ortoo: Ortoo, tmp_path: Path) -> None:
    items = tmp_path / "items.ndjson"
    lines = [
        {"title": "Oyu", "url": "https://montsame.mn/en/read/2", "published": "2026-01-15"},
        {"title": "Parliament passed the new budget on Thursday", "url": "https://montsame.mn/en/read/3"},
    ]
    items.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert "1 in a language that is not certain" in ortoo("ingest", items).out
    (told,) = json.loads(ortoo("ingest", items, "--json").out)["files"]
    assert [item["doubtful"] for item in told["items"]] == [True, False]
