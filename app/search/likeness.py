"""Which word was meant by a mistyped one."""

from collections.abc import Iterable

from app.model.search import Word

LONG = 8
"""From so many letters on two slips are forgiven, in shorter words one."""


def nearest(word: str, among: Iterable[Word]) -> Word | None:
    """The word with fewest slips between it and `word`, of several the most frequent; None if none is near."""
    most = 2 if len(word) >= LONG else 1
    near = ((slips(word, one.word, most), one) for one in among)
    close = [(n, -one.n, one.word, one) for n, one in near if 0 < n <= most]
    return min(close)[3] if close else None


def slips(a: str, b: str, most: int) -> int:
    """How many letters are missing, too many, mistaken or swapped with their neighbours (optimal string alignment);
    `most` + 1 for more than that."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        higher, above, row = above, row, [i]
        for j, other in enumerate(b, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and other == a[i - 2]:
                best = min(best, higher[j - 2] + 1)
            row.append(best)
        if min(*row, *above) > most:
            return most + 1
    return min(row[-1], most + 1)
