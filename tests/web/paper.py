"""A paper to read: a digest with an entry of the day before, timed headlines, other languages and years, an article."""

from datetime import UTC, date, datetime, timedelta

from app.model.headline import Headline
from app.store import Store
from tests.builders import DAY, article, batch, entry, headline

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
    """Everything that is printed in it but the article."""
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
