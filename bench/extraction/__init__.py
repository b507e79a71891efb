"""Training and measuring the extraction of quotes on stories that people have annotated."""
