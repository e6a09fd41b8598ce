"""When garbage is looked for."""

import gc

import pytest

from app.cli.garbage import uncollected


def test_not_while_a_command_is_imported_and_again_afterwards() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled(), "the outer one says when"
    assert gc.isenabled()


def test_again_after_a_command_that_cannot_be_imported() -> None:
    with pytest.raises(ImportError), uncollected():
        raise ImportError
    assert gc.isenabled()
