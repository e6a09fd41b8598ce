"""What goes wrong is said in the reader's language, with the remedy, and is never a 500."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import OrtooError, Unavailable
from app.i18n import translators
from app.settings import resource_dir
from app.store import Store
from app.store.dialects import connect_engine
from app.timeline.links import Links
from app.web.problems import of_status, problem_of
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text

TRANSLATORS = translators(resource_dir("locale"))
JSON = {"Accept": "application/json"}

HOSTILE = [
    ("/en/2026-02-30", 404),
    ("/mn/2026-02-30", 404),
    ("/en/99999-01-01", 404),
    ("/en/0000-00-00", 404),
    ("/en/1989-12-31", 404),
    ("/en/2200-01-01", 404),
    ("/en/2026-1-5", 404),
    ("/en/2026-01-16", 404),
    ("/en/2026-01-15.pdf", 404),
    ("/en/2026-01-15%00", 404),
    ("/en/%D9%A2%D9%A0%D9%A2%D9%A6-01-15", 404),
    ("/en/archive/2025", 404),
    ("/en/archive/0000", 404),
    ("/en/archive/2026-13", 404),
    ("/en/archive/99999999999999999999", 404),
    ("/en/nowhere", 404),
    ("/en/%zz", 404),
    ("/en/%00", 404),
    ("/en/%ff%fe", 404),
    ("/nowhere", 404),
    ("//evil.test/", 404),
    ("/fr/", 404),
    ("/en/outlets/nowhere.mn", 404),
    ("/en/outlets/%00", 404),
    ("/en/outlets/a%20b", 404),
    ("/en/outlets/" + "a" * 5000, 404),
    ("/en/headlines/0", 404),
    ("/en/headlines/-1", 404),
    ("/en/headlines/x", 404),
    ("/en/headlines/%D9%A1", 404),
    ("/en/headlines/" + "9" * 18, 404),
    ("/en/headlines/" + "9" * 400, 404),
    ("/en/analysis/%00", 404),
    ("/en/analysis/nothing", 404),
    ("/en/analysis/" + "a" * 5000, 404),
    ("/en/analysis/..%2f..%2fetc%2fpasswd", 404),
    ("/static/../app/web/app.py", 404),
    ("/static/x/%2e%2e/%2e%2e/pyproject.toml", 404),
    ("/en/?outlet=%3Cscript%3E", 400),
    ("/mn/?outlet=%3Cscript%3E", 400),
    ("/en/?outlet=" + "&outlet=".join(f"a{i}.mn" for i in range(31)), 400),
    ("/en/?lang=english", 400),
    ("/en/?lang=%00", 400),
    ("/en/?lang=" + "&lang=".join(["aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ai", "aj", "ak"]), 400),
    ("/en/?before=x", 400),
    ("/mn/?before=2026-02-30", 400),
    ("/en/?from=2026-01-15&to=2026-01-14", 400),
    ("/en/?from=2026-01-15&from=2026-01-14", 400),
    ("/en/?q=%ff", 400),
    ("/en/?q=%ed%a0%80", 400),
    ("/en/?q=\udcff", 400),  # a bare byte, not percent-encoded
    ("/en/?" + "a=1&" * 3000, 400),
    ("/en/?" + "&" * 5000, 400),
    ("/en/2026-01-15?outlet=%3Cscript%3E", 400),
    ("/en/outlets/gogo.mn?before=x", 400),
]


@pytest.mark.parametrize(("address", "status"), HOSTILE, ids=[ascii(a[:50]) for a, _ in HOSTILE])
def test_hostile_addresses_get_a_page_that_says_so(client: Client, address: str, status: int) -> None:
    for headers in ({}, {"HX-Request": "true"}, JSON):
        response = client.get(address, headers)
        assert response.status_code == status
        assert response.headers["content-security-policy"]
        if headers == JSON:
            assert response.headers["content-type"] == "application/problem+json"
            assert response.json()["status"] == status
        else:
            dom = Dom(response.text)
            assert text(dom.one("h1", "missing__h"))


@pytest.mark.parametrize(
    "address",
    [
        "/en/?q=nothing%20%F0%9F%97%9E",
        "/mn/?q=%25_%5C",
        "/en/?q='%20OR%201=1--",
        "/en/?q=" + "a" * 200,
        "/mn/search?q=%22%22%20OR%20-%20NEAR(%20*%20)",
    ],
)
def test_odd_words_are_only_words(each_client: Client, address: str) -> None:
    assert each_client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/en/", "/en/2026-01-15", "/en/outlets/x%00", "/en/analysis/x%00y", "/en/headlines/" + "9" * 18]
)
def test_nothing_odd_reaches_either_database(each_client: Client, address: str) -> None:
    assert each_client.get(address).status_code in (200, 404)


def test_a_bad_parameter_is_named_with_what_it_takes_and_a_way_out(client: Client) -> None:
    dom = Dom(client.get("/mn/?lang=mn&outlet=%3Cscript%3E").text)
    assert text(dom.one("p", "lede")) == (
        "Хаягийн outlet=<script> хэсэг буруу байна. "
        "Ийм байх ёстой: montsame.mn, gogo.mn зэрэг домэйн, хамгийн ихдээ 30."
    )
    (remedy,) = dom.within(dom.one("ul", "remedies"), "a")
    assert (text(remedy), remedy.get("href")) == ("Хуудсыг түүнгүйгээр нээх", "/mn/?lang=mn")
    assert text(dom.one("p", "missing__alt")) == "This address asks for something that cannot be"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lang=english", "lang=english is not right: it takes language codes such as mn, en, at most 10."),
        ("before=x", "before=x is not right: it takes a day such as 2026-01-15."),
        (
            "to=2026-01-01&from=2026-01-02",
            "to=2026-01-01 is not right: it takes a day that is not before the first one.",
        ),
        ("q=%ff", "cannot be read: at most 65,536 characters of UTF-8 text."),
    ],
)
def test_each_parameter_says_what_it_takes(client: Client, query: str, said: str) -> None:
    response = client.get(f"/en/?{query}")
    assert said in text(Dom(response.text).one("p", "lede"))


def test_the_same_facts_for_programs(client: Client) -> None:
    response = client.get("/mn/?before=x", JSON)
    assert response.json() == {
        "type": "urn:ortoo:problem:bad-filter",
        "title": "Энэ хаягийг ойлгох боломжгүй байна",
        "status": 400,
        "detail": "Хаягийн before=x хэсэг буруу байна. Ийм байх ёстой: 2026-01-15 гэсэн хэлбэртэй өдөр.",
        "instance": "/mn/",
        "name": "before",
        "value": "x",
        "expected": "a day such as 2026-01-15",
        "request": response.number,
    }


def test_a_day_of_nothing_leads_to_its_neighbours(client: Client) -> None:
    dom = Dom(client.get("/en/2025-06-01").text)
    assert text(dom.one("p", "lede")) == "Nothing was printed on Sunday, 1 June 2025."
    assert [a.get("href") for a in dom.within(dom.one("ul", "remedies"), "a")] == [
        "/en/2024-12-19",
        "/en/2026-01-14",
        "/en/archive",
    ]


def test_there_is_something_to_read_instead(client: Client) -> None:
    dom = Dom(client.get("/mn/nowhere").text)
    assert text(dom.one("h1")) == "Ийм хуудас энэ сонинд алга"
    assert len(dom.all("li", "row")) == 4
    assert [text(a) for a in dom.within(dom.one("h2", "col__h"), "a")] == ["1-р сарын 15"]


def test_an_address_without_an_edition_answers_in_the_readers_language(client: Client) -> None:
    response = client.get("/nowhere", {"Accept-Language": "mn"})
    assert Dom(response.text).one("html").get("lang") == "mn"
    assert "Accept-Language" in response.headers["vary"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/en/", "/en/2026-01-15", "/robots.txt"])
def test_other_methods_are_refused(client: Client, method: str, address: str) -> None:
    response = client.ask(method, address)
    assert response.status_code == 405
    assert set(response.headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD"}
    Dom(response.text)


def test_a_refusal_without_words_of_its_own_has_common_ones() -> None:
    problem = of_status(418, Links("en"), {})
    assert (problem.status, problem.title) == (418, "problem.refused")
    assert problem_of(OrtooError("odd"), TRANSLATORS["en"], Links("en"), "/en/", "").status == 500


class Broken(Store):
    """A store whose database is away, or that has a mistake in it."""

    def __init__(self, error: Exception) -> None:
        super().__init__(connect_engine("sqlite:////nowhere/at/all.db"))
        self.error = error

    def reading(self) -> Any:
        raise self.error

    def revision(self) -> int:
        raise self.error

    def check_schema(self) -> None:
        raise self.error


@pytest.mark.parametrize("address", ["/mn.atom", "/mn/2026-01-15.json"])
def test_a_file_of_an_edition_that_cannot_be_had_is_refused_in_its_language(ask: Asker, address: str) -> None:
    response = ask(Broken(Unavailable("away"))).get(address, {"Accept-Language": "en"})
    assert (response.status_code, Dom(response.text).one("html").get("lang")) == (503, "mn")


@pytest.mark.parametrize("address", ["/en/", "/mn/2026-01-15", "/en/today", "/readyz"])
def test_a_database_that_is_away_is_said_plainly(ask: Asker, address: str, caplog: pytest.LogCaptureFixture) -> None:
    client = ask(Broken(Unavailable("postgresql://ortoo@db: no answer")))
    response = client.get(address)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "30"
    assert response.headers["cache-control"] == "no-store"
    assert "postgresql" not in response.text, "where the database is concerns no reader"
    assert f"503 for GET {address}: postgresql://ortoo@db: no answer" in caplog.text, "but its operator"
    Dom(response.text)
    assert client.get("/en/about").status_code == 200
    assert client.get("/healthz").status_code == 200
    assert client.get("/en/nowhere").status_code == 404


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_a_mistake_in_the_program_gets_a_page_too(ask: Asker, ui: str) -> None:
    client = ask(Broken(ZeroDivisionError("secret")))
    response = client.get(f"/{ui}/")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["content-security-policy"]
    assert Dom(response.text).one("html").get("lang") == ui


@given(
    path=st.text(st.characters(codec="ascii", exclude_characters="?#"), max_size=40),
    query=st.text(st.characters(codec="ascii", exclude_characters="#"), max_size=60),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_address_breaks_anything(client: Client, path: str, query: str) -> None:
    for base in ("/en/", "/en/outlets/", "/en/analysis/", "/en/archive/", "/"):
        response = client.get(f"{base}{path.lstrip('/')}?{query}")
        assert response.status_code in (200, 302, 304, 308, 400, 404)


@pytest.mark.parametrize(
    ("address", "remedies"),
    [
        ("/en/archive/2025", ["/en/archive/2024-12", "/en/archive/2026-01", "/en/archive"]),
        ("/mn/archive/2025-06", ["/mn/archive/2024-12", "/mn/archive/2026-01", "/mn/archive"]),
        ("/mn/outlets/nowhere.mn", ["/mn/outlets"]),
        ("/en/analysis/nothing", ["/en/analysis"]),
        ("/en/headlines/999", ["/en/"]),
    ],
)
def test_what_is_not_there_leads_to_where_such_things_are(client: Client, address: str, remedies: list[str]) -> None:
    response = client.get(address)
    assert response.status_code == 404
    dom = Dom(response.text)
    assert [a.get("href") for a in dom.within(dom.one("ul", "remedies"), "a")] == remedies
    for remedy in remedies:
        assert client.get(remedy).status_code == 200
