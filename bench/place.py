"""A place of its own to measure in, so that no figure and no row touches the archive that is served from here."""

import os
from pathlib import Path


def settle_in(folder: Path) -> None:
    """Set Django up with all that it keeps in this folder, the embedded database included."""
    os.environ.update(
        VAR_DIR=str(folder), DATABASE_URL="", SITE_URL="http://localhost", DJANGO_SETTINGS_MODULE="config.settings"
    )
    import django

    django.setup()
