"""What several tests of the write hall start from."""

from pathlib import Path

import pytest

from app.store import Store
from tests.pipeline.soundness_case import filled


@pytest.fixture
def whole(store: Store, tmp_path: Path) -> Store:
    """A store with everything in it that is derived, on each kind of database."""
    return filled(store, tmp_path)
