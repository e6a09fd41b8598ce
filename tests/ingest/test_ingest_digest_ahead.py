"""Digests and entries dated after they came."""

from datetime import date
from typing import Any

from app.ingest.formats.digest import parse_text
from app.model.headline import RawItem, Reason, Rejection


def parsed(text: str, **rest: Any) -> list[Any]:
    return list(parse_text(text, **rest))


def test_an_entry_dated_ahead_keeps_its_place() -> None:
    text = "1 FIRST WWW.X.MN PUBLISHED:2026/01/15\n2 A SLIP OF THE PEN WWW.X.MN PUBLISHED:2062/01/15"
    first, slip = parsed(text, latest=date(2026, 1, 16))
    assert isinstance(slip, RawItem)
    assert (slip.published, slip.digest_day, slip.position) == ("2062/01/15", first.digest_day, 2)


def test_a_digest_whose_day_has_not_come_waits_for_it() -> None:
    """On its day it is taken in as it stands; taken in now, it would be today's."""
    text = "1 FIRST WWW.X.MN PUBLISHED:2026/01/20\n2 SECOND WWW.X.MN PUBLISHED:2026/01/20"
    for item in parsed(text, latest=date(2026, 1, 16)):
        assert isinstance(item, Rejection)
        assert item.reason is Reason.BAD_DATE
        assert "has not come yet" in item.detail
    assert [item.digest_day for item in parsed(text, latest=date(2026, 1, 20))] == ["2026-01-20"] * 2
