"""Entries and articles -> items: which digest each belongs to, on which day, in which place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.ingest.format import Item
from app.ingest.formats.digest.articles import Found, articles
from app.ingest.formats.digest.entries import Entry, entries
from app.ingest.formats.digest.scan import day_of_text, host_of
from app.model.headline import RawArticle, RawItem, Reason, Rejection

_NAME = "digest"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text. `day`: its day, None to take the newest date of each digest in it. `exact`: its numbers are
    known to be ranks. `loose`: its headlines belong to no digest."""

    text: str
    day: date | None = None
    latest: date | None = None
    exact: bool = False
    loose: bool = False


@dataclass(slots=True)
class _Digest:
    """The entries of one digest, with the articles and strays that stand between or after them, in order."""

    parts: list[Entry | Found] = field(default_factory=list)

    def day(self, latest: date | None) -> date | None:
        """The newest date of an entry; of an article where there is no usable entry."""
        dates = [day for e in self.parts if isinstance(e, Entry) and (day := _day(e, latest)) and _usable(e)]
        dates = dates or [day for a in self.parts if isinstance(a, Found) and (day := day_of_text(a.date, latest))]
        return max(dates, default=None)


def assemble(section: Section) -> Iterator[Item]:
    """The items of a section in the order of the text."""
    found, rest = entries(section.text, ranked=not section.loose, printed=section.exact)
    last: dict[tuple[date, str], int] = {}
    for digest in _digests(found, rest):
        day = section.day or digest.day(section.latest)
        yield from _items(digest, section, day, last)


def _digests(found: Sequence[Entry], rest: str) -> list[_Digest]:
    """Several digests may stand in one text. A new one begins where the English ranks start again at 1, or, in a text
    that begins with Mongolian entries, with the Mongolian entries before that."""
    digests = [_Digest()]
    mongolian_first = bool(found) and found[0].language != "en"
    begins = {_first_of(found, i, mongolian_first) for i, e in enumerate(found) if e.place and e.place.restarts}
    for i, entry in enumerate(found):
        digests[-1].parts += articles(entry.left_over)
        if i in begins:
            digests.append(_Digest())
        digests[-1].parts.append(entry)
    digests[-1].parts += articles(rest)
    return digests


def _first_of(found: Sequence[Entry], i: int, mongolian_first: bool) -> int:
    if mongolian_first:
        while found[i - 1].language != "en":
            i -= 1
    return i


def _items(digest: _Digest, section: Section, day: date | None, last: dict[tuple[date, str], int]) -> Iterator[Item]:
    base = dict(last)
    for part in digest.parts:
        if isinstance(part, Found):
            yield _article(part, day, last, loose=section.loose)
        elif problem := _problem(part, section, day):
            yield problem
        else:
            yield _item(part, section, day, base, last)


def _item(
    entry: Entry,
    section: Section,
    day: date | None,
    base: dict[tuple[date, str], int],
    last: dict[tuple[date, str], int],
) -> RawItem:
    """`base` holds the last place of each column before this digest, `last` the last one until now."""
    host = entry.host or ""
    link = host.strip() if "://" in host and host.rstrip("/").count("/") > 2 else None
    raw = _bytes(entry.raw)
    if section.loose or day is None:
        return RawItem(entry.title, link, host_of(host), entry.date, language=entry.language, raw=raw)
    column = (day, entry.language)
    rank = entry.place.rank if entry.place else None
    last[column] = last.get(column, 0) + 1 if rank is None else base.get(column, 0) + rank
    return RawItem(
        entry.title,
        link,
        host_of(host),
        entry.date,
        marker=entry.language,
        rank=rank,
        position=last[column],
        digest_day=day.isoformat(),
        raw=raw,
    )


def _problem(entry: Entry, section: Section, day: date | None) -> Rejection | None:
    if not entry.title:
        return _rejection(entry.raw, Reason.NO_TITLE, "An entry without a title.")
    if "\ufffd" in entry.raw or any("\ud800" <= c <= "\udfff" for c in entry.raw):
        return _rejection(entry.raw, Reason.ENCODING, "The entry holds bytes that are no text. Save the file as UTF-8.")
    if "\0" in entry.raw:
        return _rejection(entry.raw, Reason.BINARY, "The entry holds NUL bytes: the text is damaged here.")
    if not _usable(entry):
        return _rejection(
            entry.raw, Reason.NO_OUTLET, "An entry without a host before its marker, such as WWW.MONTSAME.MN."
        )
    if day is None and not section.loose and _day(entry, None):
        detail = f"A digest of {entry.date}, which has not come yet: take it in again on its day."
        return _rejection(entry.raw, Reason.BAD_DATE, detail)
    if _day(entry, None) is None and not (section.exact and not entry.date):
        shown = entry.date or "nothing"
        return _rejection(entry.raw, Reason.BAD_DATE, f"The date is {shown}: a day such as 2026/01/15 is needed.")
    return None


def _article(found: Found, day: date | None, last: dict[tuple[date, str], int], *, loose: bool) -> Item:
    if found.title is None:
        return _rejection(
            found.raw, Reason.UNPLACED, "Text that is neither an entry nor an article with a heading and a host."
        )
    if not found.title or not found.paragraphs:
        return _rejection(
            found.raw, Reason.NO_TITLE, "An article needs a heading line `Title www.host` and paragraphs."
        )
    if not found.host:
        return _rejection(found.raw, Reason.NO_OUTLET, "The article's heading has no host after `www.`.")
    if not found.dated:
        return _rejection(found.raw, Reason.BAD_DATE, "The article needs a line such as Published Date:2026-01-15.")
    position = 1
    if day is not None and not loose:
        position = last[day, ""] = last.get((day, ""), 0) + 1
    return RawArticle(
        found.title,
        found.host,
        found.date,
        found.paragraphs,
        position,
        digest_day=day.isoformat() if day and not loose else None,
        raw=_bytes(found.raw),
    )


def _usable(entry: Entry) -> bool:
    return bool(entry.host and host_of(entry.host))


def _day(entry: Entry, latest: date | None) -> date | None:
    return day_of_text(entry.date, latest)


def _rejection(raw: str, reason: Reason, detail: str) -> Rejection:
    return Rejection(_bytes(raw), reason, detail, _NAME)


def _bytes(text: str) -> bytes:
    """As it came: bytes that were no UTF-8 are lone surrogates here. Other surrogates cannot come from bytes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")
