"""The API's list of headlines over a large archive: the first part, one far down, rare outlets and words.

Run: `python benchmarks/api.py [headlines]` (200,000 without a number). CPU milliseconds of a whole request, the
application asked without a socket; the best of several.
"""

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.model.headline import Headline
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, NOW, batch, headline
from tests.web.asking import Client

PER_DAY = 200
TIMES = 15
COMMON = ("akipress.com", "montsame.mn")


def filled(store: Store, n: int) -> None:
    """`n` headlines, 200 a day, half of each language, a hundredth of one outlet, one word in a thousand titles."""
    made: list[Headline] = []
    for number in range(n):
        outlet = "gogo.mn" if number % 100 == 0 else COMMON[number % 2]
        word = "unicorn" if number % 1000 == 7 else "railway"
        title = f"Headline number {number} about a {word} in Mongolia"
        day = DAY - timedelta(days=number // PER_DAY)
        language = "mn" if number % 4 < 2 else "en"
        made.append(headline(title, f"https://{outlet}/{number}", outlet=outlet, day=day, language=language))
        if len(made) == 5000 or number == n - 1:
            with store.writing() as writer:
                writer.put(batch(made))
            made = []


def measure(client: Client, address: str) -> tuple[float, int]:
    """The best CPU milliseconds of a request, and the bytes of its answer."""
    best = float("inf")
    size = 0
    for _ in range(TIMES):
        begun = time.process_time()
        answer = client.get(address)
        best = min(best, (time.process_time() - begun) * 1000)
        assert answer.status_code == 200, answer.text
        size = len(answer.body)
    return best, size


def main() -> None:
    """Fill a store and ask."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/api.db")
        store.migrate()
        filled(store, n)
        with Client(create_app(Settings(), store, lambda: NOW)) as client:
            far = "/api/v1/headlines?limit=200"
            for _ in range(min(100, n // 400)):
                far = f"/api/v1/headlines?limit=200&cursor={client.get(far).json()['next']}"
            for name, address in {
                "50 newest": "/api/v1/headlines",
                "200 newest": "/api/v1/headlines?limit=200",
                "200 newest, id and title": "/api/v1/headlines?limit=200&fields=id,title",
                "200 far down": far,
                "200 of an outlet with 1 in 100": "/api/v1/headlines?limit=200&outlet=gogo.mn",
                "200 with a common word": "/api/v1/headlines?limit=200&q=railway",
                "200 with a word in 1 of 1000": "/api/v1/headlines?limit=200&q=unicorn",
                "200 days": "/api/v1/days?limit=200",
                "one day": f"/api/v1/days/{DAY}",
                "one headline": "/api/v1/headlines/1000",
            }.items():
                best, size = measure(client, address)
                print(f"{name:34} {best:8.2f} ms  {size:8,} bytes")
        store.close()


if __name__ == "__main__":
    main()
