"""The models that were trained, newest last, as files that nothing depends on: without one, names alone suggest.

They lie where originals do, so that every machine that imports has what any of them learned.
"""

import logging
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files.base import File

from archive.models.original import originals_storage

if TYPE_CHECKING:
    from archive.suggestion.learning.model import TopicModel

FOLDER = "topic-models"
KEPT = 5

logger = logging.getLogger(__name__)

# What is wrong with models of another format, by name. A file stays of the format that it is of.
_refused: dict[str, str] = {}


class ModelError(Exception):
    """The file of a model cannot be kept, or not be used. The message says why."""


class OtherFormatError(ModelError):
    """Another version of the software kept it, and none of this one can use it."""


def keep_model(model: "TopicModel") -> str:
    """Save a model as the newest, named by the moment, and delete all but the newest five. Returns its name.

    Raises ModelError where it cannot be kept. An older one that cannot be deleted is so the next time; the log says it.
    """
    name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.npz"
    with tempfile.TemporaryFile() as file:
        model.save(file)
        file.seek(0)
        try:
            originals_storage().save(f"{FOLDER}/{name}", File(file))
        except OSError as error:
            raise ModelError(f"What was learned cannot be kept: {error.strerror or error}") from error
    try:
        for old in kept_models()[:-KEPT]:
            originals_storage().delete(f"{FOLDER}/{old}")
    except OSError as error:
        logger.warning("Older models are left among the originals: %s", error)
    return name


def kept_models() -> list[str]:
    """The names of the models, oldest first. Raises OSError where that cannot be known."""
    try:
        return sorted(name for name in originals_storage().listdir(FOLDER)[1] if name.endswith(".npz"))
    except FileNotFoundError:  # a directory that nothing was ever put into; a bucket has none to miss
        return []


def latest_model() -> "TopicModel | None":
    """The newest model that can be used, read once a process as is one of another format; None where there is none.

    The very newest may just be on its way here from another machine. Raises ModelError where none can be used, and
    OSError where it cannot be known whether there are any.
    """
    names, problem = kept_models(), None
    while names:
        try:
            return _read(names.pop())
        except ModelError as error:
            problem = problem or error
    if problem:
        raise problem
    return None


@lru_cache(maxsize=1)
def _read(name: str) -> "TopicModel":
    from archive.suggestion.learning.model import TopicModel  # with scientific libraries, only where there is a model

    if name in _refused:
        raise ModelError(_refused[name])
    try:
        with originals_storage().open(f"{FOLDER}/{name}") as file:
            return TopicModel.load(cast("BinaryIO", file.file), name)
    except OtherFormatError as error:
        _refused[name] = str(error)
        raise
    except OSError as error:
        raise ModelError(f"{name} cannot be read: {error}") from error
