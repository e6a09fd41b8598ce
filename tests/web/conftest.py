"""A paper to read: a store with a digest, other headlines and an article, and a client that asks for its pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import Clock
from app.model.headline import Headline
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, article, batch, entry, headline
from tests.web.asking import Client

YESTERDAY = DAY - timedelta(days=1)
LAST_YEAR = date(2024, 12, 19)
SLUG = "yongusil-100"

ENGLISH = (
    ("US PAUSES IMMIGRANT VISA PROCESSING FOR 75 COUNTRIES, 13 IN ASIA-PACIFIC", "akipress.com", DAY),
    ("GOVERNMENT TO UPDATE NATIONAL E-SERVICES REGISTRY NEXT MONTH", "montsame.mn", DAY),
    ("INVESTOR PROTECTION CENTER LAUNCHED IN MONGOLIA", "montsame.mn", YESTERDAY),
)
MONGOLIAN = (
    ("ТРАМПЫН ЗАСАГ ЗАХИРГАА МОНГОЛ ЗЭРЭГ 75 УЛСЫН ИРГЭДЭД ЦАГААЧЛАЛЫН ВИЗ ОЛГОХЫГ ЗОГСООЛОО", "gogo.mn"),
    ("“ХОЁРДУГААР ТОЙРОГ ЗАМ” ТӨСЛИЙГ ИРЭХ 10-20 ЖИЛИЙН ШИЙДЭЛ ГЭВ", "gogo.mn"),
)


def at(hour: int, minute: int, day: date) -> datetime:
    """An Ulaanbaatar clock time as aware UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def headlines() -> list[Headline]:
    """A digest with an entry of the day before, timed headlines, another language, another year."""
    made = [entry(title, i, outlet=outlet, day=day) for i, (title, outlet, day) in enumerate(ENGLISH, 1)]
    made += [entry(title, i, language="mn", outlet=outlet) for i, (title, outlet) in enumerate(MONGOLIAN, 1)]
    address = "https://montsame.mn/en/read/1"
    return [
        *made,
        headline("Central post office restores its reading room", address, at=at(9, 20, DAY)),
        headline("Маргааш ихэнх нутгаар цас орно", language="mn", outlet="gogo.mn", at=at(12, 5, DAY)),
        headline("Khuvsgul ice festival moves its opening", at=at(17, 45, YESTERDAY)),
        headline("Қазақстан келісімге қол қойды", language="kk", outlet="akipress.com", at=at(10, 0, DAY)),
        headline("12345", language="und", day=YESTERDAY),
        headline("The archive reaches back", day=LAST_YEAR),
    ]


def print_paper(store: Store) -> None:
    """Put the sample into a store."""
    paragraphs = ("For Mongolia, the Korean Peninsula has implications.1) Specifically, it matters.", "Second.")
    long_read = article(
        "Yongusil 100: Mongolia and the Korean Security Crisis",
        slug=SLUG,
        outlet="akipress.com",
        published_on=date(2020, 6, 30),
        paragraphs=paragraphs,
    )
    with store.writing() as writer:
        writer.put(batch(headlines(), articles=[long_read]))


Asker = Callable[[Store], Client]


@pytest.fixture
def ask(clock: Clock) -> Iterator[Asker]:
    """Makes a client of a store."""
    with ExitStack() as opened:
        yield lambda store: opened.enter_context(Client(create_app(Settings(), store, clock)))


@pytest.fixture
def client(sqlite_store: Store, ask: Asker) -> Client:
    """A reader of the sample paper."""
    print_paper(sqlite_store)
    return ask(sqlite_store)


@pytest.fixture
def each_client(store: Store, ask: Asker) -> Client:
    """The same, on each kind of database."""
    print_paper(store)
    return ask(store)


@pytest.fixture
def blank(sqlite_store: Store, ask: Asker) -> Client:
    """A reader of a paper in which nothing has been printed yet."""
    return ask(sqlite_store)
