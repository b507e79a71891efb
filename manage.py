#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    """Run the command named on the command line.

    Where the settings, the database or the rights do not allow it, the process ends with a sentence that says so;
    `--traceback` tells all.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError
    from psycopg.errors import InsufficientPrivilege

    from config.embedded_postgres import EmbeddedServerError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EmbeddedServerError, OperationalError, ProgrammingError, PermissionError) as error:
        other = isinstance(error, ProgrammingError) and not isinstance(error.__cause__, InsufficientPrivilege)
        if other or "--traceback" in sys.argv:
            raise
        sys.exit(str(error).strip())


if __name__ == "__main__":
    main()
