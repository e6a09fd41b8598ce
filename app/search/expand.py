"""Which words of titles a word of a question stands for. Pure: the store's words are passed in.

A question is answered by words, not by texts: each word of it is first looked up among the words that titles have (some
hundred thousand), `app.search.keys.grade` says how well each answers it, and the index is asked for those that do. So
both databases find the same, and what counts is decided here alone:

- the word itself and its other forms always do;
- words that begin so do if what was typed looks unfinished, see `_is_start`: `ерөнх` is a beginning, `уул` is a
  mountain and no `уулзалт`, `хэрэг` is no `хэрэглээ`, `import` is not `important`;
- other spellings do where the one that was typed is likely to be meant for them, see `app.search.likely`.

None of this depends on what else is asked for or on what a page shows, so that pages follow one another, and a narrower
question never finds what the wider one does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.lexicon.english import is_word
from app.lexicon.stems import known
from app.model.remembered import Remembered
from app.model.search import Forms, Lookup, Spelling, Word
from app.search import keys as keys_made
from app.search.keys import Grade, grade, keyed, keyed_part
from app.search.likely import fronted, is_cyrillic, is_slip, likely
from app.search.loose import is_listed, sound
from app.search.tokens import parts

VERSION = keys_made.VERSION
"""Of what titles are taken apart into; an index of another version is made anew."""

START_LETTERS = 2
"""One letter is no beginning: it begins too much."""

KNOWN_START_LETTERS = 5
"""The same for a word that titles or the dictionary have as a whole; if both do, it is none at all."""

MOST_FORMS = 300
"""Words of titles that one word of a question stands for, the most frequent ones; a beginning can have thousands."""

ACROSS_LETTERS = 5
"""From so many letters on a beginning is looked for in the other script as well (`hurels`, Хүрэлсүх)…"""

ACROSS_SOUNDS = 4
"""…if it has so many sounds."""


def words(title: str) -> tuple[str, ...]:
    """The words of a title in their order, as they are looked up."""
    return tuple(chain.from_iterable(map(_words_of, parts(title))))


def _of_part(part: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in keyed_part(part))


_words_of = Remembered(_of_part, 65_536).__getitem__


@lru_cache(maxsize=131_072)
def keys(word: str) -> tuple[str, str]:
    """The keys by which a word is looked up: its stem and its sound."""
    _, strong, loose = keyed(word)
    return f"={strong}", f"~{loose}"


SPELLING = Spelling(words, keys)
"""How titles are taken apart."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A word of a question: what it stands for, and whether that is only the most frequent part of it."""

    word: str
    forms: Forms
    broad: bool = False


def lookup(asked: Iterable[str]) -> Lookup:
    """What to look up of these words, beginnings left aside."""
    plain = [keyed(word)[0] for word in asked]
    spelt = [*plain, *filter(None, map(fronted, plain))]
    return Lookup(tuple(plain), keys=tuple(dict.fromkeys(key for word in spelt for key in keys(word))))


def starts(asked: Iterable[str], found: Sequence[Word]) -> Lookup | None:
    """Which of these words to look up as beginnings, after `lookup` has `found` what it could."""
    begun = tuple(dict.fromkeys(word for word in (keyed(one)[0] for one in asked) if _is_start(word, found)))
    spelt = tuple(dict.fromkeys((*begun, *filter(None, map(fronted, begun)))))
    stems = (f"={word}" for word in spelt if is_cyrillic(word))
    heard = (f"~{sound(word)}" for word in begun if _crosses(word))
    return Lookup((), starts=spelt, key_starts=tuple(dict.fromkeys((*stems, *heard)))) if begun else None


def _is_start(word: str, found: Sequence[Word]) -> bool:
    """Whether a word may be an unfinished one: long enough, no number, none of the English dictionary, none of the
    Mongolian one that titles (`found`) have too; a shorter one only if titles and the dictionary have neither it nor,
    if it is very short, a form of it."""
    if len(word) < START_LETTERS or word[0].isdigit() or is_word(word) or _is_whole(word, found):
        return False
    if len(word) >= KNOWN_START_LETTERS:
        return True
    if len(word) == KNOWN_START_LETTERS - 1:  # оюут is more likely of Оюутолгой than of оюу
        return known(word) != word and not any(one.word == word for one in found)
    return not known(word) and not any(grade(word, one.word) >= Grade.FORM for one in found)


def _is_whole(word: str, found: Sequence[Word]) -> bool:
    """Whether a word is one of the Mongolian dictionary, as it stands, without ө and ү or in Latin letters, and titles
    have it: nobody who is done means what else begins so."""
    if not is_cyrillic(word):
        cyrillic = (one.word for one in found if is_cyrillic(one.word))
        return is_listed(word) and any(grade(word, one) >= Grade.LOOSE for one in cyrillic)
    meant = (one for one in (word, fronted(word)) if one and known(one) == one)
    return any(grade(one, other.word) >= Grade.FORM for one in meant for other in found)


def _crosses(word: str) -> bool:
    return len(word) >= ACROSS_LETTERS and len(sound(word)) >= ACROSS_SOUNDS


def expand(asked: str, found: Sequence[Word]) -> Expanded:
    """What a word of a question stands for among the words that were found."""
    word = keyed(asked)[0]
    front = fronted(word)
    kept = _answers(front if front and is_slip(word, _own(word, found), found) else word, found)
    kept.sort(key=lambda one: (one.word != word, -one.n, one.word))
    chosen = kept[:MOST_FORMS]
    forms = Forms(
        tuple(sorted(one.number for one in chosen)),
        frozenset(one.word for one in chosen),
        sum(one.n for one in chosen),
        tuple(one.number for one in chosen if one.word == word),
    )
    return Expanded(asked, forms, broad=len(kept) > MOST_FORMS)


def _own(word: str, found: Sequence[Word]) -> list[Word]:
    return [one for one in found if grade(word, one.word) >= Grade.FORM]


def _answers(word: str, found: Sequence[Word]) -> list[Word]:
    """The words that answer a question for `word`."""
    graded = [(grade(word, one.word), one) for one in found]
    own = [one for g, one in graded if g >= Grade.FORM]
    alike = [one for g, one in graded if g is Grade.LOOSE]
    meant = likely(word, own, alike)
    begun: list[Word] = []
    if _is_start(word, found):
        begun = [one for g, one in graded if g is Grade.PREFIX]
        front = None if begun else fronted(word)
        begun += [one for g, one in graded if g is Grade.NONE and not meant and _begins_across(word, front, one.word)]
    return list({one.number: one for one in (*own, *begun, *meant)}.values())


def _begins_across(word: str, front: str | None, title_word: str) -> bool:
    """Whether a word of a title, in the other script or in Cyrillic with ө and ү, begins as `word` sounds; `front` is
    how that may have been meant."""
    alike = is_cyrillic(word) == is_cyrillic(title_word)
    if alike and front and any(one.startswith(front) for one in keyed(title_word)[:2]):
        return True
    if alike and not (front and ("ө" in title_word or "ү" in title_word)):
        return False
    return _crosses(word) and keyed(title_word)[2].startswith(sound(word)) and not is_word(title_word)
