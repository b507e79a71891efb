"""Measurements: of the extraction of quotes (`extraction/`), and of the site as the archive grows (`scale/`)."""
