"""The admin's English."""
