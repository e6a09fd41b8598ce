"""Static files: addresses that name their content, what is compressed, how long what may be kept."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from app.settings import resource_dir
from app.web.assets import SCRIPT, SCRIPTS, Assets, bare, smaller
from tests.web.asking import Client
from tests.web.dom import Dom

STATIC = resource_dir("static")
ASSETS = Assets.load(STATIC)
VENDORED = STATIC / "vendor" / "htmx@2.0.11"
FOREVER = "public, max-age=31536000, immutable"


def test_everything_that_a_page_loads_is_there_and_keeps_for_ever(client: Client) -> None:
    dom = Dom(client.get("/en/").text)
    wanted = [e.get("src") for e in dom.all("script") if e.get("src")]
    wanted += [e.get("href") for e in dom.all("link") if e.get("rel") in ("stylesheet", "preload", "icon")]
    assert len(wanted) == 9
    for address in wanted:
        response = client.get(str(address))
        assert response.status_code == 200, address
        assert response.headers["cache-control"] == FOREVER


def test_what_the_first_paint_needs_is_asked_for_first(client: Client) -> None:
    """The theme, then the style sheet, which waits for no font, then what most is set in; the rest may be late."""
    head = Dom(client.get("/mn/").text).one("head")
    asked = [
        str(e.get("src") or e.get("href")) for e in head if e.get("src") or e.get("rel") in ("stylesheet", "preload")
    ]
    names = [address.rpartition("/")[2].partition(".")[0] for address in asked]
    assert names == ["theme", "ortoo", "ortoo-serif", "ortoo-sans", "print", "htmx", "ortoo"]
    assert all(e.get("defer") is not None for e in head.iter("script") if "theme" not in (e.get("src") or "theme"))


def test_an_address_names_the_content_of_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "a.woff2").write_bytes(b"1")
    (tmp_path / "b.js").write_text("b")
    (tmp_path / "css/c.css").write_text('@font-face { src: url("../a.woff2") }')
    before = Assets.load(tmp_path)
    assert re.fullmatch(r"/static/b\.[0-9a-f]{8}\.js", before.address("b.js"))
    (tmp_path / "a.woff2").write_bytes(b"2")
    after = Assets.load(tmp_path)
    changed = {name for name in before.files if before.address(name) != after.address(name)}
    assert changed == {"a.woff2", "css/c.css"}, "a new font has a new address, which its style sheet names"
    assert before.version != after.version


def test_style_sheets_find_their_fonts_by_addresses_that_keep(client: Client) -> None:
    sheet = client.get(ASSETS.address("css/ortoo.css")).text
    named = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(named) == sheet.count("url(")
    fonts = [address for address in named if address.endswith(".woff2")]
    assert len(fonts) == len(list((STATIC / "fonts").glob("*.woff2")))
    assert {client.get(address).headers["cache-control"] for address in named} == {FOREVER}
    for font in fonts:
        response = client.get(font, {"Accept-Encoding": "gzip"})
        assert response.headers["content-type"] == "font/woff2"
        assert response.headers["cache-control"] == FOREVER
        assert "content-encoding" not in response.headers, "a font is compressed already"
        assert "vary" not in response.headers


def test_a_style_sheet_that_names_a_missing_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.css").write_text('a { background: url("gone.png") }')
    with pytest.raises(KeyError, match="gone"):
        Assets.load(tmp_path)


@pytest.mark.parametrize("address", ["/static/css/ortoo.0123456789ab.css", "/static/css/ortoo.css"])
def test_an_earlier_address_is_answered_with_what_there_is_but_not_kept(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-cache")
    assert response.content == ASSETS.files["css/ortoo.css"].body


@pytest.mark.parametrize(
    "address", ["/static/css/gone.0123456789ab.css", "/static/", "/static/0123456789ab/css/ortoo.css"]
)
def test_what_is_not_there_is_an_ordinary_wrong_address(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_static_files_have_validators_and_are_compressed(client: Client) -> None:
    address = ASSETS.address("js/theme.js")
    plain, packed = client.get(address), client.get(address, {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain.body == (STATIC / "js/theme.js").read_bytes()
    assert packed.headers["content-encoding"] == "gzip"
    unchanged = client.get(address, {"If-None-Match": plain.headers["etag"]})
    assert (unchanged.status_code, unchanged.body) == (304, b"")
    head = client.head(address)
    assert (head.body, head.headers) == (b"", plain.headers)


def test_a_smaller_style_sheet_means_the_same() -> None:
    sheet = """/* a; b */ a > b , c { content: "/* kept */  ; \\" x" ; width: calc(1px + 2px) ; }
    @media (max-width: 4rem) and (hover) { a :hover { margin : 0 auto } }"""
    assert smaller(sheet) == (
        'a > b,c{content: "/* kept */  ; \\" x";width: calc(1px + 2px);}'
        "@media (max-width: 4rem) and (hover){a :hover{margin : 0 auto}}"
    )


def test_all_scripts_of_ours_travel_as_one_file() -> None:
    """But for the theme's, which runs before the first paint, and the service worker's."""
    own = {p.stem for p in (STATIC / "js").glob("*.js")} - {"desk", "theme"}
    assert own == set(SCRIPTS), "name a new script in SCRIPTS"
    sent = ASSETS.files[SCRIPT].body.decode("utf-8")
    for script in SCRIPTS:
        code = [line for line in (STATIC / f"js/{script}.js").read_text("utf-8").splitlines() if "//" not in line]
        assert "\n".join(code[-3:]) in sent


def test_comments_go_but_texts_over_several_lines_stay() -> None:
    assert bare("// a\nlet b = 1; // c\n  // d\nlet e;\n") == "let b = 1; // c\nlet e;\n"
    kept = "let a = `\n// b\n`;\n"
    assert bare(kept) == kept


def test_no_comment_of_ours_is_sent() -> None:
    whole, sent = (STATIC / "css/ortoo.css").read_bytes(), ASSETS.files["css/ortoo.css"].body
    assert b"/*" not in sent
    assert whole.count(b"{") == sent.count(b"{")


def test_htmx_is_the_published_file() -> None:
    """Checksums of htmx.org 2.0.11 on the npm registry (dist/htmx.min.js and LICENSE)."""
    listed = dict(line.split("  ")[::-1] for line in (VENDORED / "SHA256SUMS").read_text("utf-8").splitlines())
    assert listed.keys() == {"htmx.min.js", "LICENSE"}
    assert listed["htmx.min.js"] == "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
    for name, wanted in listed.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == wanted


def test_fonts_come_with_their_licences() -> None:
    for folder in (STATIC / "fonts", Path(resource_dir("static")).parent / "app/render/data"):
        for name in ("Source-Serif-4", "Source-Sans-3"):
            assert "SIL OPEN FONT LICENSE" in (folder / f"OFL-{name}.txt").read_text("utf-8")
