"""Models within a question: some of their columns asked for, and made models of again."""

from typing import Any, Generic, TypeVar

from django.db.models import Model

from archive.databases import read_connection

Told = TypeVar("Told", bound=Model)


class Telling(Generic[Told]):
    """What a question tells of a model: these of its columns. To ask for another one later costs a query."""

    def __init__(self, model: type[Told], *columns: str) -> None:
        self.model = model
        # In the order that Django makes a model of them.
        self.columns = [each.attname for each in model._meta.concrete_fields if each.attname in columns]

    def at(self, path: str) -> list[str]:
        """The columns as a question names them; `path` leads from its rows to the model."""
        return [f"{path}{column}" for column in self.columns]

    def made(self, values: Any) -> Told:
        """The model that values in the order of `columns` are of."""
        return self.model.from_db(read_connection().alias, self.columns, values)
