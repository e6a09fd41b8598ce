"""`/api/v1/analysis`, `/api/v1/analysis/{slug}`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.store import Reader
from app.timeline.browse import article as article_view
from app.timeline.query import with_outlets
from app.web.api import examples, told
from app.web.api.answers import answer, given, visit_of
from app.web.api.cursors import day_read, written
from app.web.api.operations import ROOT, Operation, Parameter, serve
from app.web.api.parameters import PAGING, limit_of
from app.web.api.schema import ArticleList, WholeArticle

router = APIRouter()

MAX_SLUG_CHARS = 200

LIST = Operation(
    id="listAnalysis",
    path=f"{ROOT}/analysis",
    tag="Analysis",
    summary="Analysis articles, newest first",
    parameters=PAGING,
    answer=ArticleList,
    example=examples.ARTICLES,
    problems=(400,),
)
ONE = Operation(
    id="getAnalysis",
    path=f"{ROOT}/analysis/{{slug}}",
    tag="Analysis",
    summary="One article with its text",
    parameters=(
        Parameter(
            "slug",
            {"type": "string", "minLength": 1, "maxLength": MAX_SLUG_CHARS},
            "Its name in addresses.",
            "yongusil-100",
            place="path",
        ),
    ),
    answer=WholeArticle,
    example=examples.WHOLE_ARTICLE,
    problems=(400, 404),
)
OPERATIONS = (LIST, ONE)


@serve(router, LIST)
def analysis(request: Request) -> Response:
    """The list."""
    visit = visit_of(request)
    asked = given(visit, LIST)
    limit, after = limit_of(asked), None
    if "cursor" in asked:
        day, (slug,) = day_read("a", asked["cursor"][0], 2)
        after = (day, slug)

    def made(reader: Reader) -> told.Told:
        found = reader.articles(limit + 1, after)
        shown = found[:limit]
        last = shown[-1] if len(found) > limit else None
        following = written("a", last.published_on.isoformat(), last.slug) if last else None
        views = with_outlets(reader, shown)
        return told.listed([told.article(view, visit.origin()) for view in views], following)

    return answer(visit, made)


@serve(router, ONE)
def article(request: Request) -> Response:
    """One of them."""
    visit = visit_of(request)
    given(visit, ONE)
    slug = request.path_params["slug"]
    if len(slug) > MAX_SLUG_CHARS or not slug.isprintable():
        raise NotFound("There is no such article: /api/v1/analysis lists all.", kind="article", key=slug[:40])

    def made(reader: Reader) -> told.Told:
        return told.whole_article(article_view(reader, slug).articles[0], visit.origin())

    return answer(visit, made)
