"""All forms of the common nouns of headlines have one stem, and no other word has it."""

from collections import defaultdict

from app.lexicon.stems import stem
from tests.lexicon.declension import Noun, forms, nouns

RECALL = 0.97
PRECISION = 0.95


def test_the_generator_knows_declension() -> None:
    """Against forms as grammars print them, hidden consonants and vowels that come and go among them."""
    made = {noun.lemma: forms(noun) for noun in nouns()}
    printed = {
        "хэрэг": "хэргийн хэргийг хэрэгт хэргээс хэргээр хэрэгтэй",
        "мод": "модны модыг модонд модноос модоор модтой",
        "хүн": "хүний хүнийг хүнд хүнээс хүнээр хүнтэй",
        "байшин": "байшингийн байшинг байшинд байшингаас байшингаар байшинтай",
        "морь": "морины морийг моринд мориноос мориор морьтой",
        "хууль": "хуулийн хуулийг хуульд хуулиас хуулиар хуультай",
        "үнэ": "үнийн үнийг үнэд үнээс үнээр үнэтэй",
        "далай": "далайн далайг далайд далайгаас далайгаар далайтай",
        "хороо": "хорооны хороог хороонд хорооноос хороогоор хороотой",
        "цаг": "цагийн цагийг цагт цагаас цагаар цагтай",
        "хот": "хотын хотыг хотод хотоос хотоор хоттой",
        "компани": "компанийн компанийг компанид компаниас компаниар компанитай",
    }
    cases = ("genitive", "accusative", "dative", "ablative", "instrumental", "comitative")
    for lemma, expected in printed.items():
        assert [made[lemma][case] for case in cases] == expected.split(), lemma


def test_recall() -> None:
    asked = [(noun, name, form) for noun in nouns() for name, form in forms(noun).items()]
    missed = [(noun.lemma, name, form) for noun, name, form in asked if stem(form) != stem(noun.lemma)]
    assert len(asked) > 5_000
    assert 1 - len(missed) / len(asked) >= RECALL, missed


def test_precision() -> None:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for noun in nouns():
        for form in (noun.lemma, *forms(noun).values()):
            found[stem(form)].add((noun.lemma, form))
    right = sum(lemma == noun.lemma for noun in nouns() for lemma, _ in found[stem(noun.lemma)])
    assert right / sum(len(found[stem(noun.lemma)]) for noun in nouns()) >= PRECISION


def test_no_two_common_nouns_have_one_stem() -> None:
    assert len({stem(noun.lemma) for noun in nouns()}) == len(nouns()) >= 200


def test_names_and_loan_words_of_no_list() -> None:
    """The forms of words that nobody listed meet as well."""
    for noun in (
        Noun("Сангажав".lower(), "сангажав"),
        Noun("гранат", "гранат"),
        Noun("экскаватор", "экскаватор"),
        Noun("компрессор", "компрессор"),
        Noun("бульдозер", "бульдозер"),
        Noun("телескоп", "телескоп"),
    ):
        made = forms(noun)
        stems = {stem(made[name]) for name in ("genitive", "accusative", "ablative", "instrumental", "comitative")}
        assert stems == {stem(noun.lemma)}, noun.lemma
