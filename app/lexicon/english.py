"""English words without their endings: the Snowball stemmer (Porter 2), behind a short list of forms no rule tells.

The library's stemmers keep the word they work on in themselves; two threads must not share one.
"""

import threading
from functools import cache, lru_cache

from app.lexicon.lists import listed

_IRREGULAR = {
    form: base
    for line in (
        "man men|woman women|child children|person people|foot feet|tooth teeth|mouse mice|goose geese",
        "wolf wolves|wife wives|life lives|knife knives|half halves|shelf shelves|thief thieves",
        "crisis crises|be is are was were been being|have has had having|do does did done|say said",
        "go goes went gone|win won|hold held|meet met|rise rose risen|fall fell fallen|build built|sell sold",
        "buy bought|grow grew grown|begin began begun|become became|bring brought|catch caught",
        "choose chose chosen|come came|deal dealt|draw drew drawn|drive drove driven|eat ate eaten|feel felt",
        "fight fought|find found|fly flew flown|forget forgot forgotten|freeze froze frozen|get got gotten",
        "give gave given|hide hid hidden|keep kept|know knew known|lead led|leave leaves left|lend lent|lose lost",
        "make made|pay paid|ride rode ridden|run ran|see saw seen|seek sought|send sent|shake shook shaken",
        "shoot shot shots|show shown|sing sang sung|sink sank sunk|sit sat|speak spoke spoken|spend spent",
        "stand stood|steal stole stolen|strike struck|swear swore sworn|swim swam swum|take took taken",
        "teach taught|tell told|think thought|throw threw thrown|understand understood|wear wore worn",
        "write wrote written|withdraw withdrew withdrawn|centre center centers centres centered|labour labor",
        "defence defense|licence license licenses licences|metre meter|metres meter|tonne ton tons tonnes",
        "programme program|travelled traveled|favour favor|harbour harbor",
    )
    for base, *forms in (group.split() for group in line.split("|"))
    for form in forms
}
_APART = {
    form: base
    for base, *forms in (
        line.split()
        for line in (
            "important importance importantly",
            "animal animals",
            "apartment apartments",
            "authority authorities",
            "business businesses",
            "conservative conservatives",
            "customer customers",
            "department departments departmental",
            "emergency emergencies",
            "executive executives",
            "experience experiences experienced",
            "experiment experiments experimental",
            "general generals generally",
            "mineral minerals",
            "opera operas",
            "polite politely",
            "procession processions",
            "protestant protestants",
            "publication publications",
            "relative relatives",
            "reporter reporters",
            "several",
            "severe severely",
            "university universities",
        )
    )
    for form in (base, *forms)
}
"""Words that the stemmer takes for forms of another (import, author, custom…): form -> stem."""

_BRITISH = (("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("ises", "izes"))
_NOT_BRITISH = ("rise", "wise", "cise", "vise", "mise", "tise", "cruise", "raise", "praise", "noise", "poise")

_MEN = frozenset(
    word
    for line in (
        "alder anchor business camera chair clergy congress council country crafts dutch english fire fisher french",
        "front gun horse irish lay news noble patrol police repair sales sea service spokes sports states trades",
        "weather welsh work yachts",
    )
    for word in line.split()
)
"""What stands before -man and -men."""

_INFLECTED = (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))

_own = threading.local()


def regular(word: str) -> str:
    """The base form of an irregular word, the American spelling of a British one; any other word as it is."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and word[:-3] in _MEN:
        return word[:-2] + "an"
    for british, american in _BRITISH:
        if word.endswith(british) and len(word) > len(british) + 3:
            base = word[: len(word) - len(british)]
            return word if (base + "ise").endswith(_NOT_BRITISH) else base + american
    return word


@lru_cache(maxsize=16_384)
def is_word(word: str) -> bool:
    """Whether a folded word is one of the dictionary, no name, or a regular form of one."""
    return any(one in _dictionary() for one in (word, regular(word))) or any(
        word.endswith(ending) and len(word) > len(ending) + 2 and word[: -len(ending)] + base in _dictionary()
        for ending, base in _INFLECTED
    )


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(word for word in listed("english.txt") if word.islower())


def stem(word: str) -> str:
    """A folded English word's stem; names and other Latin words are treated alike."""
    if word in _APART:
        return _APART[word]
    word = regular(word)
    stemmer = getattr(_own, "stemmer", None)
    if stemmer is None:
        import snowballstemmer  # thirty languages come with it, 4 MB: for the first word, not for a start

        stemmer = _own.stemmer = snowballstemmer.stemmer("english")
    found: str = stemmer.stemWord(word)
    return found
