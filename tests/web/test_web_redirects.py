"""Addresses that lead on: to an edition, to today, to the canonical form."""

import pytest

from tests.web.asking import Client

MONGOLIAN = {"Accept-Language": "mn-MN,mn;q=0.9,en;q=0.8"}
RUSSIAN = {"Accept-Language": "ru,zh;q=0.9"}


@pytest.mark.parametrize(
    ("address", "headers", "status", "wanted"),
    [
        ("/", {}, 302, "/en/"),
        ("/", MONGOLIAN, 302, "/mn/"),
        ("/", RUSSIAN, 302, "/en/"),
        ("/?lang=mn", MONGOLIAN, 302, "/mn/?lang=mn"),
        ("/2026-01-15", MONGOLIAN, 302, "/mn/2026-01-15"),
        ("/2026-01-15?outlet=gogo.mn", {}, 302, "/en/2026-01-15?outlet=gogo.mn"),
        ("/2026-02-30", {}, 302, "/en/2026-02-30"),
        ("/today", MONGOLIAN, 302, "/mn/2026-01-15"),
        ("/archive", {}, 302, "/en/archive"),
        ("/outlets", MONGOLIAN, 302, "/mn/outlets"),
        ("/analysis", {}, 302, "/en/analysis"),
        ("/about", {}, 302, "/en/about"),
    ],
)
def test_to_the_readers_language(
    client: Client, address: str, headers: dict[str, str], status: int, wanted: str
) -> None:
    response = client.get(address, headers)
    assert (response.status_code, response.headers["location"]) == (status, wanted)
    assert response.headers["vary"] == "Accept-Language"
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("address", "status", "wanted"),
    [
        ("/en", 308, "/en/"),
        ("/mn", 308, "/mn/"),
        ("/mn/today", 302, "/mn/2026-01-15"),
        ("/en/archive/", 308, "/en/archive"),
        ("/en/2026-01-15/", 308, "/en/2026-01-15"),
        ("/en/outlets/MONTSAME.mn", 308, "/en/outlets/montsame.mn"),
        ("/en/outlets/montsame.gov.mn?lang=mn", 308, "/en/outlets/montsame.mn?lang=mn"),
    ],
)
def test_to_the_one_address_of_a_page(client: Client, address: str, status: int, wanted: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["location"]) == (status, wanted)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("lang=&q=", ""),
        ("lang=&outlet=gogo.mn&q=", "?outlet=gogo.mn"),
        ("outlet=gogo.mn&lang=mn", "?lang=mn&outlet=gogo.mn"),
        ("outlet=montsame.mn&outlet=gogo.mn", "?outlet=gogo.mn&outlet=montsame.mn"),
        ("outlet=GOGO.mn", "?outlet=gogo.mn"),
        ("lang=mn&lang=mn", "?lang=mn"),
        ("q=++%D0%B2%D0%B8%D0%B7++", "?q=%D0%B2%D0%B8%D0%B7"),
    ],
)
def test_a_form_is_led_to_the_canonical_query(client: Client, query: str, wanted: str) -> None:
    response = client.get(f"/en/?{query}")
    assert (response.status_code, response.headers["location"]) == (302, f"/en/{wanted}")
    assert client.get(response.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    "address", ["/en/2026-01-15", "/en/outlets/gogo.mn", "/en/archive/2026", "/en/about", "/en/analysis"]
)
def test_conditions_that_a_page_does_not_know_are_dropped(client: Client, address: str) -> None:
    response = client.get(f"{address}?before=2026-01-01&outlet=montsame.mn&from=&to=")
    assert response.status_code == 302
    assert client.get(response.headers["location"]).status_code == 200


@pytest.mark.parametrize("query", ["utm_source=x", "lang=mn&fbclid=abc", "q=a%20b", "q=a+b", "q=%d0%b2"])
def test_other_spellings_and_foreign_parameters_are_left_alone(client: Client, query: str) -> None:
    assert client.get(f"/en/?{query}").status_code == 200


def test_htmx_is_answered_at_once_and_told_the_address(client: Client) -> None:
    response = client.get(
        "/en/?lang=&q=&outlet=gogo.mn", {"HX-Request": "true", "HX-Current-URL": "http://ortoo.test/en/"}
    )
    assert response.status_code == 200
    assert response.headers["hx-push-url"] == "/en/?outlet=gogo.mn"


def test_going_back_in_history_gets_a_whole_page(client: Client) -> None:
    response = client.get("/en/?outlet=gogo.mn", {"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert response.text.lstrip().startswith("<!doctype html>")
    assert "hx-push-url" not in response.headers
    plain = client.get("/en/?outlet=gogo.mn", {"HX-History-Restore-Request": "true"})
    assert plain.content == response.content
