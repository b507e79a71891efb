"""The embedded server under everything that happens to a server on somebody's own machine.

Each test has a cluster of its own; what uses it are processes of their own, as in life.
"""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import EmbeddedServerError
from config.embedded_postgres.remains import processes_in
from config.embedded_postgres.server import EmbeddedServer

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parent.parent.parent
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
SOMEBODY = 54321  # an account that needs no entry anywhere
CLIENT = """
import sys
from pathlib import Path
import psycopg
from config.embedded_postgres.server import EmbeddedServer
server = EmbeddedServer.at(Path(sys.argv[1]))
server.ensure_running()
with psycopg.connect(host=str(server.socket_dir), user=server.user, dbname=server.database) as connection:
    print(connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0], flush=True)
sys.stdin.read()
"""


class Client:
    """A process that uses the server until it is told to leave."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def server_started_at(self) -> str:
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="session")
def new_cluster():
    """A cluster as it is after its first use; made once, for it takes a second."""
    with tempfile.TemporaryDirectory(prefix="archive-") as place:
        data_dir = Path(place) / "postgres"
        client = Client(data_dir)
        assert client.server_started_at()
        client.leave()
        with (data_dir / "postgresql.conf").open("a") as conf:
            conf.write("fsync = off\n")
        yield data_dir


@pytest.fixture
def data_dir(new_cluster, tmp_path):
    """The cluster, lent to one test in a place of the test's own; whatever still runs in it afterwards is ended."""
    data_dir = tmp_path / "postgres"
    new_cluster.rename(data_dir)
    yield data_dir
    data_dir = next(tmp_path.rglob("postgresql.conf")).parent
    while left := processes_in(data_dir):
        for process in left:
            os.kill(process, signal.SIGKILL)
    data_dir.rename(new_cluster)


def move(cluster: Path, place: Path) -> Path:
    place.parent.mkdir(parents=True)
    return cluster.rename(place)


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postmaster.pid").read_text().split()[0])


def test_the_last_to_leave_stops_the_server(data_dir):
    first, second = Client(data_dir), Client(data_dir)
    assert first.server_started_at() == second.server_started_at() != ""
    first.leave()
    assert processes_in(data_dir) != set()
    second.leave()
    assert processes_in(data_dir) == set()


def test_of_several_that_start_at_once_one_makes_the_cluster(tmp_path):
    clients = [Client(tmp_path / "postgres") for _ in range(3)]
    started = [client.server_started_at() for client in clients]
    for client in clients:
        client.leave()
    assert started == [started[0]] * 3
    assert started[0] != ""
    assert processes_in(tmp_path / "postgres") == set()


def test_a_cluster_half_made_is_made_anew(tmp_path):
    unfinished = tmp_path / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    client = Client(tmp_path / "postgres")
    assert client.server_started_at()
    client.leave()
    assert not unfinished.exists()


def test_a_killed_server_is_started_again(data_dir):
    first = Client(data_dir)
    before = first.server_started_at()
    os.kill(postmaster(data_dir), signal.SIGKILL)
    second = Client(data_dir)
    assert second.server_started_at() > before
    first.leave()
    second.leave()
    assert processes_in(data_dir) == set()


def test_a_query_that_outlives_a_killed_server_does_not_hinder_the_next(data_dir):
    client = Client(data_dir)
    before = client.server_started_at()
    server = EmbeddedServer(data_dir)
    busy = psycopg.connect(host=str(server.socket_dir), user=server.user, dbname="postgres", autocommit=True)
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000)")
    backend = busy.info.backend_pid
    os.kill(postmaster(data_dir), signal.SIGKILL)
    assert backend in processes_in(data_dir)
    second = Client(data_dir)
    assert second.server_started_at() > before
    assert backend not in processes_in(data_dir)
    client.leave()
    second.leave()


def test_a_killed_client_leaves_a_server_that_the_next_one_uses_and_stops(data_dir):
    first = Client(data_dir)
    started = first.server_started_at()
    first.kill()
    second = Client(data_dir)
    assert second.server_started_at() == started
    second.leave()
    assert processes_in(data_dir) == set()


def test_a_pid_file_that_names_another_program_is_forgotten(data_dir):
    (data_dir / "postmaster.pid").write_text(f"{os.getpid()}\n{data_dir}\n{int(time.time())}\n5432\n{data_dir}\n\n")
    client = Client(data_dir)
    assert client.server_started_at()
    client.leave()


def test_a_server_that_lost_its_socket_is_started_again(data_dir):
    first = Client(data_dir)
    before = first.server_started_at()
    (data_dir / ".s.PGSQL.5432").unlink()
    second = Client(data_dir)
    assert second.server_started_at() > before
    first.leave()
    second.leave()


@pytest.mark.parametrize(
    "name", ["with spaces", "with, a comma", "with 'quotes\"", "weltraum-über-alles", "$HOME `id`"]
)
def test_a_path_may_hold_anything(data_dir, tmp_path, name):
    client = Client(move(data_dir, tmp_path / name / "postgres"))
    assert client.server_started_at()
    client.leave()


def test_a_path_too_long_for_a_socket_gets_it_elsewhere(data_dir, tmp_path):
    far = move(data_dir, tmp_path / ("a" * 100) / "postgres")
    socket_dir = EmbeddedServer(far).socket_dir
    assert socket_dir.parent == Path(tempfile.gettempdir())
    client = Client(far)
    assert client.server_started_at()
    assert socket_dir.exists()
    client.leave()
    assert not socket_dir.exists()
    assert processes_in(far) == set()


@AS_ROOT
def test_a_place_for_the_socket_that_somebody_else_made_is_refused(data_dir, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    server = EmbeddedServer(move(data_dir, tmp_path / ("a" * 100) / "postgres"))
    (tmp_path / "theirs").mkdir()
    server.socket_dir.symlink_to(tmp_path / "theirs")
    os.lchown(server.socket_dir, SOMEBODY, SOMEBODY)
    with pytest.raises(EmbeddedServerError, match=f"{server.socket_dir.name} belongs to user {SOMEBODY}"):
        server.ensure_running()
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_cluster_of_another_postgresql_is_refused_by_name(data_dir):
    (data_dir / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedServerError, match="was made by PostgreSQL 17, and this is 18"):
        EmbeddedServer(data_dir).ensure_running()
    (data_dir / "PG_VERSION").write_text("18\n")


def test_a_server_that_cannot_start_says_why(data_dir):
    settings = data_dir / "postgresql.auto.conf"
    settings.write_text("shared_buffers = 'a lot'\n")
    with pytest.raises(EmbeddedServerError, match='invalid value for parameter "shared_buffers": "a lot"'):
        EmbeddedServer(data_dir).ensure_running()
    settings.write_text("")


@AS_ROOT
@pytest.mark.parametrize("theirs", ["postgres", "postgres.locks"])
def test_the_files_of_another_account_are_refused_by_name(data_dir, tmp_path, theirs):
    (tmp_path / "postgres.locks").mkdir()
    before = data_dir.stat()
    os.chown(tmp_path / theirs, SOMEBODY, SOMEBODY)
    with pytest.raises(EmbeddedServerError, match=f"{theirs} belongs to user {SOMEBODY}: work as user {SOMEBODY}"):
        EmbeddedServer(data_dir).ensure_running()
    os.chown(data_dir, before.st_uid, before.st_gid)


@AS_ROOT
def test_a_private_directory_above_stays_closed_to_everybody_else(data_dir, tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    data_dir = data_dir.rename(private / "postgres")
    client = Client(data_dir)
    assert client.server_started_at()
    client.leave()
    assert stat.S_IMODE(private.stat().st_mode) & 0o707 == 0o700
    assert can_list(private, SOMEBODY) == (False, False)
    account = EmbeddedServer(data_dir).account
    assert can_list(private, account.uid) == (False, True)


def can_list(directory: Path, uid: int) -> tuple[bool, bool]:
    """Whether an account may read a directory, and pass through it."""
    answers = [
        subprocess.run(["test", right, directory], user=uid, group=uid, extra_groups=[], check=False).returncode == 0
        for right in ("-r", "-x")
    ]
    return answers[0], answers[1]


@AS_ROOT
def test_for_root_the_server_runs_as_an_account_without_any_group_of_roots(data_dir):
    client = Client(data_dir)
    assert client.server_started_at()
    status = Path(f"/proc/{postmaster(data_dir)}/status").read_text()
    client.leave()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    account = EmbeddedServer(data_dir).account
    assert fields["Uid"].split() == [str(account.uid)] * 4
    assert fields["Gid"].split() == [str(account.gid)] * 4
    assert fields["Groups"].split() == []


def test_the_shell_of_the_command_line_opens_on_it(data_dir):
    asked = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "dbshell",
            "--",
            "--tuples-only",
            "--no-align",
            "-c",
            "SELECT current_database()",
        ],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(data_dir.parent), "DATABASE_URL": "", "SECRET_KEY": "of a test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout == "archive\n"
