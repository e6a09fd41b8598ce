"""The limits that an operator sets, and what the guide to ingest says of formats, columns and limits."""

from pathlib import Path

import pytest

from app.errors import SettingsError
from app.ingest.columns import COLUMNS
from app.ingest.formats import FORMATS
from app.ingest.limits import Limits
from app.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "ingest.md").read_text("utf-8")
NAMES = {
    "ORTOO_MAX_PAYLOAD_BYTES": "payload_bytes",
    "ORTOO_MAX_ENTRIES": "entries",
    "ORTOO_MAX_NESTING": "nesting",
    "ORTOO_PARSE_SECONDS": "seconds",
    "ORTOO_PARSE_MEGABYTES": "megabytes",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_limit_is_what_its_setting_says(name: str) -> None:
    settings = Settings.load({name: "33"}, None)
    assert getattr(Limits.of(settings), NAMES[name]) == 33


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["0", "-1", "99999999999999", "many"])
def test_a_setting_out_of_range_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.load({name: value}, None)


def test_limits_that_nobody_set_are_the_settings_own() -> None:
    assert Limits.of(Settings()) == Limits()


def test_the_guide_names_every_format_and_column() -> None:
    missing = [form.name for form in FORMATS if f"| `{form.name}` |" not in GUIDE]
    assert missing == []
    for name, names in COLUMNS.items():
        row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{name}` |"))
        assert [other for other in names[1:] if other not in row] == []


def test_the_guide_says_where_each_format_is_read() -> None:
    for form in FORMATS:
        row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{form.name}` |"))
        assert row.endswith("| here |" if form.endless else "| child process |"), form.name


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_knows_the_defaults(name: str) -> None:
    assert f"| `{name}` | {int(getattr(Limits(), NAMES[name])):,} |" in GUIDE
