"""The audit of what the program is built on says what it did not see."""

import importlib.util
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[2] / ".ci" / "audit.py"


def verdict(*packages: dict[str, Any], required: bool = False, trouble: str = "") -> tuple[str, int]:
    spec = importlib.util.spec_from_file_location("audit", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines, code = module.verdict({"dependencies": list(packages)}, required=required, trouble=trouble)
    return "\n".join(lines), code


SOUND = {"name": "babel", "version": "2.1", "vulns": []}
FAULTY = {"name": "lxml", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "jinja2", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def test_what_is_sound_is_counted() -> None:
    assert verdict(SOUND) == ("Looked at 1 packages: 0 known faults.", 0)


def test_a_known_fault_fails_and_says_what_mends_it() -> None:
    told, code = verdict(SOUND, FAULTY)
    assert "lxml 1.0: PYSEC-1, mended in 1.1" in told
    assert code == 1


def test_nothing_passes_in_silence_that_was_not_looked_at() -> None:
    for told, code in (verdict(UNKNOWN), verdict(trouble="no network")):
        assert "NOT AUDITED: ANYTHING" in told
        assert code == 0
    told, code = verdict(SOUND, UNKNOWN)
    assert "NOT AUDITED: 1 packages (jinja2" in told
    assert code == 0


def test_where_an_audit_is_required_its_absence_fails() -> None:
    assert verdict(UNKNOWN, required=True)[1] == 1
    assert verdict(required=True, trouble="no network")[1] == 1
    assert verdict(SOUND, required=True)[1] == 0
