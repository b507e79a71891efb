"""Originals in an object store that speaks S3, where ORIGINALS_STORAGE names a bucket of one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import ImproperlyConfigured
from storages.backends.s3 import S3Storage

# Names of buckets as boto takes them; a query or a fragment has no meaning here.
_ADDRESS = re.compile(r"s3://(?P<bucket>[A-Za-z0-9._-]{1,255})(?P<prefix>(?:/[^?#]*)?)")
IN_MEMORY = 10 * 1024 * 1024  # bytes of one object; a longer one is read by way of a temporary file


@contextmanager
def _as_of_a_directory() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise OSError(f"object store: {error}") from error


class ObjectStore(S3Storage):
    """A bucket whose failures are OSErrors, as those of a directory are."""

    @_as_of_a_directory()
    def _open(self, name: str, mode: str = "rb") -> Any:
        file = super()._open(name, mode)
        file.open()  # which fetches it, or fails here
        return file

    _save = _as_of_a_directory()(S3Storage._save)  # noqa: SLF001 - what Django asks a storage to have
    exists = _as_of_a_directory()(S3Storage.exists)
    delete = _as_of_a_directory()(S3Storage.delete)
    size = _as_of_a_directory()(S3Storage.size)
    get_modified_time = _as_of_a_directory()(S3Storage.get_modified_time)
    listdir = _as_of_a_directory()(S3Storage.listdir)


def options_of(address: str) -> dict[str, Any]:
    """The storage's options for `s3://bucket/prefix`. All else is read by boto from the variables that AWS names.

    Raises ImproperlyConfigured where that is no such address; what it is, is not told, for it may hold a key.
    """
    place = _ADDRESS.fullmatch(address)
    if place is None or {".", ".."} & {*place["prefix"].split("/")}:
        raise ImproperlyConfigured("ORIGINALS_STORAGE must be an address such as s3://bucket/prefix, and hold no keys")
    return {
        "bucket_name": place["bucket"],
        "location": place["prefix"].strip("/"),
        "default_acl": None,
        "file_overwrite": True,  # what has the name of an original has its checksum
        "max_memory_size": IN_MEMORY,
        # Checksums beyond what S3 asks for are refused by many stores that speak it otherwise.
        "client_config": Config(
            connect_timeout=5,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
