"""What an answer of the API to something sent must look like."""

from typing import Any

from app.web.api.posts import PostedItems
from app.web.api.schema import Problem
from tests.web.asking import Answer

SNOW = {"title": "Маргааш ихэнх нутгаар цас орно", "url": "https://gogo.mn/r/1"}
VISA = {"title": "Visa rules are eased", "url": "https://montsame.mn/en/read/2", "published": "2026-01-14"}
RSS = (
    "<rss version='2.0'><channel><title>t</title><item><title>Visa rules are eased</title>"
    "<link>https://montsame.mn/en/read/2</link></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><title>Visa rules are eased</title>"
    "<link href='https://montsame.mn/en/read/2'/><id>x:1</id></entry></feed>"
)
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [VISA]}
"""The same headlines in several formats."""


def good(answer: Answer) -> dict[str, Any]:
    """The answer, which is what its model says."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    told: dict[str, Any] = answer.json()
    assert PostedItems.model_validate_json(answer.body).model_dump(mode="json") == told
    assert told["received"] == len(told["items"])
    assert [item["index"] for item in told["items"]] == list(range(told["received"]))
    for outcome in ("added", "updated", "duplicate", "rejected"):
        assert told[outcome] == sum(item["outcome"] == outcome for item in told["items"])
    return told


def bad(answer: Answer, status: int, code: str) -> dict[str, Any]:
    """The problem document."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "access-control-allow-origin" not in answer.headers
    told: dict[str, Any] = answer.json()
    assert Problem.model_validate(told).model_dump(exclude_unset=True) == told
    assert (told["status"], told["type"]) == (status, f"urn:ortoo:problem:{code}")
    return told


def outcomes(answer: Answer) -> list[str]:
    """What became of each item."""
    return [item["outcome"] for item in good(answer)["items"]]
