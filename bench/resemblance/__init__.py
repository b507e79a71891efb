"""How well near copies are found: stories edited by chance and looked for among all of a folder."""
