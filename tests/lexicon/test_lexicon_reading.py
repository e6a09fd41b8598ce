"""Headlines in capitals as sentences, for readers: right, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lexicon.casing import in_capitals
from app.lexicon.reading import capitals_of, sentence_case


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Монгол Улс Хятад улстай хамтын ажиллагаагаа гүнзгийрүүлнэ", "mn"),
        ("БНХАУ-тай хамтран хил орчмын бүсэд геологийн судалгаа хийхээр боллоо", "mn"),
        ("О.Цогтгэрэл: АН анхан, дунд шатнаасаа 100 хувь шинэчлэл хийнэ", "mn"),
        ("Ц.Элбэгдорж УИХ-ын гишүүнтэй уулзлаа", "mn"),
        ("Г.Мөнх-Оргил, Ч.Соёл-Эрдэнэ нар хуралдлаа", "mn"),
        ("Өмнөговь аймагт 3 хүн ХХК байгууллаа", "mn"),
        ("Хан-Уул дүүрэгт 1 кв.м байрны үнэ өслөө", "mn"),
        ("“Хоёрдугаар тойрог зам” төслийг даах шийдэл гэв", "mn"),
        ("Ам.долларын ханш өслөө", "mn"),
        ("Mongolia, China reaffirm commitment to raise trade turnover to USD 20 billion", "en"),
        ("9 Mongolian provinces experience harsh wintry weather", "en"),
        ("Government to update national e-services registry next month", "en"),
        ("JICA and South Korean lenders visit Oyu Tolgoi in January", "en"),
        ("Astana hosts 10th Asia-Pacific meeting", "en"),
    ],
)
def test_names_and_abbreviations_keep_their_capitals(sentence: str, language: str) -> None:
    assert sentence_case(sentence.upper(), language) == sentence


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("HAKIMULLAH REPORTED DEAD", "en"),  # a name that nobody here knows
        ("MORE THAN A STORM: ISAAC NEARS", "en"),  # Isaac is known, "storm" is not the question
        ("JICA SIGNED THE SATREPS PROTOCOL", "en"),  # an abbreviation that nobody here knows
        ("ХОЛЛИВУДЫН ОД ИРЛЭЭ ФЭЙРБЭНКС", "mn"),
        ("ДОХАД УУЛЗЛАА ГЭЖ БАЙНА", "mn"),  # о and а do not meet in a native word
        ("БИЧИГТ ДЭЭР ГАРЫН ҮСЭГ ЗУРЛАА", "mn"),  # a border port, or "in the document"
        ("SPRING AIRLINE КОМПАНИ НИСНЭ", "mn"),
        ("ВСТРЕЧА В МОСКВЕ", "ru"),
        ("Mongolia opens a railway", "en"),
        ("УИХ", "mn"),
        ("", "mn"),
        ("2026", "und"),
    ],
)
def test_what_may_be_wrong_stays_as_it_is(title: str, language: str) -> None:
    told = sentence_case(title, language)
    assert told is None or "Isaac" in told


@given(st.text(max_size=60), st.sampled_from(["en", "mn", "ru"]))
def test_only_the_case_of_letters_changes(text: str, language: str) -> None:
    told = sentence_case(text, language)
    if told is not None:
        assert in_capitals(text)
        assert told.casefold() == text.casefold()
        assert len(told) == len(text)


def restored(title: str, kept: str) -> str:
    """What a page's script makes of a title."""
    places: set[int] = set()
    for run in filter(None, kept.split(",")):
        first, _, last = run.partition("-")
        places |= set(range(int(first), int(last or first) + 1))
    return "".join(c if i in places else c.lower() for i, c in enumerate(title))


@pytest.mark.parametrize(
    ("title", "language", "kept"),
    [
        ("УИХ-ЫН ГИШҮҮН Ц.ЭЛБЭГДОРЖ", "mn", "0-2,14,16"),
        ("9 MONGOLIAN PROVINCES", "en", "2"),
        ("3 ХҮН ИРЛЭЭ", "mn", ""),
        ("УИХ", "mn", None),
    ],
)
def test_a_page_carries_only_the_places_of_capitals(title: str, language: str, kept: str | None) -> None:
    assert capitals_of(title, language) == kept
    if kept is not None:
        assert restored(title, kept) == sentence_case(title, language)


@given(st.text(alphabet="АБВГЕЁИОӨУҮЧШЫЭЯ -.2🔴", min_size=4, max_size=40))
def test_the_places_make_the_sentence(title: str) -> None:
    told, kept = sentence_case(title, "mn"), capitals_of(title, "mn")
    assert (told is None) == (kept is None)
    if told is not None and kept is not None:
        assert restored(title, kept) == told
