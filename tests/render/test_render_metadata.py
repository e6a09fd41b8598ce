"""Structured data inside a script element."""

import json

import pytest

from app.render.metadata import embedded


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", "&lt; & &amp;", '"\\', "Өртөө"]
)
def test_no_text_can_leave_the_script_element(text: str) -> None:
    markup = str(embedded({"name": text}))
    assert json.loads(markup) == {"name": text}
    assert not set(markup) & set("<>&\u2028\u2029")


def test_letters_stay_letters() -> None:
    assert str(embedded({"name": "Өртөө"})) == '{"name":"Өртөө"}'
