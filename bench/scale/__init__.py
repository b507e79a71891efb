"""How the site fares as the archive grows: an invented archive of any size, and the time that each page takes on it."""
