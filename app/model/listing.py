"""A list of headlines as a file says it: whole days, nothing cut off."""

from dataclasses import dataclass

from app.model.headline import Article
from app.model.outlet import OutletName
from app.model.timeline import Day


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day with every headline that matches and the articles that its digest carries, each with its outlet's
    name."""

    day: Day
    articles: tuple[tuple[Article, OutletName], ...] = ()
