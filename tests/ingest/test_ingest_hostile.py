"""Hostile documents, each through everything before the store in a process of its own: within CPU seconds and memory
that the operating system watches over, with what is sound in them kept. The documents are those of the benchmark."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_SCRIPT = Path(__file__).parents[2] / "benchmarks" / "hostile.py"

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="limits and peaks as Linux tells them")

# Documents of which nothing can be kept: what they end as.
_NOTHING = {
    "name spaces": "too-large",
    "starts of items": "too-large",
    "quadratic entity": "unknown-format",
    "title of 50 MB": "too-large",
    "only zeros": "empty",
    "random bytes": "binary",
    "JSON brackets": "too-large",
    "JSON objects": "too-large",
    "JSON nested": "too-large",
    "JSON number": "too-large",
    "JSON array nested": "too-large",
    "gzip bomb": "too-large",
    "gzip cut": "malformed",
    "gzip in gzip": "binary",
    "page of tags": "unknown-format",
    "page for a feed": "unknown-format",
    "digest without an end": "unknown-format",
    "digest of markers": "too-large",
    "blanks": "unknown-format",
    "sitemap of a million": "too-large",
}


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    ran = subprocess.run([sys.executable, str(_SCRIPT), "--json"], check=True, capture_output=True, text=True)
    return {one["name"]: one for one in json.loads(ran.stdout)}


def test_every_document_is_read_within_its_limits(results: dict[str, dict[str, Any]]) -> None:
    assert len(results) > 50
    assert {name: one["died"] for name, one in results.items() if one["died"]} == {}
    assert {name: one["grown"] for name, one in results.items() if one["grown"] > 300} == {}


def test_what_is_sound_in_them_is_kept(results: dict[str, dict[str, Any]]) -> None:
    lost = {name for name, one in results.items() if "ok" not in one["titles"]}
    assert lost == set(_NOTHING)


def test_what_ends_in_nothing_says_why(results: dict[str, dict[str, Any]]) -> None:
    for name, reason in _NOTHING.items():
        told = [text.partition(":")[0] for text in (*results[name]["reasons"], results[name]["last"])]
        assert reason in told, (name, told)


def test_nothing_is_expanded_fetched_or_made_a_link(results: dict[str, dict[str, Any]]) -> None:
    titles = [title for one in results.values() for title in one["titles"]]
    assert not [title for title in titles if "root:" in title or "hahaha" in title or len(title) > 2_000]
    links = {link for one in results.values() for link in one["links"] if link}
    assert {link.partition(":")[0] for link in links} == {"http", "https"}
