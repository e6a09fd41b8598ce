"""Examples of stories; see `app.web.api.examples`."""

from typing import Any

from app.web.api.examples import HEADLINE, MONGOLIAN, MONTSAME, SITE

_STORY = HEADLINE["story"]

LEAD_MN: dict[str, Any] = MONGOLIAN | {
    "id": 15,
    "title": "Цахим үйлчилгээний нэгдсэн бүртгэлийг ирэх сард шинэчилнэ",
    "outlet": {"domain": "gogo.mn", "name": "GoGo", "name_mn": "GoGo"},
    "coverage": "both",
    "story": _STORY,
    "permalinks": {ui: f"{SITE}/{ui}/headlines/15" for ui in ("en", "mn")},
}

STORY: dict[str, Any] = {
    "id": 4,
    "headlines": 3,
    "outlets": [{"domain": "gogo.mn", "name": "GoGo", "name_mn": "GoGo"}, MONTSAME],
    "coverage": "both",
    "first_at": "2026-01-15T01:20:00Z",
    "last_at": "2026-01-15T05:02:00Z",
    "leads": [HEADLINE, LEAD_MN],
    "permalinks": _STORY["permalinks"],
}

STORIES = {"items": [STORY], "next": None}

WHOLE_STORY = STORY | {
    "members": [
        {
            "level": "same",
            "decided_by": "machine",
            "linked_at": "2026-01-15T01:31:12Z",
            "score": None,
            "evidence": None,
            "headline": HEADLINE,
        },
        {
            "level": "same",
            "decided_by": "machine",
            "linked_at": "2026-01-15T05:03:01Z",
            "score": 3.1,
            "evidence": {
                "other": 17,
                "similarity": 0.83,
                "numbers": [],
                "months": [],
                "names": [],
                "words": [["registry", "бүртгэлийг"], ["month", "сард"]],
            },
            "headline": LEAD_MN,
        },
    ]
}
