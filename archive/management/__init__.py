"""The archive from the command line."""
