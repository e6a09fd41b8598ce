"""What pages say of themselves to search engines and to networks that show previews."""

import io
import json
import struct
from typing import Any

import pytest

from app.store import Store
from tests.builders import DAY, headline, put
from tests.web.asking import Asker, Client
from tests.web.dom import Dom

SITE = "http://ortoo.test"


def graph(page: Dom) -> list[dict[str, Any]]:
    """The nodes of a page's structured data."""
    told = json.loads("".join(page.one("script", type="application/ld+json").itertext()))
    assert told["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = told["@graph"]
    return nodes


def tags(page: Dom) -> dict[str, str]:
    """The page's `meta` elements by property or name, but for those that stand twice on purpose."""
    found = [e for e in page.all("meta") if e.get("content") and not e.get("media")]
    pairs = [(e.get("property") or e.get("name") or "", e.get("content") or "") for e in found]
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), "a tag stands twice"
    return dict(pairs)


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_a_day_is_a_list_of_its_outlets_articles(client: Client, ui: str) -> None:
    (node,) = graph(Dom(client.get(f"/{ui}/2026-01-15").text))
    assert node["@type"] == "CollectionPage"
    assert node["url"] == node["@id"] == f"{SITE}/{ui}/2026-01-15"
    assert (node["inLanguage"], node["temporalCoverage"]) == (ui, "2026-01-15")
    listed = node["mainEntity"]
    assert listed["@type"] == "ItemList"
    assert [item["position"] for item in listed["itemListElement"]] == list(range(1, listed["numberOfItems"] + 1))
    articles = [item["item"] for item in listed["itemListElement"]]
    assert {a["publisher"]["@type"] for a in articles} == {"NewsMediaOrganization"}
    assert {a["publisher"]["url"] for a in articles} >= {"https://montsame.mn/", "https://gogo.mn/"}
    assert not any("author" in a or "copyrightHolder" in a for a in articles)
    assert not any(str(a.get("url", "")).startswith(SITE) for a in articles), "another's article has no address of ours"
    assert node["isPartOf"] == {"@id": f"{SITE}/#site"}


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_the_timeline_lists_its_days_and_says_how_to_search(client: Client, ui: str) -> None:
    node, site = graph(Dom(client.get(f"/{ui}/").text))
    days = [item["item"] for item in node["mainEntity"]["itemListElement"]]
    assert days[0]["url"] == f"{SITE}/{ui}/2026-01-15"
    assert (site["@type"], site["@id"]) == ("WebSite", node["isPartOf"]["@id"])
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}/{ui}/search?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"
    assert client.get(f"/{ui}/search?q=visa").status_code == 200


def test_an_article_is_its_outlets(client: Client) -> None:
    (node,) = graph(Dom(client.get("/en/analysis/yongusil-100").text))
    assert node["@type"] == "WebPage"
    article = node["mainEntity"]
    assert article["publisher"] == {
        "@type": "NewsMediaOrganization",
        "name": "AKIpress",
        "url": "https://akipress.com/",
    }
    assert article["datePublished"] == "2020-06-30"


@pytest.mark.parametrize("address", ["/en/?outlet=gogo.mn", "/en/nowhere", "/en/search?q=visa", "/en/offline"])
def test_pages_that_are_not_to_be_kept_say_nothing(client: Client, address: str) -> None:
    assert not Dom(client.get(address).text).all("script", type="application/ld+json")


def test_a_title_cannot_leave_the_structured_data(sqlite_store: Store, ask: Asker) -> None:
    title = "</script><script>alert(1)</script> \u2028 & <b>"
    put(sqlite_store, headline(title, "https://montsame.mn/1?a=1&b=2"))
    page = Dom(ask(sqlite_store).get("/en/2026-01-15").text)
    (item,) = graph(page)[0]["mainEntity"]["itemListElement"]
    assert item["item"]["headline"] == title
    assert item["item"]["url"] == "https://montsame.mn/1?a=1&b=2"
    assert len([e for e in page.all("script") if not e.get("src")]) == 1


@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize("page", ["/", "/2026-01-15"])
def test_previews_get_the_days_picture(client: Client, ui: str, page: str) -> None:
    told = tags(Dom(client.get(f"/{ui}{page}").text))
    assert told["og:image"] == f"{SITE}/share/2026-01-15.{ui}.png"
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:locale:alternate"] == {"en": "mn_MN", "mn": "en_GB"}[ui]
    assert "2026" in told["og:image:alt"]
    picture = client.get(told["og:image"].removeprefix(SITE))
    width, height = struct.unpack(">II", picture.body[16:24])
    assert (told["og:image:width"], told["og:image:height"]) == (str(width), str(height)) == ("1200", "630")


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_previews_of_a_headline_get_its_own_picture(client: Client, ui: str) -> None:
    told = tags(Dom(client.get(f"/{ui}/headlines/1").text))
    assert told["og:image"] == f"{SITE}/share/headline-1.{ui}.png"
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:image:alt"] in told["og:title"]
    picture = client.get(told["og:image"].removeprefix(SITE))
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert struct.unpack(">II", picture.body[16:24]) == (1200, 630)
    assert picture.body != client.get(f"/share/headline-2.{ui}.png").body


@pytest.mark.parametrize(
    "name", ["headline-0.en", "headline-99999.mn", "headline-.en", "headline-1.fr", "headline-x.en"]
)
def test_no_picture_of_a_headline_that_there_is_not(client: Client, name: str) -> None:
    assert client.get(f"/share/{name}.png").status_code == 404


def test_letters_that_no_font_of_ours_has_are_not_drawn(sqlite_store: Store, ask: Asker) -> None:
    put(sqlite_store, headline("蒙古国", language="zh"))
    client = ask(sqlite_store)
    assert client.get("/share/headline-1.en.png").status_code == 404
    assert tags(Dom(client.get("/en/headlines/1").text))["twitter:card"] == "summary"


@pytest.mark.parametrize("address", ["/en/about", "/mn/outlets", "/en/nowhere"])
def test_other_pages_get_the_sign(client: Client, address: str) -> None:
    told = tags(Dom(client.get(address).text))
    assert told["twitter:card"] == "summary"
    sign = client.get(told["og:image"].removeprefix(SITE))
    assert sign.headers["content-type"] == "image/png"
    assert struct.unpack(">II", sign.body[16:24]) == (512, 512)


def test_editions_name_each_other(client: Client) -> None:
    for ui in ("en", "mn"):
        page = Dom(client.get(f"/{ui}/archive").text)
        named = {e.get("hreflang"): e.get("href") for e in page.all("link", rel="alternate") if not e.get("type")}
        assert named == {
            "en": f"{SITE}/en/archive",
            "mn": f"{SITE}/mn/archive",
            "x-default": f"{SITE}/en/archive",
        }


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_the_picture_of_a_day(each_client: Client, ui: str) -> None:
    address = f"/share/2026-01-15.{ui}.png"
    answer = each_client.get(address, {"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert "content-encoding" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert len(answer.body) < 300_000
    assert io.BytesIO(answer.body).read(8) == b"\x89PNG\r\n\x1a\n"
    assert each_client.get(address, {"If-None-Match": answer.headers["etag"]}).status_code == 304
    head = each_client.head(address)
    assert (head.body, head.headers["content-length"]) == (b"", str(len(answer.body)))


def test_the_editions_have_different_pictures_and_so_have_new_headlines(sqlite_store: Store, ask: Asker) -> None:
    put(sqlite_store, headline("First"))
    client = ask(sqlite_store)
    english, mongolian = (client.get(f"/share/2026-01-15.{ui}.png") for ui in ("en", "mn"))
    assert english.headers["etag"] != mongolian.headers["etag"]
    put(sqlite_store, headline("Second", "https://montsame.mn/2"))
    assert client.get("/share/2026-01-15.en.png").headers["etag"] != english.headers["etag"]


@pytest.mark.parametrize(
    "name", ["2026-01-16.en", "1999-01-01.mn", "2026-01-15.ru", "2026-01-15", "2026-13-45.en", "x.en", "..", ".en"]
)
def test_no_picture_of_what_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/share/{name}.png").status_code == 404


def test_a_day_without_a_digest_has_a_picture_too(client: Client) -> None:
    assert client.get("/share/2024-12-19.en.png").status_code == 200
    assert DAY.isoformat() != "2024-12-19"
