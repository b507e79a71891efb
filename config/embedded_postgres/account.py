"""Who the server runs as where root starts it, for PostgreSQL refuses to run as root: the system user `pgserver`."""

import errno
import logging
import os
import pwd
import shutil
import stat
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from config.embedded_postgres import EmbeddedServerError

NAME = "pgserver"

# Access control lists as Linux stores them (acl(5), linux/posix_acl_xattr.h): a version, then sorted entries of tag,
# permissions and account.
ACL = "system.posix_acl_access"
VERSION = struct.Struct("<I")
ENTRY = struct.Struct("<HHI")
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY = 0xFFFFFFFF  # in the account's place, where the tag alone says whom an entry is for
SEARCH = 0x1  # the right to pass through a directory to what is named in it

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServerAccount:
    """The system user, and the rights that it is given: never more than to pass through to its own files."""

    uid: int
    gid: int

    @classmethod
    def needed(cls) -> Self | None:
        """The account to run as, made where the machine has none yet; None for anybody but root.

        Raises:
            EmbeddedServerError: where it cannot be made.

        """
        if os.geteuid() != 0:
            return None
        try:
            entry = pwd.getpwnam(NAME)
        except KeyError:
            entry = _make()
        return cls(entry.pw_uid, entry.pw_gid)

    def run_as(self) -> dict[str, Any]:
        """What `subprocess` needs to run as this account, without any group of root's."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, directory: Path) -> None:
        """Make the directory this account's alone."""
        os.chown(directory, self.uid, self.gid)
        directory.chmod(0o700)

    def let_through_to(self, place: Path) -> None:
        """Let this account, and nobody else, pass through the directories above a place.

        Where the file system keeps no access control lists, everybody is let through; the log says so.
        """
        for directory in place.parents:
            if self._may_pass(directory):
                continue
            try:
                self._grant(directory)
            except (OSError, AttributeError) as error:  # not every system has os.setxattr
                logger.warning("%s is opened for passing through to everybody: %s", directory, error)
                directory.chmod(directory.stat().st_mode | stat.S_IXOTH)

    def _may_pass(self, directory: Path) -> bool:
        found = directory.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_mode & stat.S_IXOTH:
            return True
        entries = _entries_of(directory)
        return bool(entries.get((USER, self.uid), 0) & entries.get((MASK, NOBODY), 0) & SEARCH)

    def _grant(self, directory: Path) -> None:
        mode = directory.stat().st_mode
        entries = _entries_of(directory) or {
            (OWNER, NOBODY): mode >> 6 & 7,
            (GROUP, NOBODY): mode >> 3 & 7,
            (OTHERS, NOBODY): mode & 7,
        }
        entries[USER, self.uid] = entries.get((USER, self.uid), 0) | SEARCH
        entries[MASK, NOBODY] = entries.get((MASK, NOBODY), entries[GROUP, NOBODY]) | SEARCH
        packed = b"".join(ENTRY.pack(tag, rights, whom) for (tag, whom), rights in sorted(entries.items()))
        os.setxattr(directory, ACL, VERSION.pack(2) + packed)


def _entries_of(directory: Path) -> dict[tuple[int, int], int]:
    """Rights by tag and account; empty where the directory has no list."""
    try:
        packed = os.getxattr(directory, ACL)
    except AttributeError:
        return {}
    except OSError as error:
        if error.errno in {errno.ENODATA, errno.ENOTSUP}:
            return {}
        raise
    return {(tag, whom): rights for tag, rights, whom in ENTRY.iter_unpack(packed[VERSION.size :])}


def _make() -> pwd.struct_passwd:
    try:
        nologin = shutil.which("nologin") or "/bin/false"
        subprocess.run(  # noqa: S603 - nothing in it comes from outside
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", nologin, NAME],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or error
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root, and the system user {NAME!r} to run it as cannot be made: {said}"
        ) from error
    return pwd.getpwnam(NAME)
