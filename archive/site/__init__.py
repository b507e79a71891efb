"""The readers' side: pages and feeds. It never writes."""
