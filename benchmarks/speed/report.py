"""The figures as a table with their targets, into docs/performance.md, and growth as a small picture beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what, on what, measured, wanted, and whether that is reached (None: nothing is wanted)."""

    what: str
    where: str
    value: str
    wanted: str = ""
    good: bool | None = None


def table(figures: Sequence[Figure]) -> str:
    """Markdown."""
    lines = ["| | on | measured | wanted | |", "|---|---|---|---|---|"]
    for one in figures:
        verdict = "" if one.good is None else "met" if one.good else "missed"
        lines.append(f"| {one.what} | {one.where} | {one.value} | {one.wanted} | {verdict} |")
    return "\n".join(lines)


def write(page: Path, told: str) -> None:
    """Put the text between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    page.write_text(f"{head}{BEGIN}\n\n{told}\n\n{END}{tail}", encoding="utf-8")


def chart(series: Mapping[str, Mapping[int, float]]) -> str:
    """CPU of each page over the floor's by the number of headlines, as bars side by side (SVG, no script, no font)."""
    top = max((value for points in series.values() for value in points.values()), default=1.0)
    bars, labels, x = [], [], 70
    for name, points in series.items():
        labels.append(f'<text x="{x}" y="226" font-size="12">{name}</text>')
        for shade, (_, value) in zip(
            ("#9db7d5", "#4f7fb5", "#1f4e84", "#102a48"), sorted(points.items()), strict=False
        ):
            height = 170 * value / top
            bars.append(f'<rect x="{x}" y="{206 - height:.0f}" width="22" height="{height:.0f}" fill="{shade}"/>')
            bars.append(
                f'<text x="{x + 11}" y="{200 - height:.0f}" font-size="10" text-anchor="middle">{value:.0f}</text>'
            )
            x += 26
        x += 24
    sizes = sorted({n for points in series.values() for n in points})
    told = (
        "CPU of a page that is in no cache over the floor's, with " + ", ".join(f"{n:,}" for n in sizes) + " headlines"
    )
    size = f'width="{max(x, 480)}" height="240"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" role="img">'
        f'<title>{told}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="10" y="16" font-size="12">{told}</text>'
        f"{''.join(bars)}{''.join(labels)}</svg>\n"
    )
