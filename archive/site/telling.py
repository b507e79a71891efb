"""Models within a question: some of their columns told as JSON, and made models of again."""

from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.functions import JSONObject

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

    def as_json(self, path: str = "", **more: Any) -> JSONObject:
        """The columns as one value, with expressions for what is to be told besides."""
        return JSONObject(**dict(zip(self.columns, self.at(path), strict=True)), **more)

    def made(self, values: Any) -> Told:
        """The model that values in the order of `columns` are of."""
        return self.model.from_db(read_connection().alias, self.columns, values)

    def read(self, told: dict[str, Any]) -> Told:
        """The model that `as_json` told of."""
        return self.made([told[column] for column in self.columns])
