"""How to cite a headline or a day: in plain words, as BibTeX and as RIS.

Nothing here knows what time it is: a citation says when something was published. The day on which a reader looked at it
(`accessed`) is theirs to say, and comes with their request.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.i18n import Translator
from app.model.headline import Honesty
from app.model.timeline import HeadlineRow
from app.render.formats.xml import uri
from app.render.metadata import NAMES
from app.timeline.links import Links


class Kind(Enum):
    """What is cited, with its RIS type (RIS Format Specifications: NEWS newspaper, ELEC web page)."""

    HEADLINE = "NEWS"
    DAY = "ELEC"


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing to cite. `key` is unique and never changes; `author` is who published it; `url` is where it is, `page`
    its page here (both absolute); `note` says how it was found, in the words of an edition. `language` is a code, empty
    where there is none. `accessed` is the reader's day, if they gave one."""

    kind: Kind
    key: str
    author: str
    title: str
    day: date
    url: str
    page: str
    language: str
    note: str
    plain: str
    accessed: date | None = None

    @property
    def bibtex(self) -> str:
        """A BibTeX entry: `@online`, which biblatex knows and which BibTeX itself takes for `@misc`."""
        return _bibtex(self)

    @property
    def ris(self) -> str:
        """A RIS record, lines ended by CR LF."""
        return _ris(self)


def of_headline(row: HeadlineRow, t: Translator, links: Links, origin: str, accessed: date | None = None) -> Citation:
    """A headline, as its outlet's; `origin` is the scheme and host of absolute addresses."""
    page = origin + links.headline(row.id)
    author, found = row.outlet.name(t.ui), t.text("headline.cited-from", address=page)
    parts = [f"{author}.", f"“{row.title}”.", f"{t.dated(row.day, 'long')}.", f"{row.url}." if row.url else "", found]
    doubt = t.text("feed.first-seen", outlet=author) if row.honesty is Honesty.FIRST_SEEN else ""
    return Citation(
        kind=Kind.HEADLINE,
        key=f"ortoo-{row.id}",
        author=author,
        title=row.title,
        day=row.day,
        url=row.url or page,
        page=page,
        language=row.language if row.language != "und" else "",
        note=" ".join(filter(None, (found, doubt))),
        plain=" ".join(filter(None, parts)),
        accessed=accessed,
    )


def of_day(day: date, t: Translator, links: Links, origin: str, accessed: date | None = None) -> Citation:
    """A day's page."""
    page = origin + links.day(day)
    title = t.text("share.title", day=t.dated(day, "long"))
    return Citation(
        kind=Kind.DAY,
        key=f"ortoo-{day}",
        author=NAMES[t.ui],
        title=title,
        day=day,
        url=page,
        page=page,
        language=t.ui,
        note=t.text("brand.tagline"),
        plain=f"{NAMES[t.ui]}. “{title}”. {page}",
        accessed=accessed,
    )


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
"""What TeX would take for an order. Braces become commands: BibTeX counts them even behind a backslash."""

_TEX_SIGN = re.compile("[" + re.escape("".join(_TEX)) + "]")

_BABEL = {"en": "english", "mn": "mongolian", "ru": "russian", "de": "german", "fr": "french", "tr": "turkish"}
"""Languages by the names that LaTeX's babel has for them."""


def _bibtex(c: Citation) -> str:
    before, page, after = c.note.partition(c.page)
    fields = {
        "author": f"{{{_tex(c.author)}}}",
        "title": f"{{{_tex(c.title)}}}",
        "date": c.day.isoformat(),
        "year": str(c.day.year),
        "month": str(c.day.month),
        "url": _address(c.url),
        "urldate": c.accessed.isoformat() if c.accessed else "",
        "langid": _BABEL.get(c.language, ""),
        "note": _tex(before) + (f" \\url{{{_address(page)}}} {_tex(after)}".rstrip() if page else ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{c.key},", *lines, "}"]) + "\n"


def _tex(text: str) -> str:
    return _TEX_SIGN.sub(lambda m: _TEX[m[0]], _line(text))


def _address(url: str) -> str:
    """An address as ASCII; braces and backslashes, which would end the field, percent-encoded."""
    return uri(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _ris(c: Citation) -> str:
    fields = [
        ("TY", c.kind.value),
        ("ID", c.key),
        ("AU" if c.kind is Kind.DAY else "PB", c.author),
        ("T2", c.author if c.kind is Kind.HEADLINE else ""),
        ("TI", c.title),
        ("PY", str(c.day.year)),
        ("DA", f"{c.day:%Y/%m/%d}/"),
        ("UR", uri(c.url)),
        ("Y2", f"{c.accessed:%Y/%m/%d}/" if c.accessed else ""),
        ("LA", c.language),
        ("N1", c.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value or tag == "ER")


def _line(text: str) -> str:
    return " ".join(text.split())
