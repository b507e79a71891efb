"""`manage.py dbshell` with the psql of the wheel: the machine may have none."""

from collections.abc import Iterable

from django.db.backends.postgresql import client

from config.embedded_postgres.programs import BIN_DIR


class DatabaseClient(client.DatabaseClient):
    """Starts the server before the shell; the connection's settings then name its socket."""

    executable_name = str(BIN_DIR / "psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        """Open the shell and stay in it."""
        self.connection.ensure_connection()
        super().runshell(parameters)
