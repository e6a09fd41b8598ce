"""The plain lists of words in `data/`: words between blanks, lines that begin with # left out."""

from importlib.resources import files


def listed(file: str) -> list[str]:
    """The words of `data/<file>`, in order."""
    text = files("app.lexicon").joinpath("data", file).read_text("utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
