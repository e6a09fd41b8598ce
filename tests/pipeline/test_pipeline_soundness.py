"""Each kind of derived data is damaged, found and put right, on both databases."""

from collections.abc import Sequence

import pytest

from app.store import Store
from tests.pipeline.soundness_case import URL, damage, facts, faulty, look


def test_a_whole_store_is_sound(whole: Store) -> None:
    found = look(whole)
    assert faulty(found) == []
    assert all(one.sound for one in found.values())
    assert {part for part, one in found.items() if one.looked} >= set(found) - {"file"}
    before = facts(whole), whole.revision()
    look(whole, repair=True)
    assert (facts(whole), whole.revision()) == before, "what is sound is not touched"


DAMAGES: dict[str, tuple[str, Sequence[str]]] = {
    "a count too high": ("counts", ["UPDATE day_counts SET n = n + 3 WHERE day = '2026-01-15'"]),
    "a count lost": ("counts", ["DELETE FROM day_counts WHERE day = '2026-01-14'"]),
    "a count of a day without headlines": (
        "counts",
        ["INSERT INTO day_counts (day, language, outlet_id, n) VALUES ('2024-02-02', 'mn', 1, 4)"],
    ),
    "a folded title": ("keys", [f"UPDATE headlines SET folded = ' nothing ' WHERE url = '{URL}'"]),
    "a near key": ("keys", [f"UPDATE headlines SET near_key = 7 WHERE url = '{URL}'"]),
    "near pairs lost": ("keys", ["DELETE FROM near_pairs"]),
    "a place in the day": ("keys", ["UPDATE headlines SET sort_at = first_seen_at WHERE published_at IS NULL"]),
    "places of a digest": (
        "positions",
        ["UPDATE digest_entries SET position = position - 5 WHERE day = '2025-09-17' AND language = 'mn'"],
    ),
    "a fingerprint of an address": (
        "fingerprints",
        [f"UPDATE headlines SET url_key = title_key WHERE url = '{URL}'"],
    ),
    "a fingerprint of a title": (
        "fingerprints",
        [f"UPDATE headlines SET title_key = url_key WHERE url = '{URL}'"],
    ),
    "a digest of editors": ("digests", ["DELETE FROM digest_entries WHERE day = '2026-01-15' AND position = 2"]),
    "a word's number": ("index", ["UPDATE title_words SET n = n + 1 WHERE word = 'wolves'"]),
    "a word's keys": ("index", ["DELETE FROM title_word_keys WHERE word_id = (SELECT max(id) FROM title_words)"]),
    "a story's counts": ("stories", ["UPDATE stories SET outlets = 9, en = 7 WHERE merged_into IS NULL"]),
    "a story's days": ("stories", ["UPDATE stories SET first_day = '2020-01-01' WHERE merged_into IS NULL"]),
    "a story that leads on": (
        "stories",
        [
            "INSERT INTO stories SELECT 77, (SELECT max(id) FROM stories WHERE merged_into IS NOT NULL), first_at,"
            " last_at, first_day, last_day, outlets, en, mn, lead_en, lead_mn, created_at, updated_at"
            " FROM stories WHERE id = 1"
        ],
    ),
    "a story's lead": ("stories", ["UPDATE stories SET lead_mn = lead_en WHERE merged_into IS NULL"]),
    "coverage": ("stories", ['UPDATE story_members SET "both" = NOT "both"']),
    "orphaned pairs": ("orphans", ["INSERT INTO near_pairs (key, headline_id) VALUES (5, 999999)"]),
    "an orphaned place in the queue": (
        "orphans",
        ["INSERT INTO story_queue (headline_id, backlog) VALUES (999999, '1')"],
    ),
    "the revision": ("revision", ["DELETE FROM store_state"]),
}


@pytest.mark.parametrize("part", sorted({part for part, _ in DAMAGES.values()}))
def test_damage_is_found_and_put_right(whole: Store, part: str) -> None:
    for name in (name for name, (theirs, _) in DAMAGES.items() if theirs == part):
        before, revision = facts(whole), whole.revision()
        damage(whole, *DAMAGES[name][1])
        found = look(whole)
        assert part in faulty(found), name
        assert found[part].examples
        assert not found[part].sound
        mended = look(whole, repair=True)
        assert mended[part].faults == mended[part].repaired > 0, name
        assert all(one.sound for one in mended.values()), name
        assert faulty(look(whole)) == [], name
        if "leads on" not in name:  # that one adds a story
            assert facts(whole) == before, name
        assert whole.revision() > revision, "readers see the difference"
