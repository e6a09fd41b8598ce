"""Keyword filters: what mentions Mongolia, what only mentions Inner Mongolia, words of one's own."""

import unicodedata

import pytest

from app.ingest.keywords import MAX_CHARS, MAX_WORDS, Keywords, keywords, told
from app.model.headline import RawItem

MENTIONS = [
    "Mongolia opens a new railway",
    "MONGOLIAN parliament votes",
    "Mongolia’s herders face a dzud",
    "China-Mongolia border reopens",
    "Khan Bank, Mongolbank agree",
    "Floods in Ulaanbaatar",
    "Fire in Ulan Bator",
    "Ulan-Bator talks",
    "Rio Tinto ships from Oyu Tolgoi",
    "Coal from Tavan Tolgoi",
    "Монголын Ерөнхий сайд айлчилна",
    "Монголд анх удаа",
    "Монгол Улсын эдийн засаг",
    "УЛААНБААТАРТ хүйтэрнэ",
    "Улаанбаатараас Хятад руу",
    "Оюу Толгойн гэрээ",
    "Оюутолгой компани",
    "Президент Монголии прибыл в Бишкек",
    "Встреча в Улан-Баторе",
    "Таван толгойгоос нүүрс",
    "Эрдэнэт үйлдвэр",
    "蒙古国总统访华",
    "몽골 대통령",
    "モンゴルの首相",
    unicodedata.normalize("NFD", "Оюу Толгой"),
]
NO_MENTION = [
    "Kazakhstan opens a new railway",
    "Ulan-Ude airport closed",
    "Gobi bear filmed in China",
    "Mongoloid is a word of the past",
    "Among old friends",
    "Баатар цол олголоо",
    "",
]
INNER = [
    "Inner Mongolia builds wind farms",
    "INNER-MONGOLIA coal output",
    "Өвөр Монголд газар хөдөллөө",
    "ӨВӨР МОНГОЛЫН өөртөө засах орон",
    "Во Внутренней Монголии построят завод",
    "内蒙古煤炭",
    "Steel in Nei Mongol",
]
BOTH = [
    "Inner Mongolia and Mongolia open a port",
    "Өвөр Монгол, Монгол Улсын хилийн боомт",
    "Wind from Inner Mongolia reaches Ulaanbaatar",
    "内蒙古与蒙古国",
]


@pytest.mark.parametrize("title", MENTIONS + INNER + BOTH)
def test_the_rule_knows_what_mentions_mongolia(title: str) -> None:
    assert Keywords.of("mongolia").passes(title)


@pytest.mark.parametrize("title", NO_MENTION)
def test_the_rule_leaves_out_what_does_not(title: str) -> None:
    assert not Keywords.of("mongolia").passes(title)


@pytest.mark.parametrize("title", INNER)
def test_inner_mongolia_is_no_mention_where_the_operator_says_so(title: str) -> None:
    assert not Keywords.of("mongolia, -inner-mongolia").passes(title)


@pytest.mark.parametrize("title", MENTIONS + BOTH)
def test_mongolia_is_still_a_mention_beside_inner_mongolia(title: str) -> None:
    assert Keywords.of("mongolia, -inner-mongolia").passes(title)


@pytest.mark.parametrize("title", INNER)
def test_inner_mongolia_alone_can_be_forbidden_or_wanted(title: str) -> None:
    assert not Keywords.of("-inner-mongolia").passes(title)
    assert Keywords.of("-inner-mongolia").passes("Something else")
    assert Keywords.of("inner-mongolia").passes(title)


@pytest.mark.parametrize(
    ("words", "title", "passes"),
    [
        ("copper", "COPPER price rises", True),
        ("copper", "Coppersmiths strike", False),
        ("зэс*", "Зэсийн үнэ өслөө", True),
        ("зэс", "Зэсийн үнэ өслөө", False),
        ("rare  earth", "Rare Earth deposits", True),
        ("rare earth", "Earth, rare", False),
        ("copper, -football", "Copper Kings football club", False),
        ("-football", "Anything", True),
        ("-football", "Football!", False),
        ("c++", "C++ developers", True),
        ("", "Anything", True),
        (" , ", "Anything", True),
    ],
)
def test_words_of_ones_own(words: str, title: str, passes: bool) -> None:
    assert Keywords.of(words).passes(title) is passes


@pytest.mark.parametrize("bad", ["*", "a*b", "-*", "x" * (MAX_CHARS + 1), ",".join(["a"] * (MAX_WORDS + 1))])
def test_what_is_no_filter_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"word|characters"):
        Keywords.of(bad)


RAW = """<item><title>Ports</title><link>https://mongolia.gogo.mn/1</link>
<description>&lt;a href="https://x.org/mongolia"&gt;A new port&lt;/a&gt; {}</description></item>"""


def test_the_text_that_came_with_an_item_counts_but_its_addresses_do_not() -> None:
    wanted = keywords("mongolia")
    assert not wanted.takes(RawItem("Ports", raw=RAW.format("in Kazakhstan").encode()))
    assert wanted.takes(RawItem("Ports", raw=RAW.format("in &lt;b&gt;Mongolia&lt;/b&gt;").encode()))
    assert wanted.takes(RawItem("Mongolia", raw=b""))


def test_double_escapes_and_cdata_are_read() -> None:
    assert told(b"<d><![CDATA[<p title='Mongolia'>Bishkek</p>]]></d>").split() == ["Bishkek"]
    assert told(b"<d>&amp;lt;img alt=&amp;quot;Mongolia&amp;quot;&amp;gt; x</d>").split() == ["x"]


def test_a_hostile_item_costs_little() -> None:
    assert not keywords("mongolia").takes(RawItem("x" * 2000, raw=b"<" * 5_000_000 + b" Mongolia"))
