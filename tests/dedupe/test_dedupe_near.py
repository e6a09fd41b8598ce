"""The same text on several outlets is recognised; what only looks alike is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dedupe.near import WINDOW, alike, keys, near
from app.model.near import NearTitle
from app.search.folding import fold

DAY = date(2026, 1, 15)
WIRE = "Монгол Улс Оюутолгойн гэрээний хэлэлцээг үргэлжлүүлж байна"

ALIKE = [
    (WIRE, WIRE.upper(), "capitals"),
    (WIRE, f"ВИДЕО: {WIRE}", "a label in front"),
    (WIRE, f"МОНЦАМЭ: {WIRE}", "the agency in front"),
    (WIRE, f"{WIRE} | iKon.mn", "the outlet behind"),
    (WIRE, "Монгол Улс Оюутолгойн гэрээний хэлэлцээг үргэлжлүүллээ", "another tense"),
    (WIRE, "Монгол Улс Оюутолгойн гэрээгээр хэлэлцээгээ үргэлжлүүлж байна", "other cases"),
    (WIRE, "Монгол Улс өнөөдөр Оюутолгойн гэрээний хэлэлцээг үргэлжлүүлж байна", "a word more"),
    (WIRE, "Монгол Улс Оюутолгойн гэрээний хэлэлцээг үргэжллүүлж байна", "a slip of the keys"),
    ("Coal exports rise 4 percent in January", "Coal export rises 4 percent in January", "English endings"),
    ("Доллар 3,560 төгрөгт хүрч чангарлаа", "Доллар 3560 төгрөгт хүрч чангарав", "digits in groups"),
    (
        "Эрчим хүчний сайд цахилгааны үнийг 10 хувиар нэмнэ гэв",
        "Эрчим хүчний сайд цахилгааны үнийг…",
        "cut short, its number too",
    ),
]
OTHER = [
    ("Үнэ 5 хувиар өслөө", "Үнэ 6 хувиар өслөө", "another number"),
    ("Төсвийн орлого 1.2 их наядаар нэмэгджээ", "Төсвийн орлого 3.3 их наядаар нэмэгджээ", "numbers with a point"),
    ("Алтны үнэ өнөөдөр огцом өслөө", "Алтны үнэ өнөөдөр огцом буурлаа", "the opposite"),
    ("Завханд 42 хэм хүйтэрнэ гэлээ", "Увст 42 хэм хүйтэрнэ гэлээ", "another place"),
    ("Огцруулах санал УИХ-д дэмжигдсэн", "Огцруулах санал УИХ-д дэмжигдсэнгүй", "a negation by ending"),
    ("Parliament decides to sell the coal mine", "Parliament decides not to sell the coal mine", "a negation by word"),
    ("Орос Украинд хариу довтлов", "Украин Орост хариу довтлов", "the order of the words"),
    ("Цас орно", "Маргааш цас орно", "too short to be recognised in part"),
    (
        "Хүчтэй газар хөдлөлт Дорноговь аймагт болов",
        "Хүчтэй газар хөдлөлт Дорнод аймагт болов",
        "places that begin alike",
    ),
]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE, ids=[row[2] for row in ALIKE])
def test_the_same_text(one: str, other: str, why: str) -> None:
    assert alike(fold(one), fold(other)) > 0, why
    assert set(keys(fold(one), fresh=True)) & set(keys(fold(other), fresh=True)), f"{why}: found by a key"


@pytest.mark.parametrize(("one", "other", "why"), OTHER, ids=[row[2] for row in OTHER])
def test_not_the_same_text(one: str, other: str, why: str) -> None:
    assert alike(fold(one), fold(other)) == 0, why


WORDS = "үнэ үнийн өслөө өсөв 5 6 3 560 монгол монголын гэрээ биш дэмжсэнгүй coal exports not видео"
TITLES = st.lists(
    st.sampled_from(WORDS.split()),
    max_size=8,
).map(lambda words: fold(" ".join(words)))


@given(TITLES, TITLES)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert alike(one, one) == 1


@given(TITLES)
def test_keys(folded: str) -> None:
    old, recent = keys(folded, fresh=False), keys(folded, fresh=True)
    assert recent[:1] == old
    assert len(recent) <= 5
    assert all(-(2**63) <= key < 2**63 for key in recent)
    assert (old == ()) == (folded == " ")


def title(number: int, text: str = WIRE, outlet: str = "montsame.mn", days: int = 0) -> NearTitle:
    return NearTitle(number, fold(text), outlet, DAY + timedelta(days=days))


def test_copies_on_other_outlets_within_the_window() -> None:
    own = title(1)
    others = [
        own,
        title(2, outlet="gogo.mn"),
        title(3, outlet="ikon.mn", days=WINDOW.days),
        title(4, outlet="news.mn", days=-WINDOW.days),
        title(5, outlet="eagle.mn", days=WINDOW.days + 1),
        title(6, f"МОНЦАМЭ: {WIRE}", outlet="unuudur.mn"),
        title(7, "Өөр мэдээ, өөр үгтэй гарчиг байна", outlet="gogo.mn"),
    ]
    found = near(own, others)
    assert [one.id for one in found] == [2, 3, 4, 6]
    assert found[0].likeness == 1.0 > found[-1].likeness


def test_an_outlets_own_copies_count_on_one_day_only() -> None:
    assert [one.id for one in near(title(1), [title(2), title(3, days=1)])] == [2]


def test_recurring_titles_count_on_their_own_day_only() -> None:
    """Exchange rates: two outlets print the same title every day."""
    told = [
        title(10 * days + n, "Валютын ханш", outlet, days)
        for days in range(3)
        for n, outlet in enumerate(("montsame.mn", "gogo.mn"))
    ]
    assert [one.id for one in near(told[2], told)] == [11]


@given(st.permutations([title(n, outlet=f"o{n % 3}.mn", days=n % 5) for n in range(1, 9)]))
def test_the_order_of_candidates_makes_no_difference(told: list[NearTitle]) -> None:
    own = title(1, outlet="o1.mn", days=1)
    assert near(own, told) == near(own, sorted(told, key=lambda one: one.id))
