"""The sample paper with stories: the visas in both languages, and one that English outlets alone tell."""

from app.model.linking import Link
from app.model.story import Evidence, Level
from app.store import Store
from tests.builders import DAY, NOW, batch, headline
from tests.web.paper import ENGLISH, MONGOLIAN, at, print_paper

WHY = Evidence(0, 0.91, (75.0,), (1,), (("trump", "трамп"),), (("visa", "виз"),))


def print_told_paper(store: Store) -> dict[str, int]:
    """Put the sample and its stories into a store; title -> number."""
    print_paper(store)
    more = [
        headline("Visa halt worries students", "https://akipress.com/v", outlet="akipress.com", at=at(15, 0, DAY)),
        headline(
            "Post office reading room is back", "https://akipress.com/p", outlet="akipress.com", at=at(16, 0, DAY)
        ),
    ]
    with store.writing() as writer:
        writer.put(batch(more))
    with store.reading() as reader:
        numbers = {record.title: record.id for record in reader.export()}
    english, mongolian = numbers[ENGLISH[0][0]], numbers[MONGOLIAN[0][0]]
    room = numbers["Central post office restores its reading room"]
    with store.writing() as writer:
        writer.stories.link(
            [
                Link(mongolian, english, score=4.5, evidence=_why(english)),
                Link(numbers["Visa halt worries students"], english, Level.POSSIBLE, 0.4, _why(english)),
                Link(numbers["Post office reading room is back"], room, score=3.0, evidence=_why(room)),
            ],
            NOW,
        )
    return numbers


def tell_visas(store: Store) -> None:
    """Link the two headlines of the printed sample that tell of the visas."""
    with store.reading() as reader:
        numbers = {record.title: record.id for record in reader.export()}
    english, mongolian = numbers[ENGLISH[0][0]], numbers[MONGOLIAN[0][0]]
    with store.writing() as writer:
        writer.stories.link([Link(mongolian, english, score=4.5, evidence=_why(english))], NOW)


def _why(other: int) -> Evidence:
    return Evidence(other, WHY.similarity, WHY.numbers, WHY.months, WHY.names, WHY.words)
