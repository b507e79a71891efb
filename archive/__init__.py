"""The archive of record: one app, a package for each stage of the flow."""
