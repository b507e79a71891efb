"""How the table in `docs/roles.md` is tried: what is sent, for which rows, and which of that each line stands for."""
