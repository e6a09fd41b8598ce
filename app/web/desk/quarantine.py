"""`/desk/{ui}/quarantine`: what could not be taken in, with its raw text and the reason; repaired and tried again."""

from starlette.responses import Response

from app.errors import DeskRefused, NotFound
from app.ingest.again import again
from app.ingest.format import Reading
from app.ingest.limits import Limits
from app.ingest.reader import ChildReader
from app.model.editor import Right
from app.model.quarantine import Quarantined
from app.pipeline.retry import retry_one
from app.render.desk_more_pages import DeskQuarantinePage, DeskRejectedPage
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

SHOWN = 50
SHOWN_CHARS = 200_000


@desk.page("/quarantine", Right.OPERATE)
def quarantine(sitting: Sitting) -> Response:
    """The newest first."""
    given = sitting.visit.request.query_params.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    with sitting.store.reading() as reader:
        rejected = reader.newest_rejections(before, SHOWN + 1)
    older = f"{sitting.links.quarantine()}?before={rejected[SHOWN - 1].id}" if len(rejected) > SHOWN else ""
    page = DeskQuarantinePage(sitting.frame, rejected[:SHOWN], older)
    return sitting.show(page, f"/quarantine?before={before}" if before is not None else "/quarantine")


@desk.deed("/quarantine", Right.OPERATE)
def retry_many(sitting: Sitting) -> Response:
    """Try those that are ticked again, as they are."""
    numbers = [int(n) for n in sitting.form.all("rejected") if n.isascii() and n.isdigit() and len(n) < 19]
    released = sum(_tried(sitting, _kept(sitting, number), None) for number in numbers)
    return sitting.done("retried" if released else "still" if numbers else "same")


@desk.page("/quarantine/{key}", Right.OPERATE)
def rejected(sitting: Sitting) -> Response:
    """One of them."""
    one = _kept(sitting, _key(sitting))
    text = one.rejection.raw[:SHOWN_CHARS].decode("utf-8", "replace")
    whole = again(one.rejection) is not None and len(one.rejection.raw) <= SHOWN_CHARS
    return sitting.show(DeskRejectedPage(sitting.frame, one, text, whole), f"/quarantine/{one.id}")


@desk.deed("/quarantine/{key}", Right.OPERATE)
def repair(sitting: Sitting) -> Response:
    """Try it again with the text as it was repaired; what it was like stays in the audit."""
    one = _kept(sitting, _key(sitting))
    text = sitting.form.text("text")
    had = one.rejection.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    if _tried(sitting, one, None if text == had else text.encode()):
        return sitting.done("retried", sitting.links.quarantine())
    return sitting.done("still")


def _tried(sitting: Sitting, one: Quarantined, raw: bytes | None) -> bool:
    """Whether it was understood. DeskRefused where only its beginning is kept."""
    reading = Reading(Limits.of(sitting.visit.site.settings))
    with ChildReader() as child:
        report = retry_one(sitting.store, one, one.rejection.raw if raw is None else raw, reading=reading, reader=child)
    if report is None:
        raise DeskRefused("Only its beginning is kept.", reason="cut")
    if not report.released:
        return False
    before = {"reason": one.rejection.reason.value, "raw": one.rejection.raw.decode("utf-8", "replace")[:SHOWN_CHARS]}
    after = {"raw": raw.decode("utf-8", "replace")[:SHOWN_CHARS]} if raw is not None else None
    with sitting.store.writing() as writer:
        writer.audit.add(sitting.who, "retry", "rejection", one.id, sitting.now, before=before, after=after)
    return True


def _kept(sitting: Sitting, number: int) -> Quarantined:
    with sitting.store.reading() as reader:
        return reader.rejection(number)


def _key(sitting: Sitting) -> int:
    key = sitting.part("key")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound("There is nothing under this number.", kind="rejection", key=key[:40])
    return int(key)
