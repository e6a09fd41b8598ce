"""Every format on its case folder: an input beside what has to come out of it."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.errors import MalformedPayload
from app.ingest.format import Reading
from app.ingest.formats import FORMATS
from app.ingest.payload import Payload
from app.ingest.reading import head_of
from app.ingest.sniff import identify
from app.model.headline import RawItem, Rejection

CASES = Path(__file__).parents[1] / "cases"
EXPECTED = sorted((CASES / "feeds").glob("*/*.expected.json"))
FIELDS = ("title", "link", "published", "language")


def _input(expected: Path) -> Path:
    stem = expected.name.removesuffix(".expected.json")
    return next(path for path in expected.parent.glob(f"{stem}.*") if path != expected)


def _payload(expected: Path) -> tuple[Payload, list[dict[str, Any]]]:
    told = json.loads(expected.read_text(encoding="utf-8"))
    body = _input(expected).read_bytes()
    return Payload.of(body, url=told["url"], media_type=told.get("media_type")), told["items"]


def _shown(item: object, wanted: dict[str, Any]) -> dict[str, Any]:
    if isinstance(item, Rejection):
        return {"rejected": item.reason.value}
    assert isinstance(item, RawItem)
    names = FIELDS if "rejected" in wanted else tuple(wanted)
    return {name: getattr(item, name) for name in names}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.name.split('.')[0]}")
def test_case(expected: Path) -> None:
    payload, wanted = _payload(expected)
    chosen = identify(payload)
    assert chosen.name == expected.parent.name
    found = list(chosen.parse(payload, Reading()))
    padded = wanted + [{}] * (len(found) - len(wanted))
    assert [_shown(item, want) for item, want in zip(found, padded, strict=True)] == wanted
    for item in found:
        assert item.raw
        if isinstance(item, Rejection):
            assert item.format == chosen.name
            assert item.detail.endswith(".")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.name.split('.')[0]}")
def test_no_other_format_claims_a_case(expected: Path) -> None:
    payload, _ = _payload(expected)
    head = head_of(payload)
    assert [row.name for row in FORMATS if row.sniff(head)] == [expected.parent.name]


@pytest.mark.parametrize("path", sorted((CASES / "digests").glob("*.txt")), ids=lambda path: path.stem)
def test_no_feed_format_claims_a_digest(path: Path) -> None:
    head = head_of(Payload.of(path))
    assert [row.name for row in FORMATS if row.sniff(head)] == ["digest"]


def test_every_format_with_markup_or_json_has_a_case() -> None:
    assert {path.parent.name for path in EXPECTED} == {row.name for row in FORMATS} - {"digest", "ndjson"}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.name.split('.')[0]}")
def test_a_case_cut_anywhere_still_reads_or_is_refused_by_name(expected: Path) -> None:
    payload, _ = _payload(expected)
    chosen = identify(payload)
    body = _input(expected).read_bytes()
    whole = [item for item in chosen.parse(payload, Reading()) if isinstance(item, RawItem)]
    for length in range(0, len(body), max(1, len(body) // 40)):
        cut = Payload.of(body[:length], url=payload.url, media_type=payload.media_type)
        found: list[RawItem] = []
        with suppress(MalformedPayload):
            found.extend(item for item in chosen.parse(cut, Reading()) if isinstance(item, RawItem))
        assert len(found) <= len(whole) + 1
