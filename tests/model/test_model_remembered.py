"""Words that come again are worked out once, and never too many of them are kept."""

from app.model.remembered import MOST_CHARS, Remembered


def test_what_comes_again_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    lengths = Remembered(length)
    assert [lengths[text] for text in ("мал", "хур", "мал")] == [3, 3, 3]
    assert asked == ["мал", "хур"]


def test_many_different_words_do_not_grow_without_end() -> None:
    remembered = Remembered(len, most=10)
    for n in range(100):
        assert remembered[str(n)] == len(str(n))
        assert len(remembered) <= 10


def test_what_is_no_word_is_not_kept() -> None:
    remembered = Remembered(len)
    assert remembered["а" * (MOST_CHARS + 1)] == MOST_CHARS + 1
    assert not remembered
