"""Reading analysis articles: those of a day's digest, one by its slug, the newest."""

from datetime import date

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from app.errors import NotFound
from app.model.headline import Article
from app.store.articles import article_of
from app.store.schema import articles, digest_articles, outlets

_a, _d, _o = articles.c, digest_articles.c, outlets.c
_first = digest_articles.alias("first").c
_known = articles.alias("known").c
_ARTICLES = (
    select(articles, _o.domain, _d.day, _d.position)
    .join(outlets, _o.id == _a.outlet_id)
    .outerjoin(
        digest_articles,
        and_(
            _d.article_id == _a.id,
            _d.day == select(func.min(_first.day)).where(_first.article_id == _a.id).scalar_subquery(),
        ),
    )
)
_OF_DAY = (
    select(articles, _o.domain, _d.position)
    .join(outlets, _o.id == _a.outlet_id)
    .join(digest_articles, _d.article_id == _a.id)
    .where(_d.day == bindparam("listed"))
    .order_by(_d.position)
)


def of_day(connection: Connection, day: date) -> tuple[Article, ...]:
    """The articles that `day`'s digest carries, in their order."""
    return tuple(article_of(row, day, row.position) for row in connection.execute(_OF_DAY, {"listed": day}))


def named(connection: Connection, slug: str) -> Article:
    """One article. NotFound."""
    row = connection.execute(_ARTICLES.where(_a.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(f"There is no article {slug!r}.", kind="article", key=slug)
    return article_of(row, row.day, row.position)


def newest(connection: Connection, limit: int, after: tuple[date, str] | None) -> tuple[Article, ...]:
    """The newest articles by their own date; those behind the one with this date and slug."""
    wanted = _ARTICLES.order_by(_a.published_on.desc(), _a.id.desc()).limit(limit)
    if after:
        its = select(_known.id).where(_known.slug == after[1]).scalar_subquery()
        wanted = wanted.where(or_(_a.published_on < after[0], and_(_a.published_on == after[0], _a.id < its)))
    return tuple(article_of(row, row.day, row.position) for row in connection.execute(wanted))
