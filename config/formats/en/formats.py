"""Moments as the admin writes them everywhere: `2026-11-25 02:04 UTC`, so that they sort and nobody asks which zone."""

DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i e"
