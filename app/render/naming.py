"""What kinds of outlets and countries are called in an edition."""

from app.i18n import Translator

KINDS = {
    "private news site": "kind.news-site",
    "international": "kind.international",
    "analysis": "kind.analysis",
    "organisation": "kind.organisation",
    "newspaper": "kind.newspaper",
    "state agency": "kind.state-agency",
    "aggregator": "kind.aggregator",
    "agency": "kind.agency",
    "private agency": "kind.private-agency",
    "broadcaster": "kind.broadcaster",
    "state": "kind.state",
    "state newspaper": "kind.state-newspaper",
    "political data site": "kind.political-data",
}
"""The kinds of the registry of outlets; one with a subject has it in brackets: `international (mining)`."""

SUBJECTS = {
    "business": "kind.of.business",
    "defence": "kind.of.defence",
    "energy": "kind.of.energy",
    "entertainment": "kind.of.entertainment",
    "finance": "kind.of.finance",
    "mining": "kind.of.mining",
    "public": "kind.of.public",
    "rail": "kind.of.rail",
    "solar": "kind.of.solar",
    "sport": "kind.of.sport",
    "tax": "kind.of.tax",
    "travel trade": "kind.of.travel-trade",
}


def kind(name: str, t: Translator) -> str:
    """What an outlet is, as the head of a line; empty for a kind that the edition has no word for."""
    plain, _, subject = name.removesuffix(")").partition(" (")
    if plain not in KINDS:
        return ""
    words = t.text(KINDS[plain])
    if subject in SUBJECTS:
        words = f"{words} ({t.text(SUBJECTS[subject])})"
    return words[:1].upper() + words[1:]


def country(code: str, t: Translator) -> str:
    """The name of a country by its ISO 3166 code; empty for one that CLDR does not know."""
    return str(t.catalogue.locale.territories.get(code, ""))
