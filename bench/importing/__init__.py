"""How fast stories come in: invented stories of any number, and the time and memory that bringing them in takes."""
