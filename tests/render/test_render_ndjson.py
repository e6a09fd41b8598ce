"""The export's lines."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.model.export import ExportRecord
from app.model.headline import DigestPlace, Honesty
from app.render.formats.ndjson import line
from tests.builders import DAY

RECORD = ExportRecord(
    id=7,
    day=DAY,
    language="mn",
    rank=None,
    title="“ҮГ”\u2028",
    url=None,
    outlet="usembassy.gov",
    host="mn.usembassy.gov",
    published=date(2026, 1, 14),
    honesty=Honesty.DATE_ONLY,
    digests=(DigestPlace(DAY, "mn", 3, None),),
)


def test_a_headline_is_a_line_of_json() -> None:
    text = line(RECORD)
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    assert json.loads(text) == {
        "id": 7,
        "day": "2026-01-15",
        "language": "mn",
        "rank": None,
        "title": "“ҮГ”\u2028",
        "url": None,
        "outlet": "usembassy.gov",
        "published": "2026-01-14",
        "article": False,
        "host": "mn.usembassy.gov",
        "honesty": "date-only",
        "digests": [{"day": "2026-01-15", "language": "mn", "position": 3, "rank": None}],
    }


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (datetime(2026, 1, 15, 1, 2, 3, tzinfo=UTC), "2026-01-15T01:02:03Z"),
        (datetime(2026, 1, 15, 9, 2, 3, tzinfo=timezone(timedelta(hours=8))), "2026-01-15T01:02:03Z"),
        (datetime(2026, 1, 15, 1, 2, 3, 40_000, tzinfo=UTC), "2026-01-15T01:02:03.040000Z"),
    ],
)
def test_instants_are_utc(published: datetime, told: str) -> None:
    assert json.loads(line(replace(RECORD, published=published)))["published"] == told


def test_an_article_brings_its_text() -> None:
    told = json.loads(line(replace(RECORD, article=True, paragraphs=("One.", "Two."))))
    assert (told["article"], told["paragraphs"]) == (True, ["One.", "Two."])
