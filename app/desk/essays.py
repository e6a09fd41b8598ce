"""Long reads: written in Markdown, as drafts, published when somebody says so."""

from dataclasses import replace
from datetime import datetime

from app.errors import DeskRefused
from app.model.essay import Essay
from app.normalise.outlet import host_of, outlet_of
from app.normalise.slug import slug as slug_of
from app.normalise.text import clean
from app.normalise.url import link
from app.render.markdown import plain_paragraphs
from app.store import Store
from app.store.analyses import Printed

MAX_BODY_CHARS = 500_000
MAX_LINE_CHARS = 500


def save(store: Store, essay: Essay, who: str, now: datetime) -> Essay:
    """Store an essay as it is to be (`published` says whether readers see it). DeskRefused for what cannot be one,
    Conflict, NotFound."""
    wanted = _checked(essay)
    outlet = outlet_of(wanted.host)
    with store.writing() as writer:
        before = writer.analyses.get(wanted.id) if wanted.id else None
        made = writer.analyses.save(wanted, printed(wanted), outlet, who, now)
        action = "save"
        if before is None or before.published != made.published:
            action = "publish" if made.published else "save" if before is None else "unpublish"
        facts = told(before) if before else None
        writer.audit.add(who, action, "analysis", made.id, now, before=facts, after=told(made))
    return made


def printed(essay: Essay) -> tuple[Printed, ...]:
    """What readers see of it: nothing of a draft. With two languages the Mongolian one has `-mn` in its address."""
    if not essay.published:
        return ()
    several = len(essay.texts) > 1
    return tuple(
        Printed(language, f"{essay.slug}-mn" if several and language == "mn" else essay.slug, title, body, _words(body))
        for language, title, body in essay.texts
    )


def _words(body: str) -> tuple[str, ...]:
    return plain_paragraphs(body) or (body.strip(),)


def told(essay: Essay) -> dict[str, object]:
    """An essay as the audit keeps it: whole, so that no version of a text is lost."""
    names = ("slug", "host", "source_url", "author", "licence", "title_en", "title_mn", "body_en", "body_mn")
    facts: dict[str, object] = {name: getattr(essay, name) for name in names}
    days = {"published_on": essay.published_on.isoformat(), "digest_day": essay.digest_day and str(essay.digest_day)}
    return facts | days | {"published": essay.published, "version": essay.version}


def _checked(essay: Essay) -> Essay:
    host = host_of(essay.host)
    if host is None:
        raise DeskRefused("No host of an outlet.", reason="outlet")
    if essay.source_url and link(essay.source_url) is None:
        raise DeskRefused("No address.", reason="url")
    lines = [clean(line).text for line in (essay.title_en, essay.title_mn, essay.author, essay.licence)]
    if any(len(line) > MAX_LINE_CHARS for line in lines):
        raise DeskRefused("Too long.", reason="too-long")
    if max(len(essay.body_en), len(essay.body_mn)) > MAX_BODY_CHARS:
        raise DeskRefused("Too long.", reason="too-long")
    made = replace(essay, host=host, title_en=lines[0], title_mn=lines[1], author=lines[2], licence=lines[3])
    if not (made.title_en or made.title_mn):
        raise DeskRefused("A title is needed.", reason="title")
    if made.published and not made.texts:
        raise DeskRefused("A title and a text are needed.", reason="empty")
    return replace(made, slug=slug_of(essay.slug) or slug_of(made.title) or f"article-{made.published_on}")
