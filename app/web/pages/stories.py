"""`/{ui}/stories`, `/{ui}/stories/{id}`: the same event, from every outlet, in both languages; and what readers say."""

import hashlib
from functools import partial
from urllib.parse import parse_qsl

from anyio.to_thread import run_sync
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import BadFilter
from app.model.filters import TimelineFilter
from app.model.story import Judge, Judgement, Verdict
from app.render.pages import SaidPage, StoriesPage, StoryPage
from app.timeline import stories as told
from app.web.answer import READ, page, redirect
from app.web.api.body import received
from app.web.api.quota import PerMinute, network_of, too_many
from app.web.paths import EDITION
from app.web.refusal import Refusal
from app.web.visit import Visit

router = APIRouter()

MAX_FORM_BYTES = 1_000
MAX_FORM_SECONDS = 5.0

MOST_SAID = 10
"""Judgements that are taken from one address in a minute: more is no reading."""


@router.api_route(f"{EDITION}/stories", methods=READ)
def stories(request: Request, ui: str) -> Response:
    """The stories of a week; `?before=` a day that is not in it any more."""
    visit = Visit.of(request, ui)
    f = TimelineFilter(before=visit.filter().before)
    return page(
        visit,
        lambda links: links.stories(f),
        lambda reader: told.week(reader, f.before),
        StoriesPage,
        index=not f.before,
    )


@router.api_route(f"{EDITION}/stories/{{number:int}}", methods=READ)
def story(request: Request, ui: str, number: int) -> Response:
    """One story by its number; a number that was given up leads to the story that it is part of."""
    visit = Visit.of(request, ui)
    with visit.reading() as reader:
        standing = reader.stories.standing(number)
    if standing != number:
        return redirect(visit.links.story(standing), status=301)
    return page(visit, lambda links: links.story(number), lambda reader: told.story(reader, number), StoryPage)


@router.api_route(f"{EDITION}/stories/{{number:int}}/said", methods=READ)
def said(request: Request, ui: str, number: int) -> Response:
    """Thanks for a judgement."""
    visit = Visit.of(request, ui)
    return page(
        visit, lambda links: links.said(number), lambda reader: told.said(reader, number), SaidPage, index=False
    )


@router.post(f"{EDITION}/stories/{{number:int}}/apart")
async def apart(request: Request, ui: str, number: int) -> Response:
    """A reader says that the headline of the form does not belong to the story. It is counted once for each reader."""
    visit = Visit.of(request, ui)
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refusal(403, "foreign-form", "Not from here", "Say it on the page of the story.")
    async with received(request, MAX_FORM_BYTES, MAX_FORM_SECONDS) as body:
        headline = _headline(body.read())
    await run_sync(partial(_judge, visit, number, headline))
    return redirect(visit.links.said(number), status=303)


def _headline(form: bytes) -> int:
    """The number of the headline that a form names. BadFilter."""
    given = dict(parse_qsl(form.decode("latin-1"), max_num_fields=20)).get("headline", "")
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise BadFilter("headline is no number.", name="headline", value=given[:80], expected="a number")
    return int(given)


def _judge(visit: Visit, number: int, headline: int) -> None:
    """Write it down: against the headline that this one was compared with. BadFilter for one that is not in the story
    or that the story began with; Refusal (429)."""
    now = visit.site.clock()
    client = visit.request.client
    address = network_of(client.host) if client else ""
    said: PerMinute[str] = visit.request.app.state.said
    if said.add(address, now) > MOST_SAID:
        raise too_many("judgements", MOST_SAID, now, "So many judgements in a minute are no reading.")
    with visit.site.store.reading() as reader:
        found = reader.stories.story(number)
    member = next((one for one in found.members if one.row.id == headline), None)
    if member is None or member.evidence is None:
        raise BadFilter("This headline cannot be taken out.", name="headline", value=str(headline), expected="another")
    by = hashlib.blake2b(f"{number} {address}".encode(), digest_size=12).hexdigest()
    first, second = sorted((headline, member.evidence.other))
    with visit.site.store.writing() as writer:
        writer.stories.judge(Judgement(first, second, Verdict.APART, Judge.READER, by, now))
