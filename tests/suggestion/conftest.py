"""What tests of suggestions share."""

import pytest

from archive.suggestion.learning.training import train
from tests.suggestion.learning.desk import desk_stories


@pytest.fixture(scope="session")
def model():
    """What the made-up desk teaches."""
    return train(desk_stories(120))
