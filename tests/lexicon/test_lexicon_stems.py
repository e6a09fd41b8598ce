"""One word in two forms has one stem; two words have two."""

import pytest

from app.lexicon.stems import stem

SAME = [
    "аймаг аймгийн аймагт аймгаас",
    "үнэ үнийн",
    "бээжин бээжингийн бээжинд",
    "үргэлжлүүлж үргэлжлүүллээ үргэлжлүүлсэн",
    "өслөө өсжээ өсөв өснө өссөн өсөх",
    "нэмэгджээ нэмэгдлээ нэмэгдэв",
    "гэрээ гэрээний гэрээг",
    "засаг засгийн",
    "дорноговь дорноговийн",
    "сар сарын сард",
    "хувь хувиар хувийн",
    "хууль хуулийн хуульд",
    "банк банкны банкнаас",
    "төсөл төслийн төслүүд",
    "сургууль сургуулийн",
    "сайд сайдын сайдаар",
    "хот хотын хотод",
    "монгол монголын монголд",
    "export exports exported exporting",
    "country countries",
]
OTHER = [
    "дорнод дорноговь",
    "өмнөд өмнөговь",
    "баянзүрх баянгол баянхонгор",
    "сар сур сүр",
    "сайд сайн",
    "үнэ үг",
    "нэмэгдлээ буурлаа",
    "export import",
]


@pytest.mark.parametrize("forms", SAME)
def test_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", OTHER)
def test_as_many_stems(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == len(words.split())
