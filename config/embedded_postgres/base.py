"""The engine: Django's own PostgreSQL backend, which starts the embedded server before it connects."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from config.embedded_postgres.client import DatabaseClient
from config.embedded_postgres.server import EmbeddedServer


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the server whose files lie in the directory that ``OPTIONS["data_dir"]`` names."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Start the server where it does not run yet, and say how to reach it."""
        parameters = super().get_connection_params()
        server = EmbeddedServer.at(Path(parameters.pop("data_dir")))
        server.ensure_running()
        # the shell reads these from the settings
        self.settings_dict.update(HOST=str(server.socket_dir), USER=server.user)
        parameters.update(host=str(server.socket_dir), user=server.user)
        return parameters
