"""What of a word is compared."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.keys import Grade, document, grade, loose, spans, strong, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("БНХАУ-ТАЙ хилээ нээв", "бнхау хилээ нээв"),
        ("139-Д, ХК-ИЙН", "139 хк"),
        ("УИХ-ынхан, ТББ-ууд", "уих тбб"),
        ("Оюун-Эрдэнийн", "оюун эрдэнийн"),
        ("Замын-Үүдийн", "замын үүдийн"),
        ("Mongolia's don’t e-visa", "mongolia don e visa"),
        ("3.5 сая, 3,5 сая", "3p5 сая 3p5 сая"),
        ("1 250 000₮ 1,250 1.250.000", "1250000 төгрөг 1250 1250000"),
        ("12 345,5 нь", "12345p5 нь"),
        ("5%-иар 15-ны 90-ээд 3-р", "5 хувь 15 90 3"),
        ("2026.01.15 07:30 3–5", "2026 1 15 7 30 3 5"),
        ("20мянган 5дугаар 4G covid19", "20 мянган 5 4g covid19"),
        ("2026 100 жил", "2026 100 жил"),
        ("", ""),
        ("— … !", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@given(st.text())
def test_words_are_letters_and_digits(text: str) -> None:
    assert all(word.isalnum() for word in words(text))
    assert [one[0] for one in document(text, "mn")] == [word.replace("ё", "е") for word in words(text)]


@given(st.text(max_size=30))
def test_every_word_has_keys(text: str) -> None:
    for word in words(text):
        assert strong(word)
        assert loose(word)
        assert grade(word, word) is Grade.EXACT


@pytest.mark.parametrize(
    "spellings",
    [
        "хүрэлсүх khurelsukh khürelsükh hurelsuh хурэлсух",
        "өмнөговь umnugovi omnogovi umnugobi",
        "төгрөг tugrug tögrög togrog tugrik",
        "үнийн унийн uniin",
        "уурхайн uurkhai uurhai uurhain",
        "цас tsas cas",
        "чингис genghis chinggis",
        "сангажавын sangajav",
    ],
)
def test_one_loose_key(spellings: str) -> None:
    assert len({loose(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("english", ["more", "time", "house", "name", "hotel"])
def test_english_words_are_no_mongolian_ones(english: str) -> None:
    assert loose(english) == english


def test_grades_have_an_order() -> None:
    assert Grade.EXACT > Grade.FORM > Grade.PREFIX > Grade.LOOSE > Grade.NONE
    assert not Grade.NONE


@pytest.mark.parametrize(
    ("title", "query", "marked"),
    [
        ("Замын-Үүдэд 1 250 ₮", "үүд 1250", ["Үүдэд", "1 250"]),
        ("БНХАУ-ТАЙ хилээ нээв", "бнхау хил", ["БНХАУ", "хилээ"]),
        ("У.Хүрэлсүхийн үг", "khurelsukh", ["Хүрэлсүхийн"]),
        ("Nai\u0308ve plan", "näive", []),
        ("Хөсгөл нуур", "", []),
    ],
)
def test_spans(title: str, query: str, marked: list[str]) -> None:
    assert [title[start:end] for start, end in spans(title, words(query))] == marked


@given(st.text(), st.text(max_size=20))
def test_spans_lie_in_the_title_one_behind_the_other(title: str, query: str) -> None:
    last = 0
    for start, end in spans(title, words(query)):
        assert last <= start < end <= len(title)
        last = end


def test_threads_do_not_disturb_one_another() -> None:
    """The library's stemmer keeps the word it works on in itself."""
    from app.lexicon import english

    listed = [
        f"{start}{end}" for start in ("govern", "develop", "nation", "connect") for end in ("ing", "ed", "s", "ment")
    ]
    alone = [english.stem(word) for word in listed]
    results: list[list[str]] = []

    def work() -> None:
        for _ in range(50):
            results.append([english.stem(word) for word in listed])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result == alone for result in results)
    assert len(results) == 200
