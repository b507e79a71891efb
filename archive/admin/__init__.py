"""The editors' side: the stock Django admin, one file a model, and the review desk."""
