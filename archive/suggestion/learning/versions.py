"""The models that were trained, newest last, as files that nothing depends on: without one, names alone suggest."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from archive.suggestion.learning.model import TopicModel

KEPT = 5


def folder() -> Path:
    """Where the models lie."""
    return Path(settings.VAR_DIR) / "topic-models"


def keep_model(model: TopicModel) -> Path:
    """Save a model as the newest, named by the moment, and delete all but the newest five. Returns its file."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.npz"
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        model.save(file)
    unfinished.replace(path)  # whoever looks for the newest finds a whole one
    for old in _versions()[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def latest_model() -> TopicModel | None:
    """The newest model, read once a process; None where there is none. Raises ModelError where it cannot be used."""
    versions = _versions()
    return _read(versions[-1]) if versions else None


def _versions() -> list[Path]:
    return sorted(folder().glob("*.npz"))


@lru_cache(maxsize=1)
def _read(path: Path) -> TopicModel:
    return TopicModel.load(path)
