"""The chain of letters and the weighing of words, on profiles small enough to do by hand."""

import json
import math

import pytest
from langdetect.detector_factory import DetectorFactory

from app.language.chain import UNITS, Chain, Packing
from app.language.evidence import Evidence
from app.language.profile import Profile

AB = Profile("aa", {" ab": 3, "ab ": 3, " a ": 1})  # ab, ab, ab, a
AB_AGAIN = Profile("cc", AB.trigrams)
BA = Profile("bb", {" ba": 2, "ba ": 2})  # ba, ba


def chain(*profiles: Profile) -> Chain:
    factory = DetectorFactory()
    factory.load_json_profile([profile.langdetect_json() for profile in profiles])
    return Chain(factory.word_lang_prob_map, [profile.totals() for profile in profiles])


def nats(made: Chain, word: str) -> list[float]:
    return [cost / UNITS for cost in made.packing.unpack(made.cost(word))]


def test_packed_numbers_add_up_side_by_side() -> None:
    packing = Packing(3)
    assert packing.unpack(packing.pack((1, 2, 2**31)) + packing.pack((10, 0, 5))) == (11, 2, 2**31 + 5)


def test_a_seen_word_costs_what_witten_and_bell_say() -> None:
    uniform = 1 / 60
    a = (4 + 3 * uniform) / (11 + 3)  # 4 a, 3 b, 4 edges: three kinds
    b, edge = (3 + 3 * uniform) / 14, (4 + 3 * uniform) / 14
    a_first = (4 + 1 * a) / 5  # after the edge: always a
    b_after_a, edge_after_b = (3 + 2 * b) / 6, (3 + 1 * edge) / 4
    b_second, last = (3 + 2 * b_after_a) / 6, (3 + 1 * edge_after_b) / 4
    expected = -sum(map(math.log, (a_first, b_second, last)))
    assert nats(chain(AB, BA), "ab")[0] == pytest.approx(expected, abs=0.003)


def test_the_chances_of_all_that_may_follow_are_one_at_most() -> None:
    made = chain(AB, BA)
    for first in "abz":
        words = [first, *(first + second for second in "abcdefghijklmnopqrstuvwxyz")]
        assert sum(math.exp(-nats(made, word)[0]) for word in words) <= 1


def test_letters_never_seen_cost_every_language_the_same() -> None:
    first, second = nats(chain(AB, AB_AGAIN), "xyz")
    assert first == second


def test_a_word_says_no_more_than_the_cap() -> None:
    free = Evidence([AB, BA], cap=1000, caps={}, prior={})
    capped = Evidence([AB, BA], cap=2.0, caps={"bb": 1.0}, prior={})
    aa, bb = free.scores(["ab"])
    assert aa - bb > 2
    assert capped.scores(["ab"]) == [0, -1.0]
    assert capped.scores(["ba"]) == [-2.0, 0]
    assert capped.scores(["ab", "ab", "ba"]) == [-2.0, -2.0]


def test_a_prior_counts_before_anything_is_read() -> None:
    assert Evidence([AB, BA], cap=2.0, caps={}, prior={"bb": 1.5}).scores([]) == [0, 1.5]


def test_a_common_word_speaks_for_its_languages() -> None:
    known = Profile("bb", BA.trigrams, {"ab": 2})
    before, after = (Evidence([AB, other], cap=50, caps={}, prior={}).scores(["ab"])[1] for other in (BA, known))
    assert after > before


def test_the_table_comes_from_langdetect_in_full() -> None:
    assert json.loads(AB.langdetect_json()) == {
        "name": "aa",
        "freq": {"a": 4, "b": 3, " a": 4, "ab": 3, "b ": 3, "a ": 1, " ab": 3, "ab ": 3, " a ": 1},
        "n_words": [7, 11, 7],
    }
