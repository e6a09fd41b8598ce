"""Answers as they look, for the OpenAPI document and its page. Tests check them against the models."""

from typing import Any

SITE = "https://ortoo.example"
DAY = "2026-01-15"
CURSOR = "lpqvgDFoADIwMjYtMDEtMTUAMTc2ODQ1NjgwMAAxNw"

MONTSAME = {"domain": "montsame.mn", "name": "Montsame", "name_mn": "МОНЦАМЭ"}


def _pages(path: str) -> dict[str, str]:
    return {"en": f"{SITE}/en{path}", "mn": f"{SITE}/mn{path}"}


HEADLINE: dict[str, Any] = {
    "id": 17,
    "day": DAY,
    "language": "en",
    "rank": 2,
    "position": 2,
    "title": "GOVERNMENT TO UPDATE NATIONAL E-SERVICES REGISTRY NEXT MONTH",
    "url": "https://montsame.mn/en/read/17",
    "outlet": MONTSAME,
    "host": "montsame.mn",
    "published": "2026-01-15T01:20:00Z",
    "published_at": "2026-01-15T01:20:00Z",
    "honesty": "declared",
    "updated_at": "2026-01-15T02:00:04Z",
    "digests": [{"day": DAY, "language": "en", "position": 2, "rank": 2}],
    "coverage": "both",
    "story": {"id": 4, "headlines": 3, "outlets": 2, "permalinks": _pages("/stories/4")},
    "permalinks": _pages("/headlines/17"),
}

MONGOLIAN: dict[str, Any] = {
    "id": 16,
    "day": DAY,
    "language": "mn",
    "rank": None,
    "position": None,
    "title": "Маргааш ихэнх нутгаар цас орно",
    "url": None,
    "outlet": {"domain": "gogo.mn", "name": "GoGo", "name_mn": "GoGo"},
    "host": "gogo.mn",
    "published": DAY,
    "published_at": None,
    "honesty": "date-only",
    "updated_at": "2026-01-15T02:00:04Z",
    "digests": [],
    "coverage": "mn",
    "story": None,
    "permalinks": _pages("/headlines/16"),
}

HEADLINES = {"items": [HEADLINE, MONGOLIAN], "next": CURSOR}

WHOLE_HEADLINE = HEADLINE | {
    "canonical_url": "https://montsame.mn/en/read/17",
    "title_given": None,
    "stated": None,
    "first_seen_at": "2026-01-15T01:31:10Z",
    "edits": [
        {
            "at": "2026-01-15T02:00:04Z",
            "before": "GOVERNMENT TO UPDATE E-SERVICES REGISTRY NEXT MONTH",
            "after": "GOVERNMENT TO UPDATE NATIONAL E-SERVICES REGISTRY NEXT MONTH",
            "origin": "montsame.mn/en/rss",
        }
    ],
    "sightings": [
        {
            "origin": "montsame.mn/en/rss",
            "format": "rss",
            "first_at": "2026-01-15T01:31:10Z",
            "last_at": "2026-01-15T09:01:12Z",
        }
    ],
    "near_duplicates": [],
}

_OF_DAY = {"day": DAY, "permalink": f"{SITE}/{DAY}", "permalinks": _pages(f"/{DAY}")}

DAYS = {"items": [_OF_DAY | {"headlines": 28, "languages": {"en": 13, "mn": 15}}], "next": None}

ARTICLE: dict[str, Any] = {
    "slug": "yongusil-100",
    "title": "Yongusil 100: Mongolia and the Korean Security Crisis",
    "language": "en",
    "outlet": MONTSAME,
    "host": "montsame.mn",
    "published": "2020-06-30",
    "day": DAY,
    "position": 1,
    "permalinks": _pages("/analysis/yongusil-100"),
}

ARTICLES = {"items": [ARTICLE], "next": None}

WHOLE_ARTICLE = ARTICLE | {"paragraphs": ["For Mongolia, the Korean Peninsula has implications.", "Specifically, …"]}

WHOLE_DAY = _OF_DAY | {
    "headlines": 2,
    "previous": "2026-01-14",
    "next": None,
    "columns": [
        {"language": "en", "headlines": 1, "digest": [HEADLINE], "others": []},
        {"language": "mn", "headlines": 1, "digest": [], "others": [MONGOLIAN]},
    ],
    "articles": [ARTICLE],
}

OUTLET: dict[str, Any] = MONTSAME | {
    "kind": "state agency",
    "country": "MN",
    "languages": ["mn", "en"],
    "hosts": ["montsame.gov.mn"],
    "recent": 212,
    "permalinks": _pages("/outlets/montsame.mn"),
}

OUTLETS = {"items": [OUTLET], "next": None}

WHOLE_OUTLET = OUTLET | {
    "headlines": 4120,
    "shares": [
        {"language": "mn", "headlines": 3000, "first": "2025-03-01", "last": DAY},
        {"language": "en", "headlines": 1120, "first": "2025-03-01", "last": DAY},
    ],
}

SOURCES = {
    "items": [
        {
            "id": 1,
            "title": "Montsame, English",
            "address": "montsame.mn/en/rss",
            "category": "Mongolia/Agencies",
            "kind": "rss",
            "outlet": "montsame.mn",
            "language": "en",
            "status": "working",
            "since": None,
            "silent_days": 0,
            "usual_days": 1.5,
            "per_day": 14.2,
            "next_at": "2026-01-15T09:30:00Z",
            "good_at": "2026-01-15T09:01:12Z",
            "last": {
                "at": "2026-01-15T09:01:12Z",
                "state": "ok",
                "added": 2,
                "updated": 0,
                "duplicate": 18,
                "rejected": 0,
            },
            "days": [{"day": "2026-01-14", "added": 15}, {"day": DAY, "added": 9}],
            "permalinks": _pages("/sources/1"),
        }
    ],
    "next": None,
}

PROBLEM = {
    "type": "urn:ortoo:problem:bad-filter",
    "title": "Bad parameter",
    "status": 400,
    "detail": "limit=500: it cannot be a limit; expected a whole number from 1 to 200.",
    "instance": "/api/v1/headlines",
    "name": "limit",
    "value": "500",
    "expected": "a whole number from 1 to 200",
}
