"""Long reads as they are written at the desk, in one language or both."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Essay:
    """`title_*` and `body_*` (Markdown) are empty in a language that it is not written in. `host` is of the outlet that
    it is from, `source_url` where it stood first, `published_on` its own date, `digest_day` the day whose page carries
    it. `version` is 0 before it is stored and rises with every change."""

    slug: str
    host: str
    published_on: date
    id: int = 0
    source_url: str = ""
    author: str = ""
    licence: str = ""
    digest_day: date | None = None
    title_en: str = ""
    title_mn: str = ""
    body_en: str = ""
    body_mn: str = ""
    published: bool = False
    version: int = 0
    who: str = ""
    at: datetime | None = None

    @property
    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """(language, title, Markdown) of each language that it is written in."""
        both = (("en", self.title_en, self.body_en), ("mn", self.title_mn, self.body_mn))
        return tuple(text for text in both if text[1] and text[2])

    @property
    def title(self) -> str:
        """A title to list it by."""
        return self.title_en or self.title_mn or self.slug
