"""The project: settings, root addresses, the application server's entry, the embedded database."""
