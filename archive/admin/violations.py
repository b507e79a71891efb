"""Rules that only the database can hold, in words for the person at the form."""

from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.db import IntegrityError

# By constraint: the field it is shown at ("" for the form as a whole), and what to say.
_SAID = {
    "one_article_of_a_slug_in_a_year": ("slug", "Another article of that year has this address."),
    "archive_topic_slug_key": ("slug", "Another topic has this address."),
    "archive_person_slug_key": ("slug", "Another person has this address."),
    "archive_source_slug_key": ("slug", "Another source has this address."),
    "one_topic_of_a_name": ("name", "Another topic has this name."),
    "archive_source_name_key": ("name", "Another source has this name."),
    "quote_words_in_body": ("body", "A quote would no longer stand in the body. Reload the page and edit again."),
}


@dataclass(frozen=True)
class Violation:
    """A broken rule: the field it concerns, or "" for all, and what to tell."""

    field: str
    message: str


def violation_of(error: IntegrityError) -> Violation:
    """What the database refused, from the constraint that it names: the sentence given here, or else the model's.

    Its own words where neither says anything.
    """
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return Violation("", str(error))
    if cause.diag.constraint_name in _SAID:
        return Violation(*_SAID[cause.diag.constraint_name])
    said = _sentence_of_model(cause.diag.constraint_name) or f"The archive refuses this: {cause.diag.message_primary}."
    return Violation("", said)


def _sentence_of_model(constraint_name: str | None) -> str:
    """What a model says of its constraint of this name; nothing where it leaves that to the framework."""
    for model in apps.get_app_config("archive").get_models():
        for constraint in model._meta.constraints:
            said = constraint.violation_error_message
            if constraint.name == constraint_name and said != constraint.default_violation_error_message:
                return str(said)
    return ""
