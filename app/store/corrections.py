"""What editors change about a headline.

Its own words are never overwritten: what the outlet says is kept beside what is shown, and no copy that comes later
takes a correction back (`app.store.identity`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from app.errors import DeskRefused
from app.model.day import day_of, day_start
from app.model.desk import DeskRow
from app.model.headline import Honesty, LanguageMethod
from app.model.outlet import Outlet
from app.model.search import Spelling
from app.store import dialects
from app.store.desk_digests import DeskDigestWriter
from app.store.desk_rows import one
from app.store.desk_tables import headline_notes
from app.store.registry import outlet_numbers, plain
from app.store.relist import relisted
from app.store.schema import former_names, headlines
from app.store.story_kept import renew, stories_of

_h, _n = headlines.c, headline_notes.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """A headline as it is to be: all of it, also what stays. `folded` and `near_key` are made of `title`; `title_key`
    is of the outlet and the published title; `url_key` and `canonical_url` are of `url`, all None without one."""

    title: str
    folded: str
    near_key: int | None
    language: str
    outlet: Outlet
    title_key: bytes
    day: date
    url: str | None
    canonical_url: str | None
    url_key: bytes | None
    note: str


class CorrectionWriter:
    """What a write transaction may do to headlines for editors (`Writer.corrections`); `show` is called when a reader
    could see a difference."""

    def __init__(self, connection: Connection, show: Callable[[], None]) -> None:
        self._connection = connection
        self._show = show

    def hide(self, headline_id: int, reason: str, who: str, now: datetime, spelling: Spelling) -> DeskRow:
        """Take a headline from readers, everywhere; it stays, and copies that come later stay hidden. As it was before.
        NotFound."""
        before = one(self._connection, headline_id)
        self._set_hidden(headline_id, True, now, spelling)
        self._write_note(headline_id, before.note, reason, who, now)
        return before

    def show(self, headline_id: int, who: str, now: datetime, spelling: Spelling) -> DeskRow:
        """Give a hidden one back to readers. As it was before. NotFound."""
        before = one(self._connection, headline_id)
        self._set_hidden(headline_id, False, now, spelling)
        self._write_note(headline_id, before.note, "", who, now)
        return before

    def correct(
        self, headline_id: int, wanted: Wanted, seen: datetime | None, who: str, now: datetime, spelling: Spelling
    ) -> tuple[DeskRow, DeskRow]:
        """Make a headline as `wanted`; as it was, and as it is. DeskRefused for an address or name that another one
        has, and (reason `conflict`) when it was changed since it was `seen`; NotFound."""
        before = one(self._connection, headline_id)
        if seen is not None and before.row.updated_at is not None and before.row.updated_at > seen:
            raise DeskRefused(f"Headline {headline_id} was changed meanwhile.", reason="conflict")
        kept = self._connection.execute(select(headlines).where(_h.id == headline_id)).one()
        values = {
            **self._title(before, wanted),
            **self._language(before, wanted),
            **self._outlet(before, kept, wanted),
            **self._day(before, kept, wanted),
            **self._url(before, kept, wanted),
        }
        self._refuse_twin(kept, values)
        if values:
            with relisted(self._connection, [headline_id], spelling):
                stamped = {**values, "updated_at": now}
                self._connection.execute(update(headlines).where(_h.id == headline_id).values(**stamped))
            renew(self._connection, stories_of(self._connection, [headline_id]), now)
        if values or wanted.note != before.note:
            self._write_note(headline_id, wanted.note, before.hidden_reason, who, now)
            self._show()
        return before, one(self._connection, headline_id)

    def _set_hidden(self, headline_id: int, hidden: bool, now: datetime, spelling: Spelling) -> None:
        with relisted(self._connection, [headline_id], spelling):
            values = {"hidden": hidden, "updated_at": now}
            self._connection.execute(update(headlines).where(_h.id == headline_id).values(**values))
        DeskDigestWriter(self._connection, self._show).reprint(headline_id, now, spelling)
        renew(self._connection, stories_of(self._connection, [headline_id]), now)
        self._show()

    def _write_note(self, headline_id: int, note: str, reason: str, who: str, now: datetime) -> None:
        values = {"note": plain(note), "hidden_reason": plain(reason), "who": who, "at": now}
        fresh = dialects.insert(self._connection, headline_notes).values(headline_id=headline_id, **values)
        self._connection.execute(fresh.on_conflict_do_update(index_elements=[_n.headline_id], set_=values))

    def _title(self, before: DeskRow, wanted: Wanted) -> dict[str, Any]:
        if wanted.title == before.row.title:
            return {}
        published = before.title_published or before.row.title
        kept = None if wanted.title == published else published
        return {
            "title": wanted.title,
            "title_published": kept,
            "folded": wanted.folded,
            "near_key": wanted.near_key,
        }

    def _language(self, before: DeskRow, wanted: Wanted) -> dict[str, Any]:
        if wanted.language == before.row.language:
            return {}
        return {"language": wanted.language, "language_method": LanguageMethod.EDITOR.value, "confidence": 1.0}

    def _outlet(self, before: DeskRow, kept: Any, wanted: Wanted) -> dict[str, Any]:
        if wanted.outlet.domain == before.row.outlet.domain:
            return {}
        domain = wanted.outlet.domain
        numbers, _ = outlet_numbers(self._connection, [domain], {domain: wanted.outlet})
        self._answer_to(kept.id, wanted.title_key, kept.day)
        return {"outlet_id": numbers[domain]}

    def _day(self, before: DeskRow, kept: Any, wanted: Wanted) -> dict[str, Any]:
        if wanted.day == before.row.day:
            return {}
        self._answer_to(kept.id, kept.title_key, kept.day)
        same = kept.published_at is not None and day_of(kept.published_at) == wanted.day
        timed = {} if same else {"published_at": None, "sort_at": day_start(wanted.day)}
        return {"day": wanted.day, "day_fixed": True, "stated": None, "honesty": Honesty.DATE_ONLY.value, **timed}

    def _url(self, before: DeskRow, kept: Any, wanted: Wanted) -> dict[str, Any]:
        """The address that identifies a headline stays, so that its copies still find it; the one that is shown
        changes. One that had none is identified by the new one."""
        if wanted.url == before.row.url:
            return {}
        if kept.url_key is not None or wanted.url_key is None:
            return {"url": wanted.url}
        taken = select(_h.id).where(_h.url_key == wanted.url_key)
        if self._connection.execute(taken).first():
            raise DeskRefused("Another headline has this address.", reason="url-taken")
        return {"url": wanted.url, "canonical_url": wanted.canonical_url, "url_key": wanted.url_key}

    def _refuse_twin(self, kept: Any, values: dict[str, Any]) -> None:
        """Without an address the name is the identity: the database itself would refuse a second one."""
        if values.get("url_key", kept.url_key) is not None:
            return
        day, language = values.get("day", kept.day), values.get("language", kept.language)
        same = (_h.title_key == kept.title_key, _h.day == day, _h.language == language)
        if self._connection.execute(select(_h.id).where(*same, _h.url_key.is_(None), _h.id != kept.id)).first():
            raise DeskRefused("There is such a headline on this day already.", reason="title-taken")

    def _answer_to(self, headline_id: int, title_key: bytes, day: date) -> None:
        """Copies that come with this name are this headline."""
        row = {"title_key": title_key, "day": day, "headline_id": headline_id}
        fresh = dialects.insert(self._connection, former_names).values(**row)
        self._connection.execute(fresh.on_conflict_do_nothing())
