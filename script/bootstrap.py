"""What each script does first: make `.venv` with Python 3.11, and install in it what the lock files name.

Standard library only, and nothing newer than Python 3.8 understands: whatever Python the machine calls `python3`
must get far enough to say what is missing.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed-locks"  # a line for each lock file that is installed: its SHA-256


def enter(*locks):
    """Go on in `.venv`, with the packages of the lock files named: returns there, in a process started anew if need be.

    Installs only what has changed since the last time. Ends the process with a message where that cannot be done.
    """
    with _one_at_a_time():
        if not _is_python_311(PYTHON) or not STAMP.exists():
            _make_environment()
        _install([ROOT / name for name in locks])
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(str(PYTHON), [str(PYTHON), str(Path(sys.argv[0]).resolve()), *sys.argv[1:]])  # noqa: S606
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))


def require_ours(*paths):
    """End with a clear message where this account may not write one of the paths that exist."""
    for path in paths:
        if path.exists() and not os.access(path, os.W_OK):
            try:
                owner = pwd.getpwuid(path.stat().st_uid).pw_name
            except KeyError:
                owner = f"user {path.stat().st_uid}"
            sys.exit(f"{path} belongs to {owner}. Work as {owner}, or in a clone of your own.")


@contextlib.contextmanager
def _one_at_a_time():
    directory = os.open(str(ROOT), os.O_RDONLY)  # the directory itself is the lock: nothing to make, nothing to leave
    try:
        try:
            fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another script that is installing", flush=True)
            fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)


def _is_python_311(python):
    try:
        said = subprocess.run(
            [str(python), "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
        ).stdout  # fmt: skip
    except OSError:
        return False
    return said.split() == [b"3", b"11"]


def _find_python():
    named = os.environ.get("PYTHON")
    for python in [named] if named else [sys.executable, shutil.which("python3.11"), "/usr/bin/python3.11"]:
        if python and _is_python_311(python):
            return python
    sys.exit(
        f"Python 3.11 is needed: {named or sys.executable} is another, and "
        + ("PYTHON names it." if named else "there is no python3.11 on the PATH.")
        + f"\nInstall it (Debian: apt install python3.11 python3.11-venv), or say PYTHON=/its/path {sys.argv[0]}"
    )


def _make_environment():
    require_ours(ROOT, ENVIRONMENT)
    python = _find_python()
    spoilt = ENVIRONMENT.exists() and not _is_python_311(PYTHON)
    print(f"{'Making .venv anew' if spoilt else 'Making .venv'} with {python}", flush=True)
    made = subprocess.run([python, "-m", "venv", *(["--clear"] if spoilt else []), str(ENVIRONMENT)], check=False)
    if made.returncode:
        sys.exit(f"{python} could not make {ENVIRONMENT}; the lines above say why.")


def _install(locks):
    digests = {lock: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    installed = STAMP.read_text().split() if STAMP.exists() else []
    if set(digests.values()) <= set(installed):
        return
    require_ours(ENVIRONMENT)
    print(f"Installing {' and '.join(lock.name for lock in locks)}", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    files = [argument for lock in locks for argument in ("-r", str(lock))]
    if subprocess.run([*pip, *files], stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit("The packages could not be installed; the lines above say why. Run this again once that is mended.")
    # The other lock file stays noted where it is up to date: it allows for this one's versions.
    current = {hashlib.sha256(lock.read_bytes()).hexdigest() for lock in ROOT.glob("requirements*.txt")}
    STAMP.write_text("\n".join(sorted(set(digests.values()) | (set(installed) & current))) + "\n")
