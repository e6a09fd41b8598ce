"""Whatever somebody types into the search, or sends to it, has an answer."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from app.model.filters import TimelineFilter
from app.store import Store
from app.timeline import items, search
from tests.builders import DAY, headline, put

TITLES = ["МОНГОЛ УЛСЫН ЕРӨНХИЙЛӨГЧ ЯПОНД АЙЛЧИЛЛАА", "Mongolia's coal exports rise", "Унэ өсөв"]


HOSTILE = [
    *(
        '"',
        '""',
        '"""',
        "'",
        "''",
        "\\",
        "%",
        "_",
        "*",
        "a*",
        "^a",
        "(",
        ")",
        "((((",
        "{",
        "}",
        ":",
        "a:",
        ":a",
        "-",
        "--",
        "---a",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "a AND",
        "OR b",
        "a OR",
        "NOT a",
        "a NEAR b",
        "NEAR(a b, 3)",
        "title_fts:a",
        "{terms}: a",
        "terms:a",
    ),
    *(
        '" OR ""="',
        "'; DROP TABLE headlines;--",
        "1' OR '1'='1",
        "a\0b",
        "\0",
        "\x1b[31m",
        "\ud800",
        "\udfff a",
        "﻿",
        "‮abc",
    ),
    *(
        "a & b",
        "a | b",
        "!a",
        "a <-> b",
        "a:*",
        "$1",
        "%s",
        "%(x)s",
        ":x",
        "?",
        "{0}",
        "${x}",
        "<script>",
        "&amp;",
        "//",
        "a/*b*/",
    ),
    *(
        "x" * 10_000,
        "үнэ " * 2_500,
        '"' * 10_000,
        "(" * 10_000,
        "-a " * 3_000,
        "a OR " * 2_000,
        "lang:" * 2_000,
        "9" * 5_000,
    ),
    *(
        "before:0000-00-00",
        "on:99999",
        "outlet:" + "a." * 2_000,
        "lang:" + "x," * 1_000,
        "😀" * 500,
        "é" * 300,
        "e" + "́" * 1_000,
    ),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_questions_have_an_answer(store: Store, text: str) -> None:
    put(store, *(headline(title, day=DAY - timedelta(days=n)) for n, title in enumerate(TITLES)))
    f = TimelineFilter.from_query(urlencode({"q": text}, errors="replace"))
    with store.reading() as reader:
        view = search.search(reader, f, "en", by_relevance=True)
        told = items.items(reader, f, None, 200)
    assert len(told.items) <= 3
    assert view.total <= 3
