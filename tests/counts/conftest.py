"""A real Valkey, for the counts."""

from collections.abc import Iterator

import pytest

from tests.valkey import Valkey


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """One that always runs; a test that harms it starts its own."""
    with Valkey() as server:
        yield server
