"""What counts for identity is found in runs; it is what `str.isalnum` says character by character."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.dedupe import fingerprint


def test_a_run_holds_what_is_alphanumeric_for_every_character() -> None:
    found = [c for c in map(chr, range(0x110000)) if bool(fingerprint._ALPHANUMERIC.fullmatch(c)) != c.isalnum()]
    assert found == []


@given(st.text(max_size=30))
def test_identity_fold_is_what_it_says(title: str) -> None:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    assert fingerprint.identity_fold(title) == ("".join(filter(str.isalnum, folded)) or title)


@given(st.lists(st.text(st.sampled_from("a\0b"), max_size=4), min_size=2, max_size=3))
def test_parts_of_a_key_never_run_together(parts: list[str]) -> None:
    bare = [part.replace("\0", "") for part in parts]
    assert fingerprint._key(*parts) == fingerprint._key(*bare)
