"""Citations of headlines and days: on their pages, and as files for reference managers."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import Clock
from app.i18n import translators
from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow
from app.render.citations import of_headline
from app.settings import Settings, resource_dir
from app.store import Store
from app.timeline.links import Links
from app.web.app import create_app
from tests.builders import DAY, NOW, batch, headline
from tests.web.asking import Asker, Client
from tests.web.cited import bibtex, ris, tex
from tests.web.dom import Dom

SITE = "http://ortoo.test"
TITLE = r"Үнэ 5% & $7 #1_a {б} ~ ^ \x “ишлэл”"
ROW = HeadlineRow(
    id=7,
    title=TITLE,
    url="https://montsame.mn/мэдээ?a=1&b={2}#x",
    language="mn",
    day=DAY,
    published_at=None,
    honesty=Honesty.DATE_ONLY,
    outlet=OutletName("montsame.mn", "Montsame", "МОНЦАМЭ"),
)
T = translators(resource_dir("locale"))


@pytest.fixture
def cited(sqlite_store: Store, ask: Asker) -> Client:
    """A reader of one headline, whose title has every sign that a format might trip over."""
    with sqlite_store.writing() as writer:
        writer.put(batch([headline(TITLE, "https://montsame.mn/мэдээ?a=1&b=2", language="mn")]))
    return ask(sqlite_store)


@pytest.mark.parametrize(("ui", "author"), [("en", "Montsame"), ("mn", "МОНЦАМЭ")])
def test_a_headline_as_bibtex(cited: Client, ui: str, author: str) -> None:
    answer = cited.get(f"/{ui}/headlines/1.bib")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-bibtex; charset=utf-8")
    kind, key, fields = bibtex(answer.text)
    assert (kind, key) == ("online", "ortoo-1")
    assert tex(fields["title"]) == TITLE
    assert tex(fields["author"]) == author
    assert (fields["date"], fields["year"], fields["langid"]) == ("2026-01-15", "2026", "mongolian")
    assert unquote(fields["url"]) == "https://montsame.mn/мэдээ?a=1&b=2"
    assert fields["note"].endswith(f"\\url{{{SITE}/{ui}/headlines/1}}")
    assert "urldate" not in fields


@pytest.mark.parametrize(("ui", "outlet"), [("en", "Montsame"), ("mn", "МОНЦАМЭ")])
def test_a_headline_as_ris(cited: Client, ui: str, outlet: str) -> None:
    answer = cited.get(f"/{ui}/headlines/1.ris")
    assert answer.headers["content-type"] == "application/x-research-info-systems; charset=utf-8"
    told = ris(answer.text)
    assert (told["TY"], told["TI"], told["PB"], told["LA"]) == ("NEWS", TITLE, outlet, "mn")
    assert (told["PY"], told["DA"]) == ("2026", "2026/01/15/")
    assert "Y2" not in told
    assert f"{SITE}/{ui}/headlines/1" in told["N1"]


@pytest.mark.parametrize(
    ("ui", "author", "title"),
    [
        ("en", "Örtöö", "Mongolia’s headlines, 15 January 2026"),
        ("mn", "Өртөө", "Монголын мэдээ, 2026 оны 1 дүгээр сарын 15"),
    ],
)
def test_a_day(client: Client, ui: str, author: str, title: str) -> None:
    _, key, fields = bibtex(client.get(f"/{ui}/2026-01-15.bib").text)
    assert (key, tex(fields["author"]), fields["url"]) == ("ortoo-2026-01-15", author, f"{SITE}/{ui}/2026-01-15")
    told = ris(client.get(f"/{ui}/2026-01-15.ris").text)
    assert (told["TY"], told["AU"], told["UR"]) == ("ELEC", author, f"{SITE}/{ui}/2026-01-15")
    assert tex(fields["title"]) == told["TI"]
    assert told["TI"].startswith(title[:14])


def test_the_readers_own_day_comes_with_their_request(cited: Client) -> None:
    fields = bibtex(cited.get("/en/headlines/1.bib?accessed=2026-02-03").text)[2]
    assert fields["urldate"] == "2026-02-03"
    assert ris(cited.get("/en/2026-01-15.ris?accessed=2026-02-03").text)["Y2"] == "2026/02/03/"


def test_a_citation_is_the_same_on_every_day(sqlite_store: Store, clock: Clock) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch([headline()]))
    later: Clock = lambda: NOW + timedelta(days=900)  # noqa: E731
    bodies = set()
    for now in (clock, later):
        with Client(create_app(Settings(), sqlite_store, now)) as client:
            bodies.add(tuple(client.get(f"/mn/{name}").body for name in ("headlines/1.bib", "2026-01-15.ris")))
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("address", "status", "location"),
    [
        ("/en/headlines/99.bib", 404, None),
        ("/en/headlines/x.bib", 404, None),
        ("/en/headlines/" + "9" * 30 + ".ris", 404, None),
        ("/en/2026-13-01.bib", 404, None),
        ("/en/2020-01-01.ris", 404, None),
        ("/en/headlines/1.bib?accessed=yesterday", 400, None),
        ("/en/headlines/1.txt", 404, None),
        ("/en/2026-01-15.bib?lang=mn", 302, "/en/2026-01-15.bib"),
        ("/2026-01-15.bib", 302, "/en/2026-01-15.bib"),
    ],
)
def test_odd_addresses(client: Client, address: str, status: int, location: str | None) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("location")) == (status, location)


def test_a_client_that_has_it_is_told_so(cited: Client) -> None:
    answer = cited.get("/en/headlines/1.bib")
    assert cited.get("/en/headlines/1.bib", {"if-none-match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("page", ["/en/headlines/1", "/mn/headlines/1"])
def test_pages_show_what_the_files_hold(cited: Client, page: str) -> None:
    dom = Dom(cited.get(page).text)
    shown = {area.get("aria-label"): "".join(area.itertext()) for area in dom.all("textarea", "reference__text")}
    assert shown["BibTeX"] == cited.get(f"{page}.bib").text
    assert shown["RIS"].split() == cited.get(f"{page}.ris").text.split()
    links = [a.get("href") for a in dom.all("a") if re.search(r"\.(bib|ris)$", a.get("href") or "")]
    assert links == [f"{page}.bib", f"{page}.ris"]
    assert len(dom.all("button", "js-copy")) >= 2


@pytest.mark.parametrize("page", ["/en/2026-01-15", "/mn/2026-01-15"])
def test_days_lead_to_the_files(cited: Client, page: str) -> None:
    dom = Dom(cited.get(page).text)
    links = [a.get("href") for a in dom.all("a") if re.search(r"\.(bib|ris)$", a.get("href") or "")]
    assert links == [f"{page}.bib", f"{page}.ris"]
    assert all(cited.get(link).status_code == 200 for link in links if link)


def test_a_narrowed_day_cites_the_whole_day(client: Client) -> None:
    dom = Dom(client.get("/en/2026-01-15?lang=mn").text)
    links = [a.get("href") for a in dom.all("a") if str(a.get("href")).endswith(".bib")]
    assert links == ["/en/2026-01-15.bib"]


def test_braces_in_an_address_do_not_end_the_field() -> None:
    fields = bibtex(of_headline(ROW, T["en"], Links("en"), SITE).bibtex)[2]
    assert unquote(fields["url"]) == ROW.url
    assert "{" not in fields["url"]


def test_a_headline_without_address_or_language() -> None:
    bare = replace(ROW, url=None, language="und", honesty=Honesty.FIRST_SEEN)
    made = of_headline(bare, T["mn"], Links("mn"), SITE)
    fields = bibtex(made.bibtex)[2]
    assert (fields["url"], "langid" in fields) == (f"{SITE}/mn/headlines/7", False)
    assert "LA" not in ris(made.ris)
    doubt = T["mn"].text("feed.first-seen", outlet="МОНЦАМЭ")
    assert doubt in ris(made.ris)["N1"]
    assert fields["note"].endswith(f"\\url{{{SITE}/mn/headlines/7}} {doubt}")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_any_title_comes_back(title: str) -> None:
    made = of_headline(replace(ROW, title=f"a{title}b"), T["en"], Links("en"), SITE)
    wanted = " ".join(f"a{title}b".split())
    assert tex(bibtex(made.bibtex)[2]["title"]) == wanted
    assert ris(made.ris)["TI"] == wanted
