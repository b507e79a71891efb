"""How well search finds what is looked for."""
