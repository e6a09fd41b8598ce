"""The OpenAPI document is whole, and its page says all of it to people without a script."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.store import Store
from app.web.api import OPERATIONS
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text
from tests.web.told import print_told_paper

SPEC, DOCS = "/api/openapi.json", "/api/docs"


@pytest.fixture
def spec(client: Client) -> dict[str, Any]:
    answer = client.get(SPEC)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["access-control-allow-origin"] == "*"
    told: dict[str, Any] = answer.json()
    return told


def pieces(told: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(told, dict):
        yield told
    for inner in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from pieces(inner)


def test_what_it_points_to_is_there_and_what_is_there_is_pointed_to(spec: dict[str, Any]) -> None:
    pointed = {piece["$ref"] for piece in pieces(spec) if isinstance(piece.get("$ref"), str)}
    there = {f"#/components/schemas/{name}" for name in spec["components"]["schemas"]}
    assert pointed == there


def test_every_operation_is_described(spec: dict[str, Any]) -> None:
    assert spec["openapi"] == "3.1.0"
    assert spec["servers"] == [{"url": "http://ortoo.test"}]
    operations = [one for methods in spec["paths"].values() for one in methods.values()]
    ids = [one["operationId"] for one in operations]
    assert len(ids) == len(set(ids))
    assert {one.id for one in OPERATIONS} <= set(ids)
    for one in operations:
        assert one["summary"]
        assert one["tags"][0] in {tag["name"] for tag in spec["tags"]}
        assert {"500", "503"} <= one["responses"].keys()
        assert all(parameter["description"] and parameter["schema"] for parameter in one["parameters"])
        assert all(told["description"] for told in one["responses"].values())


def test_errors_are_problem_documents(spec: dict[str, Any]) -> None:
    for path, methods in spec["paths"].items():
        for method, one in methods.items():
            for status, told in one["responses"].items():
                if status >= "4" and method != "head":
                    assert list(told["content"]) == ["application/problem+json"], (path, method, status)


def test_path_parameters_are_those_of_the_path(spec: dict[str, Any]) -> None:
    for path, methods in spec["paths"].items():
        for one in methods.values():
            named = {p["name"] for p in one["parameters"] if p["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
            assert all(p["required"] for p in one["parameters"] if p["in"] == "path")


def test_a_list_item_may_leave_out_everything_but_its_number(spec: dict[str, Any]) -> None:
    schemas = spec["components"]["schemas"]
    assert schemas["HeadlineItem"]["required"] == ["id"]
    assert set(schemas["Headline"]["required"]) == set(schemas["Headline"]["properties"])
    assert schemas["HeadlineItem"]["properties"].keys() == schemas["Headline"]["properties"].keys()


def test_what_the_page_tries_works(sqlite_store: Store, ask: Asker) -> None:
    print_told_paper(sqlite_store)
    client = ask(sqlite_store)
    spec = client.get(SPEC).json()
    samples = [piece["x-codeSamples"][0]["source"] for piece in pieces(spec) if "x-codeSamples" in piece]
    assert len(samples) >= 9
    for source in samples:
        address = source.removeprefix("curl 'http://ortoo.test").removesuffix("'")
        assert client.get(re.sub(r"/\d+$", "/1", address)).status_code == 200, source


def test_the_page_says_everything(client: Client, spec: dict[str, Any]) -> None:
    answer = client.get(DOCS)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    dom = Dom(answer.text)
    assert dom.one("html").get("lang") == "en"
    said = text(dom.by_id("main"))
    for operation in OPERATIONS:
        section = dom.by_id(operation.id)
        assert f"{operation.method} {operation.path}" in text(section)
        for parameter in operation.parameters:
            assert parameter.about.replace("`", "") in text(section)
    for name, schema in spec["components"]["schemas"].items():
        section = dom.by_id(name)
        assert all(member in text(section) for member in schema.get("properties", {}))
    assert "`" not in said.replace(json.dumps("`"), "")


def test_its_links_lead_to_what_is_there(client: Client) -> None:
    dom = Dom(client.get(DOCS).text)
    ids = [element.get("id") for element in dom.all() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in dom.all("a"):
        href = link.get("href") or ""
        assert href[1:] in ids if href.startswith("#") else href.startswith("/")


def test_it_needs_no_script_and_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get(DOCS)
    dom = Dom(answer.text)
    assert not dom.within(dom.by_id("main"), "script")
    assert not [e for e in dom.all() if e.get("style") or e.get("onclick")]
    assert all((e.get("src") or "/").startswith("/") for e in dom.all())
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_the_bare_address_leads_to_the_page(client: Client) -> None:
    for address in ("/api", "/api/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["location"]) == (302, DOCS)


def test_both_are_kept_and_asked_for_again(client: Client) -> None:
    for address in (SPEC, DOCS):
        tag = client.get(address).headers["etag"]
        assert client.get(address, {"if-none-match": tag}).status_code == 304
        assert client.head(address).body == b""


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_every_page_leads_there(client: Client, ui: str) -> None:
    links = Dom(client.get(f"/{ui}/about").text).all("a", href=DOCS)
    assert len(links) == 2
    assert all((link.get("lang"), link.get("hreflang")) == ("en", "en") for link in links)
