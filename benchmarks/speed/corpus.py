"""A paper that never was, the same on every machine: headlines of both languages, day by day, newest first.

Every day has random numbers of its own, so the 10,000 newest headlines of an archive of a million are the archive of
10,000: a page shows the same at every size, and growth can be told from difference. The newest thirty days have a
hundred headlines each, fifty in each language; older ones a thousand, so that ten million lie within 28 years.
Outlets are under the reserved domain .example.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from random import Random

from app.dedupe import near
from app.model.batch import Batch
from app.model.day import day_of, day_start
from app.model.headline import Draft, Headline, Honesty, LanguageMethod
from app.search.expand import SPELLING
from app.search.folding import fold
from app.store import Store

LAST = date(2026, 1, 15)
NEW_DAYS, A_NEW_DAY, A_DAY = 30, 100, 1_000
BATCH = 2_000

_MN = (
    "Засгийн газар|УИХ|Монголбанк|Улаанбаатар хот|Сангийн яам|Цагдаагийн газар|Эрчим хүчний яам"
    "|Өмнөговь аймаг|Эрдэнэт|Оюутолгой|Цаг уурын алба|Боловсролын яам|Эрүүл мэндийн яам|Гаалийн газар"
    "|МИАТ|Дархан-Уул аймаг|Төмөр зам|Ховд аймаг|Замын-Үүд",
    "нүүрсний экспортын|төсвийн|агаарын чанарын|малчдын|сургуулийн|замын хөдөлгөөний|ноолуурын|зэсийн"
    "|хадгаламжийн|татварын|цэцэрлэгийн|ургацын|үерийн|цахилгааны|орон сууцны|визийн|шатахууны|махны"
    "|аялал жуулчлалын|спортын",
    "тухай мэдээлэл өглөө|асуудлыг хэлэлцэв|шинэ журмыг баталлаа|хэмжээг нэмэгдүүллээ|төслийг эхлүүллээ"
    "|тайланг танилцууллаа|үнийг бууруулжээ|гэрээг байгууллаа|хяналтыг чангатгана|ажлын хэсгийг томиллоо"
    "|тендерийг зарлалаа|өсөлтийг тэмдэглэв",
)
_EN = (
    "Mongolia|Parliament|Ulaanbaatar|The Bank of Mongolia|The Finance Ministry|Erdenet|Oyu Tolgoi"
    "|Police in Darkhan|MIAT|The Prime Minister|The Customs Office|Umnugovi|Herders|Zamyn-Uud"
    "|The Energy Ministry|The Weather Service|The Education Ministry|Khovd",
    "coal export|budget|air quality|cashmere|railway|copper|tax|visa|winter|electricity|housing|school"
    "|tourism|livestock|border|fuel|meat|wrestling|savings|flood",
    "plan is debated|rules are approved|figures rise again|talks begin in Beijing|project starts"
    "|report is presented|prices fall|agreement is signed|inspections tighten|working group is named"
    "|tender is announced|growth is noted",
)
_OUTLETS = tuple((f"{'medee' if n % 3 else 'wire'}{n}.example", "en" if n % 3 == 0 else "mn") for n in range(60))


@dataclass(frozen=True, slots=True)
class Row:
    """One invented headline; `at` is aware UTC."""

    at: datetime
    url: str
    title: str
    outlet: str
    language: str


def rows(n: int) -> Iterator[Row]:
    """The newest `n` headlines, newest first."""
    return islice((row for back in count() for row in of_day(back)), n)


def of_day(back: int) -> list[Row]:
    """The headlines of the day so many days before LAST, newest first."""
    chance = Random(back)
    day = LAST - timedelta(days=back)
    size = A_NEW_DAY if back < NEW_DAYS else A_DAY
    start = day_start(day)
    return [_row(chance, start + timedelta(seconds=86_399 - 86_000 * n // size), n, back) for n in range(size)]


def _row(chance: Random, at: datetime, n: int, back: int) -> Row:
    language, words = ("mn", _MN) if n % 2 else ("en", _EN)
    subject, thing, event = (chance.choice(part.split("|")) for part in words)
    number = f" {chance.randrange(2, 9_999)}" if chance.random() < 0.9 else ""
    told = f": {chance.choice(words[0].split('|'))} {chance.choice(words[1].split('|'))}{number}"
    while (outlet := _OUTLETS[min(int(chance.paretovariate(0.5)), 60) - 1])[1] != language:
        pass
    title = f"{subject} {thing} {event}{told}"
    return Row(at, f"https://{outlet[0]}/{at:%Y/%m/%d}/{back}-{n}", title, outlet[0], language)


def headline(row: Row) -> Headline:
    """A row as the pipeline hands it to the store, its language taken as told."""
    folded = fold(row.title)
    draft = Draft(row.title, row.outlet, row.outlet, day_of(row.at), Honesty.DECLARED, row.at, row.url, row.url)
    keys = near.keys(folded, fresh=False)
    return Headline(
        draft, row.language, 0.95, LanguageMethod.DETECTED, _key(row.url), _key(row.outlet + folded), folded, keys
    )


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def fill(store: Store, n: int) -> None:
    """Put the newest `n` headlines into an empty store, oldest day first, as an archive grows."""
    days = 0
    while _until(days) < n:
        days += 1
    part: list[Headline] = []
    for back in reversed(range(days)):
        whole = of_day(back)
        part += [headline(row) for row in reversed(whole[: n - _until(back)])]
        if len(part) >= BATCH or not back:
            with store.writing() as writer:
                writer.put(Batch("corpus", "ndjson", datetime.now(UTC), tuple(part), spelling=SPELLING))
            part = []


def _until(days: int) -> int:
    """How many headlines the newest `days` days have."""
    return min(days, NEW_DAYS) * A_NEW_DAY + max(0, days - NEW_DAYS) * A_DAY
