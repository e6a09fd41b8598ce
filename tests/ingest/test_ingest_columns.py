"""What the columns of tables and JSON objects are called: in English, in Mongolian, by a mapping."""

import json

import pytest

from app.ingest.columns import COLUMNS, column, mapped, renamed
from app.ingest.format import Format, Reading
from app.ingest.formats import jsonlist, ndjson, table
from app.ingest.payload import Payload
from app.model.headline import RawItem, Reason, Rejection

ROW = {"Гарчиг": "Мэдээ", "Холбоос": "https://x.mn/1", "Эх сурвалж": "x.mn", "Огноо": "2026.01.15", "Хэл": "mn"}


def read(form: Format, row: dict[str, str], mapping: dict[str, str] | None = None) -> RawItem:
    bodies = {
        "table": "\t".join(row) + "\n" + "\t".join(row.values()) + "\n",
        "json": json.dumps([row], ensure_ascii=False),
        "ndjson": json.dumps(row, ensure_ascii=False) + "\n",
    }
    (item,) = form.parse(Payload.of(bodies[form.name]), Reading(columns=mapping or {}))
    assert isinstance(item, RawItem)
    return item


ROWS = [table.FORMAT, jsonlist.FORMAT, ndjson.FORMAT]


@pytest.mark.parametrize("form", ROWS, ids=lambda form: form.name)
def test_columns_have_mongolian_names(form: Format) -> None:
    item = read(form, ROW)
    told = (item.title, item.link, item.outlet, item.published, item.language)
    assert told == ("Мэдээ", "https://x.mn/1", "x.mn", "2026.01.15", "mn")


@pytest.mark.parametrize("form", ROWS, ids=lambda form: form.name)
def test_other_names_are_mapped_and_go_before_the_usual_ones(form: Format) -> None:
    row = {"title": "Not this", "Нэр": "This", "where": "https://x.mn/1", "date": "2026-01-15"}
    item = read(form, row, mapped(["title=нэр", "url = where"]))
    assert (item.title, item.link, item.published) == ("This", "https://x.mn/1", "2026-01-15")


@pytest.mark.parametrize("form", ROWS, ids=lambda form: form.name)
def test_the_first_of_two_names_with_a_value_counts(form: Format) -> None:
    assert read(form, {"title": "A", "published": "", "date": "2026-01-15"}).published == "2026-01-15"


def test_a_member_under_its_own_name_goes_before_another_name() -> None:
    assert renamed({"headline": "B", "title": "A", "x": 1}, {}) == {"title": "A", "x": 1}
    assert renamed({"headline": "B", "title": "A"}, {"title": "headline"}) == {"title": "B"}


@pytest.mark.parametrize("given", ["title", "heading=x", "title=", "=x", "title=" + "x" * 201])
def test_a_mapping_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="a column"):
        mapped([given])


def test_a_column_is_mapped_once() -> None:
    with pytest.raises(ValueError, match="title is mapped twice"):
        mapped(["title=a", "title=b"])


def test_no_name_stands_for_two_columns() -> None:
    names = [name for known in COLUMNS.values() for name in known]
    assert len(names) == len(set(names))
    assert all(column(name.upper(), {}) == known for known, told in COLUMNS.items() for name in told)


@pytest.mark.parametrize("form", ROWS, ids=lambda form: form.name)
def test_a_rank_that_is_none_is_not_passed_over(form: Format) -> None:
    row = {"title": "One", "url": "https://x.mn/1", "rank": "-1"}
    bodies = {
        "table": "\t".join(row) + "\n" + "\t".join(row.values()) + "\n",
        "json": json.dumps([row]),
        "ndjson": json.dumps(row) + "\n",
    }
    (found,) = form.parse(Payload.of(bodies[form.name]), Reading())
    assert isinstance(found, Rejection)
    assert (found.reason, found.detail) == (Reason.MALFORMED, "The rank is no whole number from 1 to 9,999: -1.")
    assert b"-1" in found.raw
