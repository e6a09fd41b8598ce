"""A headline that an editor adds: by its address, whose title is fetched and shown first, or by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from app.desk.order import Deed, changed, told
from app.errors import DeskRefused, MalformedPayload
from app.ingest.decode import decode
from app.ingest.fetch import payload_of
from app.ingest.markup import page_title
from app.ingest.payload import Payload
from app.model.day import parse_day
from app.model.desk import Draft
from app.model.fetch import Fetched, FetchState
from app.model.headline import Headline, LanguageMethod, RawItem, Reason
from app.model.language import is_language_code
from app.normalise.text import clean
from app.normalise.url import link
from app.pipeline.intake import take
from app.pipeline.parts import Part
from app.pipeline.run import batch_of
from app.search.expand import SPELLING
from app.store import Store

PAGE_BYTES = 3_000_000
_REASONS = {Reason.NO_TITLE: "title", Reason.TOO_LARGE: "title", Reason.BAD_LINK: "url", Reason.BAD_DATE: "day"}


def looked_up(draft: Draft, fetch: Callable[[str], Fetched]) -> Draft:
    """The draft with the title and the final address of its page, for confirmation. DeskRefused when there is none."""
    url = link(draft.url)
    if url is None:
        raise DeskRefused("No address with http or https.", reason="url")
    fetched = fetch(url)
    if fetched.state is not FetchState.OK or fetched.body is None:
        raise DeskRefused(fetched.error or fetched.state.value, reason="fetch")
    try:
        body = payload_of(fetched).read(PAGE_BYTES)
    except MalformedPayload as error:
        raise DeskRefused(error.message, reason="fetch") from error
    title = clean(page_title(decode(body, fetched.media_type).text)).text
    if not title:
        raise DeskRefused("The page has no title.", reason="fetch")
    return replace(draft, url=fetched.final_url, title=title)


def add(store: Store, draft: Draft, into: date | None, who: str, now: datetime) -> int:
    """Store the headline, and put it at the end of its language's column of the digest of `into`; its number. One that
    is there already is not added twice. DeskRefused for what cannot be a headline."""
    headline = _headline(draft, now)
    payload = Payload.of(b"", received_at=now, name=f"desk:{who}")
    with store.writing() as writer:
        (result,) = writer.put(batch_of(Part(headlines=[headline]), payload, "desk"))
        number = result.headline_id or 0
        after = {"title": headline.title, "url": headline.url, "day": headline.day.isoformat()}
        writer.audit.add(who, "add", "headline", number, now, after=after)
        if into is not None:
            present = writer.desk_digests.digest(into)
            if number not in present.ids:
                wanted = changed(present, Deed("in", headline.language, number))
                made = writer.desk_digests.save(wanted, present.token, "take-in", who, now, SPELLING)
                writer.audit.add(who, "take-in", "day", into, now, before=told(present), after=told(made))
    return number


def _headline(draft: Draft, now: datetime) -> Headline:
    if draft.language and not is_language_code(draft.language):
        raise DeskRefused("No language code.", reason="language")
    if parse_day(draft.day) is None:
        raise DeskRefused("No day.", reason="day")
    item = RawItem(
        title=draft.title,
        link=draft.url or None,
        outlet=draft.outlet or None,
        published=draft.day,
        language=draft.language or None,
        raw=draft.title.encode("utf-8", "replace"),
    )
    made = take(item, now=now, format_name="desk")
    if not isinstance(made, Headline):
        reason = _REASONS.get(getattr(made, "reason", Reason.NO_OUTLET), "outlet")
        raise DeskRefused(getattr(made, "detail", ""), reason=reason)
    if not draft.language:
        return made
    return replace(made, language=draft.language, confidence=1.0, language_method=LanguageMethod.EDITOR)
