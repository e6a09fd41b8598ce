"""Which leading numbers are ranks, which belong to titles."""

import pytest

from app.ingest.formats.digest.ranks import assign


def ranks(*texts: str, after_others: tuple[int, ...] = (), printed: bool = False) -> list[tuple[int, str]]:
    """(rank, title) of the texts; `after_others` are the indexes before which another language stood."""
    others = [i in after_others for i in range(len(texts))]
    places = assign(texts, others, printed=printed)
    return [(place.rank, text[place.title_at :]) for place, text in zip(places, texts, strict=True)]


def test_ranks_in_their_order() -> None:
    assert ranks("1 A", "2 B", "3 C") == [(1, "A"), (2, "B"), (3, "C")]


@pytest.mark.parametrize(
    "title",
    [
        "9 MONGOLIAN PROVINCES",
        "4.5 HECTARES",
        "14TH MISSION",
        "2024 WAS THE YEAR",
        "8 IN 10 HERDERS",
        "3 MEN",
        "1 IN 3",
    ],
)
@pytest.mark.parametrize("place", range(1, 6))
def test_titles_that_begin_with_numbers_keep_them(title: str, place: int) -> None:
    texts = [f"{n} {title if n == place else 'STORY'}" for n in range(1, 6)]
    assert ranks(*texts)[place - 1] == (place, title)


@pytest.mark.parametrize(
    "title", ["8 IN 10 HERDERS", "75 COUNTRIES", "2024 WAS THE YEAR", "NO NUMBER", "617 DAYS", "1 IN 3"]
)
@pytest.mark.parametrize("place", [3, 4, 9])
def test_an_entry_that_lacks_its_rank_gets_the_one_that_is_missing(title: str, place: int) -> None:
    texts = [title if n == place else f"{n} STORY" for n in range(1, 11)]
    assert ranks(*texts) == [(n, title if n == place else "STORY") for n in range(1, 11)]


def test_a_title_number_that_equals_the_next_rank() -> None:
    assert ranks("1 A", "2 B", "4 IN TEN", "4 C", "5 D") == [(1, "A"), (2, "B"), (3, "4 IN TEN"), (4, "C"), (5, "D")]


def test_a_list_without_any_rank_counts_itself() -> None:
    assert ranks("A", "75 COUNTRIES", "2024 WAS", "B") == [(1, "A"), (2, "75 COUNTRIES"), (3, "2024 WAS"), (4, "B")]


def test_one_or_two_ranks_may_be_left_out() -> None:
    assert ranks("1 A", "2 B", "4 D", "5 E", "8 H") == [(1, "A"), (2, "B"), (4, "D"), (5, "E"), (8, "H")]


def test_a_list_may_begin_later() -> None:
    assert ranks("7 G", "8 H", "9 I") == [(7, "G"), (8, "H"), (9, "I")]


def test_lists_begin_again_at_one() -> None:
    assert ranks("1 A", "2 B", "1 C", "2 D") == [(1, "A"), (2, "B"), (1, "C"), (2, "D")]
    assert ranks("1 A", "1 B", after_others=(1,)) == [(1, "A"), (1, "B")]


@pytest.mark.parametrize("mark", [".", ")"])
def test_ranks_may_have_a_mark(mark: str) -> None:
    assert ranks(f"1{mark} A", f"2{mark} B") == [(1, "A"), (2, "B")]


def test_a_rank_on_a_line_of_its_own() -> None:
    assert ranks("1\nA", "2\n9 PROVINCES") == [(1, "A"), (2, "9 PROVINCES")]


def test_a_number_that_begins_a_wrapped_line_stays_in_the_title() -> None:
    assert ranks("1 VISAS FOR\n75 COUNTRIES", "2 A\n3 B") == [(1, "VISAS FOR\n75 COUNTRIES"), (2, "A\n3 B")]


def test_ranks_that_are_known_to_be_printed_may_leap() -> None:
    assert ranks("3 A", "90 B", printed=True) == [(3, "A"), (90, "B")]
    assert ranks("1 A", "1 B", "2 C", printed=True)[0] == (1, "A")


def test_many_entries_take_steps_in_proportion() -> None:
    """Doubling the list doubles the readings that are weighed: the beam bounds them."""
    from app.ingest.formats.digest import ranks as module

    def steps(n: int) -> int:
        counted = 0
        real = module._steps

        def counting(*args: object, **kwargs: object) -> list[module._Path]:
            nonlocal counted
            found: list[module._Path] = real(*args, **kwargs)  # type: ignore[arg-type]
            counted += len(found)
            return found

        module._steps = counting
        try:
            assign([f"{i % 7} {i % 11} STORY" for i in range(n)], [False] * n)
        finally:
            module._steps = real
        return counted

    assert steps(800) < 2.5 * steps(400)
