"""What clients prefer, from headers of every kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.language import UI_LANGUAGES
from app.web.negotiate import accepts_gzip, preferred_ui, prefers_json, wants_part


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", "en"),
        ("mn", "mn"),
        ("mn-Cyrl-MN", "mn"),
        ("MN-mn", "mn"),
        ("en-GB,en;q=0.9,mn;q=0.8", "en"),
        ("ru;q=0.9,mn;q=0.5,en;q=0.4", "mn"),
        ("en;q=0.2, mn;q=0.3", "mn"),
        ("mn;q=0, en;q=0.1", "en"),
        ("mn;q=0", "en"),
        ("mn;q=x,en;q=0.1", "en"),
        ("*", "en"),
        (";;;,,,q=1", "en"),
    ],
)
def test_languages(header: str, wanted: str) -> None:
    assert preferred_ui(header) == wanted


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", False),
        ("*/*", False),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        ("application/json", True),
        ("application/problem+json, text/html;q=0.5", True),
        ("text/html, application/json", False),
        ("application/json;q=0, text/html", False),
    ],
)
def test_json(header: str, wanted: bool) -> None:
    assert prefers_json(header) is wanted


def test_parts_are_for_htmx_only() -> None:
    assert wants_part({"hx-request": "true"})
    assert not wants_part({})
    assert not wants_part({"hx-request": "false"})
    assert not wants_part({"hx-request": "true", "hx-history-restore-request": "true"})


@given(st.text())
def test_any_header_can_be_read(header: str) -> None:
    assert preferred_ui(header) in UI_LANGUAGES
    assert prefers_json(header) in (True, False)
    assert accepts_gzip(header) in (True, False)
