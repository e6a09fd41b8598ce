"""Which language a headline is in: hard cases, case, spelling, hints, any text at all, many threads."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import HINT_NATS, Method, detect
from app.language.detection import SURE_NATS
from app.model.language import is_language_code

DIGEST = Path(__file__).parents[1] / "cases" / "digests" / "2026-01-15.expected.json"

HEADLINES = [
    ("mn", "Монгол Улсын Ерөнхий сайд хэвлэлийн хурал хийлээ"),
    ("mn", "Хүүхдийн эмнэлэгт шинэ тоног төхөөрөмж суурилууллаа"),
    ("mn", "Ардын авьяастнууд шалгарлаа"),  # no ө, no ү
    ("mn", "Банк хадгаламж эзэмшигчдээ урамшуулна"),
    ("mn", "Налайхад шинэ сургууль баригдана"),
    ("mn", "Yндсэн хуулийн цэц хуралдлаа"),  # a Latin Y for Ү
    ("mn", "SPRING AIRLINE компани Улаанбаатар чиглэлд ниснэ"),
    ("mn", "Google, Apple, Microsoft компаниуд Монголд ирлээ"),  # more Latin letters than Cyrillic ones
    ("kk", "Баян-Өлгийде жаңа мектеп ашылды"),
    ("kk", "Қазақстан мен Моңғолия келісімге қол қойды"),
    ("ky", "Кыргызстандын президенти Бишкекте жыйын өткөрдү"),
    ("ru", "В Улан-Баторе открылась новая школа"),
    ("ru", "Президент Монголии прибыл в Москву"),
    ("bxr", "Улаан-Үдэдэ шэнэ һургуули нээгдэбэ"),
    ("bxr", "Буряад хэлэнэй үдэр тэмдэглэгдэбэ"),  # no һ
    ("bxr", "Байгал далайн эрьедэ олон айлшад сугларhан байна"),  # a Latin h for һ
    ("xal", "Хальмг Таңһчин Хурл шин хууль батлв"),
    ("tyv", "Тываның Чазаа чаа хоойлуну хүлээп алган"),
    ("sah", "Дьокуускайга саҥа оскуола аһылынна"),
    ("uk", "Уряд України ухвалив новий бюджет"),
    ("uk", "Моєї сестри немає вдома"),  # є and ї, but no і
    ("be", "Урад зацвердзіў новы бюджэт"),
    ("bg", "Правителството прие новия бюджет"),
    ("sr", "Влада је усвојила нови буџет"),
    ("mk", "Владата го усвои новиот буџет"),
    ("tg", "Ҳукумати Тоҷикистон буҷети навро қабул кард"),
    ("tt", "Татарстанда яңа мәктәп ачылды"),
    ("ba", "Өфөлә яңы мәктәп асылды"),
    ("uz", "Тошкентда янги мактаб очилди"),
    ("en", "Mongolia reports positive foreign trade balance"),
    ("en", "MIAT adds flights to Tokyo and Seoul"),
    ("en", "Khan Bank posts record profit"),
    ("de", "Deutsche Wirtschaft wächst im dritten Quartal"),
    ("fr", "Le gouvernement adopte un nouveau budget"),
    ("es", "El gobierno aprueba el nuevo presupuesto"),
    ("it", "Il governo approva la nuova legge di bilancio"),
    ("pt", "O governo aprova o novo orçamento"),
    ("nl", "De regering keurt de nieuwe begroting goed"),
    ("pl", "Rząd przyjął nowy budżet"),
    ("sv", "Regeringen antar en ny budget"),
    ("id", "Pemerintah menyetujui anggaran baru"),
    ("cs", "Vláda schválila nový rozpočet"),
    ("az", "Hökumət yeni büdcəni təsdiq etdi"),
    ("tr", "Hükümet yeni bütçeyi kabul etti"),
]
SCRIPTS = [
    ("mn", "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ"),
    ("zh", "蒙古国总理会见中国大使"),
    ("zh", "三星Galaxy S24发布"),
    ("ja", "モンゴルで新しい学校が開校"),
    ("ko", "몽골 총리, 한국 방문"),
    ("el", "Η Μογγολία ανοίγει πρεσβεία"),
    ("ka", "მონღოლეთი ხსნის საელჩოს"),
    ("th", "มองโกเลียเปิดสถานทูต"),
]
NO_LETTERS = [
    "",
    " ",
    "2026.01.15",
    "!!! ??? …",
    "https://montsame.mn/mn/read/1",
    "WWW.GOGO.MN",
    "info@ikon.mn",
    "🐎 1:0",
]


@pytest.mark.parametrize(("code", "headline"), HEADLINES)
def test_a_headline_is_told_in_any_case(code: str, headline: str) -> None:
    assert [detect(text).code for text in (headline, headline.upper(), headline.lower())] == [code] * 3


@pytest.mark.parametrize(("code", "text"), SCRIPTS)
def test_a_script_of_one_language_says_it_all(code: str, text: str) -> None:
    found = detect(text)
    assert (found.code, found.confidence, found.margin, found.method) == (code, 1.0, SURE_NATS, Method.SCRIPT)


@pytest.mark.parametrize("text", NO_LETTERS)
def test_no_letters_no_language(text: str) -> None:
    found = detect(text)
    assert (found.code, found.confidence, found.doubtful, found.method) == ("und", 0.0, True, Method.NONE)


def test_the_sample_digest_in_any_case() -> None:
    entries = [entry for entry in json.loads(DIGEST.read_text("utf-8")) if "language" in entry]
    wanted = [entry["language"] for entry in entries]
    assert sorted(wanted) == ["en"] * 10 + ["mn"] * 10
    for change in (str, str.upper, str.lower, str.title):
        assert [detect(change(entry["title"])).code for entry in entries] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ерєнхийлєгч єчигдєр Ховд аймагт ажиллалаа",
        "Засгийн газрын хуралдаан єнєєдєр їдээс хойш болно",
        "ЗАСГИЙН ГАЗРЫН ХУРАЛДААН ЄНЄЄДЄР ЇДЭЭС ХОЙШ БОЛНО",
    ],
)
def test_the_old_spelling_is_mongolian(text: str) -> None:
    found = detect(text)
    assert (found.code, found.method) == ("mn", Method.LEGACY)


def test_decomposed_letters_and_invisible_ones_change_nothing() -> None:
    text = "Хүйтний улирал эхэллээ, ёлка гэрэлтэв"
    decomposed = text.replace("й", "и\u0306").replace("ё", "е\u0308")
    assert detect(decomposed) == detect(text)
    assert detect("\u200e" + text.replace("у", "у\u00ad") + "\ufeff") == detect(text)


def test_addresses_say_nothing() -> None:
    text = "Шинэ сургууль нээгдлээ"
    assert detect(f"{text} https://www.example.com/the-new-school-opens-its-doors-today") == detect(text)
    assert detect(f"the.news.desk@example.com {text}") == detect(text)


def test_a_letter_that_mongolian_does_not_have_rules_it_out() -> None:
    assert detect("Өмнөговь аймгийн Ханбогд сум").code == "mn"
    assert detect("Өмнөговь аймгийн Ханбоғд сум").code != "mn"


def test_short_texts_are_doubtful_and_long_ones_are_not() -> None:
    assert detect("Ховд").doubtful
    assert not detect("Ховд аймгийн Засаг дарга иргэдтэйгээ уулзлаа").doubtful


def test_confidence_grows_with_the_margin() -> None:
    found = sorted((detect(text) for _, text in HEADLINES), key=lambda d: d.margin)
    assert [d.confidence for d in found] == sorted(d.confidence for d in found)
    assert 0.5 <= found[0].confidence < found[-1].confidence <= 1


def test_a_hint_leans_by_three_nats() -> None:
    for text, code in (("Дархан хот", "mn"), ("Улаанбаатар", "mn")):
        assert detect(text, hint=code).margin == pytest.approx(detect(text).margin + HINT_NATS)
    assert detect("Москва", hint="ru").code == "ru" != detect("Москва").code


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Президент Монголии прибыл в Москву", "mn"),  # never an override
        ("Mongolia reports positive foreign trade balance", "mn"),  # never across scripts
        ("Монгол Улсын Ерөнхий сайд хэвлэлийн хурал хийлээ", "en"),
        ("蒙古国总理会见中国大使", "mn"),
        ("2026.01.15", "mn"),
        ("Монгол Улсын Ерөнхий сайд хэвлэлийн хурал хийлээ", "xx"),
        ("Монгол Улсын Ерөнхий сайд хэвлэлийн хурал хийлээ", ""),
    ],
)
def test_a_hint_overrides_nothing(text: str, hint: str) -> None:
    assert detect(text, hint=hint).code == detect(text).code


@given(st.text(st.characters(), max_size=300), st.none() | st.sampled_from(["mn", "en", "", "zz"]))
def test_any_text_has_an_answer_and_always_the_same(text: str, hint: str | None) -> None:
    found = detect(text, hint=hint)
    assert found == detect(text, hint=hint)
    assert is_language_code(found.code)
    assert 0 <= found.confidence <= 1
    assert 0 <= found.margin <= SURE_NATS
    assert (found.code == "und") == (found.method is Method.NONE)


@given(st.text(st.sampled_from("аөүїєіһhYmбвгд th.-@1"), max_size=80))
def test_any_mixture_of_letters_has_an_answer(text: str) -> None:
    assert detect(text) == detect(text)


@pytest.mark.parametrize(
    "unit", ["ө", "a", "a@", "ө@", "é\u0301\u0316", "www.", "Yө", "http://", "\ud800", "1 ", "a1ө "]
)
def test_a_huge_text_is_answered_from_its_beginning(unit: str) -> None:
    assert detect(unit * 300_000) == detect(unit * 200_000)


def test_the_first_calls_may_come_from_many_threads() -> None:
    program = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
texts = ["Монгол Улсын Ерөнхий сайд ажиллалаа", "Mongolia reports a trade surplus", "Қазақстан мен Моңғолия"] * 8
start = Barrier(len(texts))
def ask(text):
    start.wait()
    from app.language import detect
    return detect(text).code
with ThreadPoolExecutor(len(texts)) as pool:
    print(*pool.map(ask, texts))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["mn", "en", "kk"] * 8
