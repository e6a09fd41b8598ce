"""The catalogues agree with each other and with the templates, and keep to their language."""

import re
from pathlib import Path
from string import Formatter

import pytest

from app.errors import CatalogueError
from app.i18n import Catalogue, load, translators
from app.model.language import UI_LANGUAGES
from app.settings import resource_dir

LOCALE = resource_dir("locale")
CATALOGUES = {ui: load(ui, LOCALE) for ui in UI_LANGUAGES}
SOURCES = [*resource_dir("templates").rglob("*.html"), *(resource_dir("locale").parent / "app").rglob("*.py")]

LATIN_ALLOWED = {"UTC", "UTF", "GET", "HEAD"}
"""Latin words that Mongolian text uses as they are."""


def forms(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Every message's texts by its key."""
    return {**{key: (text,) for key, text in catalogue.texts.items()}, **catalogue.plurals}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def is_words(key: str) -> bool:
    """Whether a message is text to be read, and no pattern or code for machines."""
    return not key.startswith("date.") and key != "brand.locale"


def test_the_editions_have_the_same_keys() -> None:
    english, mongolian = (set(forms(CATALOGUES[ui])) for ui in ("en", "mn"))
    assert english == mongolian


@pytest.mark.parametrize("ui", UI_LANGUAGES)
def test_nothing_is_empty_or_untrimmed(ui: str) -> None:
    for key, texts in forms(CATALOGUES[ui]).items():
        assert texts, key
        for text in texts:
            assert text, key
            assert text == text.strip(), key


def test_the_same_placeholders_stand_in_every_form_and_edition() -> None:
    for key, texts in forms(CATALOGUES["en"]).items():
        if not is_words(key):
            continue
        wanted = placeholders(texts[0])
        for text in (*texts, *forms(CATALOGUES["mn"])[key]):
            assert placeholders(text) == wanted, f"{key}: {text!r}"


def test_plural_forms_are_as_many_as_each_language_has() -> None:
    for ui, many in (("en", 2), ("mn", 1)):
        for key, texts in CATALOGUES[ui].plurals.items():
            assert len(texts) == many, f"{ui} {key}"


def test_mongolian_texts_hold_no_latin_words() -> None:
    for key, texts in forms(CATALOGUES["mn"]).items():
        for text in texts if is_words(key) else ():
            bare = re.sub(r"\{\w+\}", "", text)
            foreign = set(re.findall(r"[A-Za-z]+", bare)) - LATIN_ALLOWED
            assert not foreign, f"{key}: {text!r} has {sorted(foreign)}"


def test_english_texts_hold_no_cyrillic() -> None:
    for key, texts in forms(CATALOGUES["en"]).items():
        for text in texts:
            assert not re.search(r"[\u0400-\u04ff]", text), f"{key}: {text!r}"


def test_the_editions_say_different_things() -> None:
    """A text that is the same in both was forgotten; only texts without a word of their own may be."""
    for key, texts in forms(CATALOGUES["en"]).items():
        words = re.sub(r"\{\w+\}", "", texts[0])
        if is_words(key) and re.search(r"\w", words):
            assert texts[0] not in forms(CATALOGUES["mn"])[key], key


def test_every_key_is_used_and_every_used_key_exists() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    known = set(forms(CATALOGUES["en"]))
    used = set(re.findall(r"""(?:\.(?:text|count|pattern)\(|filled\()\s*['"]([a-z]+\.[\w.-]+)['"]""", source))
    assert used <= known, sorted(used - known)
    dates = {f"date.{form}" for form in re.findall(r"""['"]([a-z-]+)['"]""", source)}
    quoted = set(re.findall(r"""['"]([a-z]+\.[\w.-]+)['"]""", source))
    unused = {key for key in known if key not in quoted | dates}
    assert not unused, sorted(unused)


def test_a_key_nobody_knows_is_a_mistake() -> None:
    translator = translators(LOCALE)["en"]
    with pytest.raises(KeyError):
        translator.text("nav.nowhere")


@pytest.mark.parametrize(
    "content",
    [None, b'msgid "a"\nmsgstr "\xff"\n', b'msgid "a\n', b'msgid ""\nmsgstr "Language: tlh\\n"\n'],
    ids=["missing", "no UTF-8", "broken", "unknown locale"],
)
def test_a_catalogue_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "ortoo.po").write_bytes(content)
    with pytest.raises(CatalogueError, match=re.escape(str(folder / "ortoo.po"))):
        load("en", tmp_path)
