"""How many sheets of A4 a page takes on paper, from either theme."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.cli.sample import load_sample
from app.store import Store
from tests.builders import DAY, NOW, batch, headline
from tests.e2e.conftest import running

pytestmark = pytest.mark.e2e

ARTICLE = "yongusil-100-mongolia-and-the-korean-security-crisis"


@pytest.fixture(scope="module")
def printed_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the sample digest and eight headlines on each of the days before it."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("printed") / "printed.db")
    store = Store.open(f"sqlite:///{path}")
    load_sample(store, NOW)
    older = [
        headline(f"A headline of ordinary length about the day, number {n}", language=("en", "mn")[n % 2], day=day)
        for day in (DAY - timedelta(days=2), DAY - timedelta(days=3))
        for n in range(8)
    ]
    with store.writing() as writer:
        writer.put(batch(older))
    with running(store) as address:
        yield address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/2026-01-15", 1),
        (f"/analysis/{ARTICLE}", 1),
        ("/?from=2026-01-12", 2),
        ("/archive/2026", 1),
        ("/archive/2026-01", 1),
        ("/sources", 2),
        ("/about", 2),
    ],
)
@pytest.mark.parametrize("ui", ["en", "mn"])
def test_sheets_of_paper(browser: Browser, printed_site: str, ui: str, page: str, most: int, theme: str) -> None:
    context = browser.new_context(base_url=printed_site, color_scheme=theme)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.goto(f"/{ui}{page}")
    sheets = re.findall(rb"/Type\s*/Page\b", opened.pdf(prefer_css_page_size=True))
    opened.emulate_media(media="print")
    paper = opened.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    context.close()
    assert 1 <= len(sheets) <= most
    assert paper == "rgb(255, 255, 255)"
