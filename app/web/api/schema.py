"""The models of the answers, for the OpenAPI document. Answers are not made of them: that would cost more than reading
them from the database. Tests check every answer against them."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.model.headline import Honesty
from app.model.story import Covered

Language = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="ISO 639 code, lower case", examples=["mn"])]
Day = Annotated[date, Field(description="A calendar day in Asia/Ulaanbaatar")]
Cursor = Annotated[str | None, Field(description="The `cursor` of the items that follow; null at the end of the list")]
Id = Annotated[int, Field(ge=1, description="Its number, which never changes")]
Number = Annotated[int, Field(ge=0)]


class Model(BaseModel):
    """Base of all: what an answer has, with nothing that may be missing. Answers may get further members later."""

    model_config = ConfigDict(frozen=True)


class Permalinks(Model):
    """The page about it, in each edition: absolute addresses that never change."""

    en: str
    mn: str


class OutletRef(Model):
    """Who published it."""

    domain: str = Field(description="Registrable domain, lower case", examples=["montsame.mn"])
    name: str = Field(description="What it is called in English", examples=["Montsame"])
    name_mn: str = Field(description="What it is called in Mongolian", examples=["МОНЦАМЭ"])


class Place(Model):
    """A place in a day's digest."""

    day: Day
    language: Language
    position: int = Field(ge=1, description="Its place in the column, from 1")
    rank: int | None = Field(description="The number printed in the digest; null where it prints none")


class StoryRef(Model):
    """The story of a headline: others tell its event too."""

    id: Id
    headlines: Number = Field(description="How many headlines tell it, this one among them")
    outlets: Number = Field(description="How many outlets tell it")
    permalinks: Permalinks


def _all_but_id_may_be_left_out(schema: dict[str, Any]) -> None:
    schema["required"] = ["id"]


class Headline(Model):
    """One headline."""

    id: Id
    day: Day = Field(
        description="The day under which it is listed: of the days that are asked for, the earliest whose digest "
        "carries it, else its own"
    )
    language: Language
    rank: int | None = Field(description="The number printed in the digest of `day`; null where there is none")
    position: int | None = Field(description="Its place in the digest of `day`, from 1; null outside it")
    title: str
    url: str | None = Field(description="Where the outlet has it; null where that is not known")
    outlet: OutletRef
    host: str = Field(description="The outlet's host as printed", examples=["montsame.mn"])
    published: date | datetime = Field(
        description="When it was published: an instant in UTC, or a day where the time is not known"
    )
    published_at: datetime | None = Field(description="The instant in UTC; null where only the day is known")
    honesty: Honesty = Field(
        description="How far the date can be trusted: `declared` (an instant with its zone), `zone-assumed` (a clock "
        "time without zone, taken for Ulaanbaatar's), `date-only`, `first-seen` (no usable date: when it came in)"
    )
    updated_at: datetime | None = Field(description="When its title, address, day or place last changed")
    digests: list[Place] = Field(description="Its places in digests, earliest first")
    coverage: Covered | None = Field(
        description="In which languages its event is told: `both`, only Mongolian (`mn`), only English (`en`); null "
        "for a headline in another language"
    )
    story: StoryRef | None = Field(description="The story that it tells; null where nobody else tells its event")
    permalinks: Permalinks


class HeadlineItem(Headline):
    """One headline of a list: as `Headline`, but `fields` may leave out everything except `id`."""

    model_config = ConfigDict(json_schema_extra=_all_but_id_may_be_left_out)


class HeadlineList(Model):
    """A part of the list of headlines, newest first."""

    items: list[HeadlineItem]
    next: Cursor


class Edit(Model):
    """A changed title."""

    at: datetime
    before: str
    after: str
    origin: str = Field(description="Who had the new title first: host and path, or a file's name")


class SightingTold(Model):
    """Where a headline was seen."""

    model_config = ConfigDict(title="Sighting")

    origin: str = Field(description="Host and path, or a file's name")
    format: str = Field(description="The format in which it came", examples=["rss"])
    first_at: datetime
    last_at: datetime


class WholeHeadline(Headline):
    """One headline with its history."""

    canonical_url: str | None = Field(description="The address by which it is recognised, without what varies")
    title_given: str | None = Field(description="The title as it came, where signs were taken out of it")
    stated: date | datetime | None = Field(description="A date that it states and that is not believed; null for none")
    first_seen_at: datetime
    edits: list[Edit] = Field(description="Changes of its title, newest first")
    sightings: list[SightingTold] = Field(description="Where it was seen, earliest first")
    near_duplicates: list[Headline] = Field(
        description="Headlines that say the same in the same words, most alike first"
    )


class DayTold(Model):
    """A day with its numbers."""

    model_config = ConfigDict(title="Day")

    day: Day
    permalink: str = Field(description="The address that leads each reader to the edition in their language")
    permalinks: Permalinks
    headlines: Number = Field(description="How many are listed under it")
    languages: dict[str, int] = Field(description="How many by column", examples=[{"en": 13, "mn": 15}])


class DayList(Model):
    """Days that have headlines, newest first."""

    items: list[DayTold]
    next: Cursor


class ArticleTold(Model):
    """An article without its text."""

    model_config = ConfigDict(title="Article")

    slug: str = Field(description="Its name in addresses")
    title: str
    language: Language
    outlet: OutletRef
    host: str
    published: Day = Field(description="Its own date")
    day: date | None = Field(description="The day whose digest carried it first; null for none")
    position: int | None = Field(description="Its place among that digest's articles, from 1")
    permalinks: Permalinks


class ArticleList(Model):
    """Articles by their own date, newest first."""

    items: list[ArticleTold]
    next: Cursor


class WholeArticle(ArticleTold):
    """An article with its text."""

    model_config = ConfigDict(title="WholeArticle")

    paragraphs: list[str] = Field(description="Its text")


class Column(Model):
    """One language of a day."""

    language: Language
    headlines: Number = Field(description="How many there are in all; `others` may hold fewer")
    digest: list[Headline] = Field(description="The digest in its order")
    others: list[Headline] = Field(description="The day's other headlines, newest first: at most 200")


class WholeDay(Model):
    """A day with everything in it."""

    day: Day
    permalink: str
    permalinks: Permalinks
    headlines: Number
    previous: date | None = Field(description="The nearest earlier day that has headlines")
    next: date | None = Field(description="The nearest later day that has headlines")
    columns: list[Column]
    articles: list[ArticleTold]


class OutletTold(OutletRef):
    """An outlet of the registry."""

    model_config = ConfigDict(title="Outlet")

    kind: str | None = Field(description="What sort of outlet it is", examples=["state agency"])
    country: str | None = Field(description="ISO 3166 code", examples=["MN"])
    languages: list[Language] = Field(description="The languages in which it publishes, as registered")
    hosts: list[str] = Field(description="Further hosts and domains that mean it")
    recent: Number = Field(description="Headlines in the thirty days up to the newest")
    permalinks: Permalinks


class OutletList(Model):
    """Outlets, by domain."""

    items: list[OutletTold]
    next: Cursor


class Share(Model):
    """What an outlet printed in one language."""

    language: Language
    headlines: Number
    first: Day
    last: Day


class WholeOutlet(OutletTold):
    """An outlet with what it printed in each language, most first."""

    model_config = ConfigDict(title="WholeOutlet")

    headlines: Number = Field(description="How many there are of it in all")
    shares: list[Share]


class Problem(BaseModel):
    """What is wrong (RFC 9457). Further members say which parameter or thing it is about."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="The kind, for programs: it never changes", examples=["urn:ortoo:problem:bad-filter"])
    title: str = Field(description="The kind in a few words")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What is wrong with this request, and what to do")
    instance: str = Field(description="The path that was asked for")
    name: str | None = Field(default=None, description="The parameter that is wrong")
    value: str | None = Field(default=None, description="Its value, cut to 80 characters")
    expected: Any = Field(default=None, description="What it takes")
    kind: str | None = Field(default=None, description="The kind of thing that is not there")
    key: Any = Field(default=None, description="What it was asked for by")
