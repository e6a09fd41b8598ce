"""`/desk/{ui}/outlets`: what outlets are called, which hosts mean them, two that are one."""

from starlette.responses import Response

from app.desk import registry
from app.errors import DeskRefused, NotFound
from app.model.audit import AuditFilter
from app.model.editor import Right
from app.model.outlet import Outlet
from app.render.desk_more_pages import DeskOutletPage, DeskOutletsPage
from app.render.desk_words import refusal
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

SHOWN_ENTRIES = 20


@desk.page("/outlets", Right.EDIT)
def outlets(sitting: Sitting) -> Response:
    """All of them."""
    with sitting.store.reading() as reader:
        known = reader.outlets()
    return sitting.show(DeskOutletsPage(sitting.frame, known), "/outlets")


@desk.page("/outlets/{domain}", Right.EDIT)
def outlet(sitting: Sitting) -> Response:
    """One outlet's form."""
    return _page(sitting)


@desk.deed("/outlets/{domain}", Right.EDIT)
def change(sitting: Sitting) -> Response:
    """Name it anew, or merge it into another one."""
    form, domain = sitting.form, sitting.part("domain")
    if form.one("do") == "merge":
        try:
            registry.merge(sitting.store, domain, form.one("into"), sitting.who, sitting.now)
        except NotFound as error:
            raise DeskRefused(error.message, reason="same-outlet") from error
        return sitting.done("merged", sitting.links.outlets())
    typed = Outlet(
        domain,
        form.one("name_en"),
        form.one("name_mn"),
        form.one("kind"),
        form.one("country"),
        tuple(form.one("languages").split()),
        tuple(form.one("hosts").split()),
    )
    try:
        changed = registry.change(sitting.store, typed, sitting.who, sitting.now)
    except DeskRefused as error:
        return _page(sitting, typed, refusal(str(error.facts.get("reason", "")), sitting.visit.t))
    return sitting.done("saved" if changed else "same")


def _page(sitting: Sitting, typed: Outlet | None = None, refused: str = "") -> Response:
    domain = sitting.part("domain")
    with sitting.store.reading() as reader:
        known = {one.domain: one for one in reader.outlets()}
        entries = reader.audit.entries(AuditFilter(kind="outlet", key=domain), SHOWN_ENTRIES)
    if domain not in known:
        raise NotFound(f"There is no outlet {domain[:80]}.", kind="outlet", key=domain[:80])
    rest = tuple(one for one in known.values() if one.domain != domain)
    page = DeskOutletPage(sitting.frame, typed or known[domain], rest, refused, entries)
    address = sitting.links.outlet(domain).removeprefix(sitting.links.at())
    return sitting.show(page, address, 422 if refused else 200)
