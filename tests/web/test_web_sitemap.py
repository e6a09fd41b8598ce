"""The map of the site: an index by month, each day's page in every edition."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.web.asking import Client

SITE = "http://ortoo.test"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def parsed(client: Client, address: str) -> Element:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    return ElementTree.fromstring(answer.content)


def listed(root: Element, kind: str) -> dict[str, str]:
    """Addresses with their days of change."""
    found = root.findall(f"s:{kind}", NAMES)
    pairs = [(e.findtext("s:loc", "", NAMES), e.findtext("s:lastmod", "", NAMES)) for e in found]
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)


def test_the_index_names_the_months_newest_first(each_client: Client) -> None:
    months = listed(parsed(each_client, "/sitemap.xml"), "sitemap")
    assert list(months.items()) == [
        (f"{SITE}/sitemap-2026-01.xml", "2026-01-15"),
        (f"{SITE}/sitemap-2024-12.xml", "2024-12-19"),
        (f"{SITE}/sitemap-pages.xml", ""),
    ]


def test_pages_that_are_no_days_are_named_too(each_client: Client) -> None:
    root = parsed(each_client, "/sitemap-pages.xml")
    pages = listed(root, "url")
    paths = (
        "/",
        "/archive",
        "/outlets",
        "/outlets/gogo.mn",
        "/analysis",
        "/analysis/yongusil-100",
        "/sources",
        "/about",
    )
    assert {f"{SITE}/{ui}{path}" for ui in ("en", "mn") for path in paths} <= pages.keys()
    assert set(pages.values()) == {""}
    for page in pages:
        path = page.removeprefix(SITE)
        answer = each_client.get(path)
        assert answer.status_code == 200
        assert f'<link rel="canonical" href="{page}">' in answer.text
    for url in root.findall("s:url", NAMES):
        assert [e.get("hreflang") for e in url.findall("x:link", NAMES)] == ["en", "mn"]


def test_a_month_names_every_day_in_every_edition(each_client: Client) -> None:
    root = parsed(each_client, "/sitemap-2026-01.xml")
    pages = listed(root, "url")
    assert pages == {f"{SITE}/{ui}/2026-01-{day}": f"2026-01-{day}" for day in (15, 14) for ui in ("en", "mn")}
    for url in root.findall("s:url", NAMES):
        day = url.findtext("s:lastmod", "", NAMES)
        links = {e.get("hreflang"): e.get("href") for e in url.findall("x:link", NAMES)}
        assert links == {"en": f"{SITE}/en/{day}", "mn": f"{SITE}/mn/{day}", "x-default": f"{SITE}/{day}"}
    for page in pages:
        assert each_client.get(page.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("key", ["2026-02", "2026", "2026-13", "x", "2026-01-15", "9999-01"])
def test_no_map_of_what_is_not_there(client: Client, key: str) -> None:
    assert client.get(f"/sitemap-{key}.xml").status_code == 404


def test_an_empty_paper_has_an_empty_map(blank: Client) -> None:
    assert listed(parsed(blank, "/sitemap.xml"), "sitemap") == {f"{SITE}/sitemap-pages.xml": ""}
    assert f"{SITE}/mn/" in listed(parsed(blank, "/sitemap-pages.xml"), "url")
