"""A day at the desk: its order, publication, undo. Every change is asked for on the state that was seen (a token)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from app.desk.order import ACTIONS, Deed, changed, merged, told, undo_target
from app.errors import DeskRefused
from app.model.desk import DeskDigest
from app.search.expand import SPELLING
from app.store import Store, Writer

MOST_VERSIONS = 10_000


def act(store: Store, day: date, deed: Deed, seen: str, who: str, now: datetime) -> DeskDigest:
    """Do one thing to the order. Conflict, DeskRefused."""
    action = ACTIONS.get(deed.do, "order")
    return _change(store, day, lambda digest, _: changed(digest, deed), seen, action, who, now)


def publish(store: Store, day: date, seen: str, who: str, now: datetime) -> DeskDigest:
    """Show the digest to readers. DeskRefused for an empty one, Conflict."""

    def published(digest: DeskDigest, _: Writer) -> DeskDigest:
        if not digest.ids:
            raise DeskRefused("There is nothing in the digest.", reason="empty")
        return replace(digest, published=True, publish_at=None)

    return _change(store, day, published, seen, "publish", who, now)


def unpublish(store: Store, day: date, seen: str, who: str, now: datetime) -> DeskDigest:
    """Take the digest from readers; the headlines stay, in order of time. Conflict."""

    def withdrawn(digest: DeskDigest, _: Writer) -> DeskDigest:
        return replace(digest, published=False, publish_at=None)

    return _change(store, day, withdrawn, seen, "unpublish", who, now)


def schedule(store: Store, day: date, at: datetime, seen: str, who: str, now: datetime) -> DeskDigest:
    """Publish it at an instant to come; until then editors alone see it. DeskRefused for one that is not to come, or
    for an empty digest, Conflict."""
    if at <= now:
        raise DeskRefused(f"{at} is not to come.", reason="instant")

    def waiting(digest: DeskDigest, _: Writer) -> DeskDigest:
        if not digest.ids:
            raise DeskRefused("There is nothing in the digest.", reason="empty")
        return replace(digest, published=False, publish_at=at)

    return _change(store, day, waiting, seen, "schedule", who, now)


def undo(store: Store, day: date, seen: str, who: str, now: datetime) -> DeskDigest:
    """Back to what was there before the last change that was not undone yet. DeskRefused when there is none,
    Conflict."""

    def before(digest: DeskDigest, writer: Writer) -> DeskDigest:
        versions = writer.desk_digests.versions(day, MOST_VERSIONS)
        target = undo_target(versions[::-1])
        if target is None:
            raise DeskRefused("There is nothing to undo.", reason="nothing-to-undo")
        return replace(digest, columns=target.columns, published=target.published, publish_at=None)

    return _change(store, day, before, seen, "undo", who, now)


def take_arrived(store: Store, day: date, seen: str, who: str, now: datetime) -> DeskDigest:
    """Take over the order of a digest text that came after an editor took the day in hand; pinned entries stay on top.
    DeskRefused when there is none, Conflict."""

    def taken(digest: DeskDigest, _: Writer) -> DeskDigest:
        if not digest.arrived:
            raise DeskRefused("Nothing has arrived.", reason="not-there")
        return replace(digest, columns=merged(digest.columns, digest.arrived), arrived=None)

    return _change(store, day, taken, seen, "paste", who, now)


def hide(store: Store, headline_id: int, reason: str, who: str, now: datetime) -> None:
    """Take a headline from readers. DeskRefused without a reason, NotFound."""
    if not reason:
        raise DeskRefused("Say why.", reason="reason")
    with store.writing() as writer:
        before = writer.corrections.hide(headline_id, reason[:1000], who, now, SPELLING)
        facts = {"title": before.row.title, "hidden": before.hidden}
        writer.audit.add(who, "hide", "headline", headline_id, now, before=facts, after={"hidden": True}, note=reason)


def show(store: Store, headline_id: int, who: str, now: datetime) -> None:
    """Give it back. NotFound."""
    with store.writing() as writer:
        before = writer.corrections.show(headline_id, who, now, SPELLING)
        facts = {"title": before.row.title, "hidden": before.hidden, "reason": before.hidden_reason}
        writer.audit.add(who, "show", "headline", headline_id, now, before=facts, after={"hidden": False})


Change = Callable[[DeskDigest, Writer], DeskDigest]


def _change(store: Store, day: date, change: Change, seen: str, action: str, who: str, now: datetime) -> DeskDigest:
    with store.writing() as writer:
        present = writer.desk_digests.digest(day)
        if present.token != seen:  # said before anything else: what was asked for was asked of another state
            return writer.desk_digests.save(present, seen, action, who, now, SPELLING)
        return _save(writer, change(present, writer), present, action, who, now)


def _save(writer: Writer, wanted: DeskDigest, present: DeskDigest, action: str, who: str, now: datetime) -> DeskDigest:
    made = writer.desk_digests.save(wanted, present.token, action, who, now, SPELLING)
    writer.audit.add(who, action, "day", made.day, now, before=told(present), after=told(made))
    return made
