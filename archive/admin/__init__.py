"""The editors' side: the stock Django admin, one file a model, and the review desk.

`records.py` holds what all lists and forms share; `desk.py` the site object and its front page; `registered.py` names
every file that registers a model.
"""
