"""The wheel is the whole product: templates, static files, catalogues and migrations travel in it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree and laid out as an installer would."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(out), str(ROOT)], check=True, cwd=out)
    (wheel,) = out.glob("ortoo-*.whl")
    site = out / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def ortoo(site: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command from the unpacked wheel, away from the checkout."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("ORTOO_", "PYTHON", "COV"))}
    environ |= {"PYTHONPATH": str(site), "ORTOO_DATABASE_URL": f"sqlite:///{cwd}/wheel.db"}
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments], cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )


def test_every_resource_is_in_the_wheel(unpacked: Path) -> None:
    for folder in ("templates", "static", "locale", "migrations"):
        here = {p.relative_to(ROOT / folder) for p in (ROOT / folder).rglob("*") if p.is_file()}
        there = unpacked / "app" / "_resources" / folder
        missing = [p for p in here if "__pycache__" not in p.parts and not (there / p).is_file()]
        assert here, f"{folder}/ is empty"
        assert not missing, f"the wheel lacks {missing}"


def test_the_wheel_works_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    migrated = ortoo(unpacked, tmp_path, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    checked = ortoo(unpacked, tmp_path, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
