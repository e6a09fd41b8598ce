"""Addresses: every one in its edition, every value quoted, filters in their canonical order."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.filters import TimelineFilter
from app.timeline.links import SHARE_TARGETS, Links, permalink, share

DAY = date(2026, 1, 15)
EN = Links("en")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (EN.timeline(), "/en/"),
        (EN.today(), "/en/today"),
        (EN.day(DAY), "/en/2026-01-15"),
        (EN.archive(), "/en/archive"),
        (EN.year(2026), "/en/archive/2026"),
        (EN.month(DAY), "/en/archive/2026-01"),
        (EN.outlets(), "/en/outlets"),
        (EN.outlet("montsame.mn"), "/en/outlets/montsame.mn"),
        (EN.headline(7), "/en/headlines/7"),
        (EN.analysis(), "/en/analysis"),
        (EN.article("a-b"), "/en/analysis/a-b"),
        (EN.sources(), "/en/sources"),
        (EN.source(7), "/en/sources/7"),
        (EN.about(), "/en/about"),
        (EN.edition("mn").day(DAY), "/mn/2026-01-15"),
        (permalink(DAY), "/2026-01-15"),
    ],
)
def test_addresses(address: str, wanted: str) -> None:
    assert address == wanted


def test_filters_come_in_the_canonical_order() -> None:
    f = TimelineFilter(("mn",), ("gogo.mn", "montsame.mn"), "виз", "both", DAY, DAY, DAY)
    assert EN.timeline(f) == (
        "/en/?lang=mn&outlet=gogo.mn&outlet=montsame.mn&q=%D0%B2%D0%B8%D0%B7"
        "&coverage=both&from=2026-01-15&to=2026-01-15&before=2026-01-15"
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_whatever_a_slug_holds_stays_one_part_of_the_path(slug: str) -> None:
    parts = urlsplit(EN.article(slug))
    assert parts.path.count("/") == 3
    assert parts.query == parts.fragment == parts.netloc == ""


@pytest.mark.parametrize("target", SHARE_TARGETS)
def test_shared_addresses_arrive_whole(target: str) -> None:
    url, title = "https://ortoo.mn/en/2026-01-15?a=1&b=2", "Монголын мэдээ & more"
    given = parse_qs(urlsplit(share(target, url, title)).query)
    assert [url] in given.values()
    assert target == "Facebook" or [title] in given.values()
