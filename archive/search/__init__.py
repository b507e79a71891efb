"""Search: what a reader asks, which articles match, and their words in context. The same for pages and programs."""
