"""Ingest: files, rows and pages in; drafts with proposals out. Nothing else in the archive knows about formats.

`arrivals` finds the files, `readers` make Documents of them (one small module a format), `drafting` makes Articles of
the Documents, and `pipeline` carries each batch through with its originals, filings and proposals.
"""
