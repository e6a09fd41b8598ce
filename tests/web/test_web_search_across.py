"""A search offers what it may be about in the other language: apart from what it finds, and only where asked."""

import pytest

from app.store import Store
from tests.web.asking import Asker, Client
from tests.web.paper import ENGLISH, MONGOLIAN, print_paper

HERE = 'class="across"'


@pytest.fixture
def reader(store: Store, ask: Asker) -> Client:
    print_paper(store)
    return ask(store)


def block(page: str) -> str:
    """The part of a page that speaks the other language; empty where there is none."""
    return page.partition(HERE)[2].partition("</section>")[0]


def test_a_question_in_english_offers_mongolian(reader: Client) -> None:
    page = reader.get("/en/search?q=visa+75+countries+Trump").text
    assert MONGOLIAN[0][0] in block(page)
    assert "In Mongolian, about the same" in page
    assert MONGOLIAN[0][0] not in page.partition(HERE)[0]


def test_a_question_in_mongolian_offers_english(reader: Client) -> None:
    page = reader.get("/mn/search?q=75 орны виз".replace(" ", "+")).text
    assert ENGLISH[0][0] in block(page)
    assert "Англиар, ижил утгатай" in page


@pytest.mark.parametrize(
    "address",
    [
        "/en/search?q=visa+75+countries+Trump&lang=en",
        "/en/search?q=visa+75+countries+Trump&before=2026-01-16",
        "/en/search?q=visa+75+countries+Trump&to=2025-01-01",
        "/en/search?q=visa+75+countries+Trump&outlet=montsame.mn",
        "/en/search?q=unicorns",
        "/en/search",
    ],
)
def test_nothing_that_was_not_asked_for(reader: Client, address: str) -> None:
    assert MONGOLIAN[0][0] not in block(reader.get(address).text)
