"""Rows for tests, made where they are needed. Every one passes the model's own validation."""

from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory

from archive.models import (
    Article,
    Batch,
    Failure,
    Job,
    Person,
    Quote,
    Source,
    Status,
    Suggestion,
    SuggestionKind,
    Tagging,
    Topic,
    TopicBroader,
    Visibility,
)
from archive.models.quote import words_at


class ValidatedFactory(DjangoModelFactory):
    """Makes a row the way a form would: no row that `full_clean` refuses."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        row = model_class(*args, **kwargs)
        row.full_clean()
        row.save()
        return row


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"colleague{n}")
    is_staff = True


class SourceFactory(ValidatedFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"The Orbital Ledger {n}")
    visibility = Visibility.FULL
    rights = "Free to read and to quote with a link."


class PersonFactory(ValidatedFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Ines Halvorsen {n}")


class TopicFactory(ValidatedFactory):
    class Meta:
        model = Topic
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Topic {n}")
    scope_note = "What belongs here."

    @factory.post_generation
    def under(self, create: bool, broader: Any, **kwargs: Any) -> None:
        """`TopicFactory(under=planets)` puts the topic under another."""
        if broader:
            TopicBroader.objects.create(narrower=self, broader=broader)


class ArticleFactory(ValidatedFactory):
    """A draft. `ArticleFactory(published=True)` is one that readers see."""

    class Meta:
        model = Article

    class Params:
        published = factory.Trait(status=Status.PUBLISHED, released_at=factory.LazyFunction(timezone.now))
        withdrawn = factory.Trait(
            status=Status.WITHDRAWN,
            released_at=factory.LazyFunction(timezone.now),
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawal_reason="The agency took the figures back.",
        )

    headline = factory.Sequence(lambda n: f"Agency weighs a launch window, part {n}")
    dateline = "VIENNA"
    byline = "Ada Brandvold"
    body = "“We will go when we are ready,” she said.\n\nThe talks go on in spring."
    source = factory.SubFactory(SourceFactory)
    published_at = factory.Sequence(lambda n: datetime(2017, 1, 1 + n % 28, n % 24, tzinfo=UTC))


class QuoteFactory(ValidatedFactory):
    """A quote of its article's body: by default the words between the first pair of curly marks."""

    class Meta:
        model = Quote

    article = factory.SubFactory(ArticleFactory)
    speaker = factory.SubFactory(PersonFactory)
    speaker_mention = "she"
    spans = factory.LazyAttribute(lambda o: [[o.article.body.index("“") + 1, o.article.body.index("”")]])
    words = factory.LazyAttribute(lambda o: words_at(o.article.body, o.spans))


class TaggingFactory(DjangoModelFactory):
    class Meta:
        model = Tagging

    topic = factory.SubFactory(TopicFactory)


class SuggestionFactory(ValidatedFactory):
    class Meta:
        model = Suggestion

    kind = SuggestionKind.TOPIC
    article = factory.SubFactory(ArticleFactory)
    topic = factory.SubFactory(TopicFactory)
    key = factory.LazyAttribute(lambda o: f"topic {o.topic.pk}")
    confidence = 0.8
    made_by = "tests"


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = Batch

    origin = factory.Sequence(lambda number: f"inbox/{number}")
    ended_at = factory.LazyFunction(timezone.now)


class FailureFactory(DjangoModelFactory):
    class Meta:
        model = Failure

    batch = factory.SubFactory(BatchFactory)
    origin = factory.Sequence(lambda number: f"inbox/{number}.md")
    filename = factory.Sequence(lambda number: f"{number}.md")
    reason = "has front matter that is not YAML in line 2"
    content = b"---\na: [\n---\nSenate backs station\n\nThe Senate voted.\n\nThe House follows."


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "tests.test_jobs.mark_sources"
    title = factory.Sequence(lambda number: f"Mark the sources, part {number}")
