"""Lists of feeds in and out, and the list that comes with the product."""

import json
from pathlib import Path
from typing import Any

from app.cli.starter import starter_sources
from app.ingest.formats import FORMATS
from app.ingest.keywords import Keywords
from app.ingest.opml import parse, write
from app.normalise.outlet import outlet_of
from app.worker.find import same_address
from tests.builders import NOW
from tests.cli.conftest import Ortoo

LIST = """<opml version="2.0"><body><outline text="Монгол">
<outline text="iKon" xmlUrl="https://ikon.mn/rss"/><outline text="Again" xmlUrl="http://www.ikon.mn/rss/"/>
<outline text="Old" xmlUrl="gopher://old.mn/"/></outline></body></opml>"""


def test_a_list_is_shown_then_added_without_repeats(ortoo: Ortoo) -> None:
    said = ortoo("sources", "import", "-", "--dry-run", stdin=LIST.encode())
    assert said.code == 1
    assert said.out.splitlines()[0].split() == ["new", "Монгол", "iKon", "https://ikon.mn/rss"]
    assert said.out.splitlines()[-1] == "1 would be added, 1 already there, 1 refused"
    said = ortoo("sources", "import", "-", "--yes", "--json", stdin=LIST.encode())
    told = json.loads(said.out)
    assert (told["added"], len(told["new"]), len(told["duplicate"]), len(told["refused"])) == (True, 1, 1, 1)
    assert told["new"][0]["category"] == "Монгол"
    again = ortoo("sources", "import", "-", "--yes", stdin=LIST.encode())
    assert again.out.splitlines()[-1] == "0 new, 2 already there, 1 refused"


def test_without_a_yes_nothing_is_added(ortoo: Ortoo, tmp_path: Path) -> None:
    (tmp_path / "a.opml").write_text(LIST, "utf-8")
    said = ortoo("sources", "import", tmp_path / "a.opml")
    assert said.code == 1
    assert said.err.endswith("Nothing was added.\n")
    assert json.loads(ortoo("sources", "list", "--json").out) == []


def test_an_export_comes_back_whole(ortoo: Ortoo, tmp_path: Path) -> None:
    assert ortoo("sources", "import", "--starter", "--yes").code == 0
    before = json.loads(ortoo("sources", "list", "--json").out)
    path = tmp_path / "all.opml"
    assert ortoo("sources", "export", "-o", path).code == 0
    assert ortoo("sources", "export").out == path.read_text("utf-8")
    ortoo("sources", "remove", *(source["id"] for source in before))
    assert ortoo("sources", "import", path, "--yes").code == 0
    after = json.loads(ortoo("sources", "list", "--json").out)
    assert by_address(after) == by_address(before)


def by_address(sources: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is said of each; folders may change the order."""
    return {source["url"]: source | {"id": 0} for source in sources}


def test_a_bad_list_a_missing_file_and_no_file(ortoo: Ortoo, tmp_path: Path) -> None:
    assert ortoo("sources", "import", "-", stdin=b"<html/>").code == 1
    assert ortoo("sources", "import", tmp_path / "none.opml").code == 2
    assert ortoo("sources", "import").code == 2
    assert ortoo("sources", "import", "a.opml", "--starter").code == 2
    assert ortoo("sources", "export", "-o", tmp_path / "no" / "where").code == 1


def test_what_a_list_says_of_a_source_is_checked(ortoo: Ortoo) -> None:
    outline = '<outline xmlns:o="urn:ortoo:sources" text="A" xmlUrl="https://a.mn/{}" o:{}="{}"/>'
    bad = [
        outline.format(1, "kind", "telepathy"),
        outline.format(2, "keywords", "*"),
        outline.format(3, "listing", "x"),
    ]
    said = ortoo("sources", "import", "-", "--json", stdin=f"<opml><body>{''.join(bad)}</body></opml>".encode())
    assert said.code == 1
    assert len(json.loads(said.out)["refused"]) == 3


def test_the_starter_list_is_sound() -> None:
    sources = starter_sources()
    assert len(sources) > 30
    assert len({same_address(source.url) for source in sources}) == len(sources)
    kinds = {row.name for row in FORMATS}
    for source in sources:
        assert source.url.startswith(("https://", "http://")), source.url
        assert source.kind in kinds, source.url
        assert source.note, f"{source.url} does not say how it is known to work"
        assert source.outlet is None or outlet_of(source.outlet).domain == source.outlet
        Keywords.of(source.keywords)
        if source.category in ("Region", "World") and "mongolia" not in source.url:
            assert "mongolia" in source.keywords, f"{source.url} would bring everything"


def test_what_is_doubtful_in_the_starter_list_is_switched_off() -> None:
    doubtful = ("disagree", "no longer", "try it before", "Try it before")
    for source in starter_sources():
        assert source.enabled is not any(word in source.note for word in doubtful), source.url


def test_the_starter_list_comes_back_from_opml() -> None:
    wanted = {source.url: source for source in starter_sources()}
    assert {source.url: source for source in parse(write(wanted.values(), "Örtöö", NOW)).sources} == wanted
