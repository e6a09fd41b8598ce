"""How long the picture of a day takes to draw, and how large it is.

.venv/bin/python benchmarks/share_image.py
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.render.share_image import Poster, draw

ROUNDS = 20
ENGLISH = "US PAUSES IMMIGRANT VISA PROCESSING FOR 75 COUNTRIES, 13 IN ASIA-PACIFIC"
MONGOLIAN = "ТРАМПЫН ЗАСАГ ЗАХИРГАА МОНГОЛ ЗЭРЭГ 75 УЛСЫН ИРГЭДЭД ЦАГААЧЛАЛЫН ВИЗ ОЛГОХЫГ ЗОГСООЛОО"
LONGEST = "Ү" * 240


def main() -> None:
    """Draw each kind of poster, every time with another count so that none is remembered."""
    for name, title in (("English", ENGLISH), ("Mongolian", MONGOLIAN), ("one endless word", LONGEST)):
        spent, size = [], 0
        for n in range(ROUNDS):
            poster = Poster(
                "Tagline", "Thursday, 15 January 2026", "2026 оны 1-р сарын 15", (title,) * 5, f"{n} headlines"
            )
            begun = time.perf_counter()
            size = len(draw(poster))
            spent.append(1000 * (time.perf_counter() - begun))
        begun = time.perf_counter()
        draw(poster)
        again = 1e6 * (time.perf_counter() - begun)
        figures = f"{statistics.median(spent):6.1f} ms, worst {max(spent):6.1f} ms, {size / 1000:5.1f} kB"
        print(f"{name:18} {figures}, remembered {again:4.0f} µs")


if __name__ == "__main__":
    main()
