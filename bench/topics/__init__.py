"""How a large vocabulary fares: ten thousand topics with thirty thousand names, one of them with a great many items."""
