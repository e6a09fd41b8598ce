"""Profiles: training, the folded form, langdetect's own form, and the files that ship."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.lang_profile import LangProfile

import app.language
from app.language import detect
from app.language.detector import CYRILLIC, LATIN
from app.language.letters import Script
from app.language.profile import Profile
from app.language.training import train

PROFILES = Path(app.language.__file__).parent / "profiles"
GUIDE = Path(__file__).parents[2] / "docs" / "language.md"

TEXT = ("Өнөөдөр хот сэрүүн.", "Хот, хот!", "www.example.mn Yнэ")
FOLDED = """{
"code":"mn",
"words":{
"3":"хот"
},
"follow":{
" с":"э",
" х":"о3",
" ү":"н",
" ө":"н",
"дө":"р",
"нэ":" ",
"нө":"ө",
"от":" 3",
"рү":"ү",
"сэ":"р",
"хо":"т3",
"эр":"ү",
"үн":" э",
"үү":"н",
"өд":"ө",
"өн":"ө",
"өр":" ",
"өө":"д"
}
}
"""


def test_training_gives_these_bytes() -> None:
    assert train("mn", Script.CYRILLIC, TEXT, lexicon=True).dump() == FOLDED


def test_training_reads_the_old_spelling_of_mongolian_only() -> None:
    assert "өдө" in train("mn", Script.CYRILLIC, ["єдєр"]).trigrams
    assert "єдє" in train("uk", Script.CYRILLIC, ["єдєр"]).trigrams


def test_a_profile_without_lexicon_has_no_words() -> None:
    assert not train("mn", Script.CYRILLIC, TEXT).words


@given(st.lists(st.text(st.sampled_from("абвө ү"), max_size=30), min_size=1, max_size=8))
def test_the_folded_form_loses_nothing_that_langdetect_counts(lines: list[str]) -> None:
    profile = train("mn", Script.CYRILLIC, lines, lexicon=True)
    assert Profile.parse(profile.dump()) == profile
    counted = LangProfile("mn")
    for line in lines:
        counted.update(" ".join([*line.split(), ""]))
    unfolded = json.loads(profile.langdetect_json())
    assert unfolded == {"name": "mn", "freq": dict(counted.freq), "n_words": counted.n_words}


def test_every_language_ships_a_profile_in_its_folded_form() -> None:
    assert sorted(path.stem for path in PROFILES.iterdir()) == sorted((*CYRILLIC, *LATIN))
    for path in PROFILES.iterdir():
        text = path.read_text("utf-8")
        profile = Profile.parse(text)
        assert profile.code == path.stem
        assert profile.dump() == text
        assert bool(profile.words) == (path.stem in LATIN)


def test_the_profiles_are_small_and_the_ones_that_the_guide_names() -> None:
    bodies = [path.read_bytes() for path in sorted(PROFILES.iterdir())]
    assert sum(map(len, bodies)) <= 1_100_000
    assert sha256(b"".join(bodies)).hexdigest() in GUIDE.read_text("utf-8")


SENTENCES = [
    ("mn", "Монгол Улсын Ерөнхий сайд өнөөдөр хэвлэлийн хурал хийж, шинэ хөтөлбөрөө танилцууллаа"),
    ("mn", "Улаанбаатар хотын төвийн гудамжинд авто замын засварын ажил эхэлж, хөдөлгөөнийг хязгаарлана"),
    ("mn", "Ховд аймагт баригдсан шинэ эмнэлэг ирэх сард иргэдэд үйлчилж эхэлнэ гэж орон нутгийн удирдлага мэдээллээ"),
    ("ru", "Сегодня в Улан-Баторе открылась выставка молодых художников из разных областей страны"),
    ("kk", "Баян-Өлгий аймағында жаңа мектеп пен балабақша пайдалануға берілді"),
    ("uk", "Уряд ухвалив рішення про фінансування нових шкіл та лікарень у кожній області країни"),
    ("bxr", "Улаан-Үдэ хотодо шэнэ һургуули нээгдэжэ, олон һурагшад баяртайгаар һуража эхилбэ"),
    ("en", "The government has announced that the new railway between the mine and the border will open next year"),
    ("de", "Die Regierung hat angekündigt, dass die neue Eisenbahn im nächsten Jahr eröffnet werden soll"),
    ("fr", "Le gouvernement a annoncé que la nouvelle ligne de chemin de fer ouvrira l'année prochaine"),
    ("tr", "Hükümet, maden ile sınır arasındaki yeni demiryolunun gelecek yıl açılacağını duyurdu"),
]


@pytest.fixture(scope="module")
def factories() -> dict[str, DetectorFactory]:
    """langdetect's own detector, through its public interface, on the same profiles."""
    made: dict[str, DetectorFactory] = {}
    for codes in (CYRILLIC, LATIN):
        factory = DetectorFactory()
        factory.load_json_profile(
            [Profile.parse((PROFILES / f"{c}.json").read_text("utf-8")).langdetect_json() for c in codes]
        )
        factory.set_seed(0)
        made |= dict.fromkeys(codes, factory)
    return made


@pytest.mark.parametrize(("code", "sentence"), SENTENCES)
def test_langdetect_itself_agrees_on_whole_sentences(
    factories: dict[str, DetectorFactory], code: str, sentence: str
) -> None:
    detector = factories[code].create()
    detector.append(sentence.lower())
    assert detector.detect() == detect(sentence).code == code
