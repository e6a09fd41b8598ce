"""Kinds of outlets and countries have a name in each edition."""

import csv

import pytest

from app.i18n import translators
from app.render.naming import KINDS, country, kind
from app.settings import resource_dir

TRANSLATORS = translators(resource_dir("locale"))
with (resource_dir("locale").parent / "app/normalise/data/outlets.csv").open(encoding="utf-8") as file:
    KNOWN = sorted({row["kind"] for row in csv.DictReader(file)})


@pytest.mark.parametrize("name", KNOWN)
def test_every_kind_of_the_registry_has_words(name: str) -> None:
    english, mongolian = (kind(name, TRANSLATORS[ui]) for ui in ("en", "mn"))
    assert english[:1].isupper()
    assert english.isascii()
    assert mongolian[:1].isupper()
    assert not any(c.isascii() and c.isalpha() for c in mongolian)
    assert ("(" in name) == ("(" in english) == ("(" in mongolian)


def test_unknown_kinds_and_countries_have_none() -> None:
    for t in TRANSLATORS.values():
        assert kind("", t) == ""
        assert kind("pirate radio", t) == ""
        assert country("", t) == ""
        assert country("XX", t) == ""
    assert country("KZ", TRANSLATORS["mn"]) == "Казахстан"
    assert KINDS.keys() <= {name.partition(" (")[0] for name in KNOWN}
