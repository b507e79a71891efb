"""The rows on which rights are tried, each as it has to stand for the deed."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from archive.admin.importing import token_of
from archive.editing.filing import file_under
from archive.editing.vocabulary import rename_topic
from archive.ingest.uploads import keep_upload
from archive.models import (
    Article,
    Note,
    Original,
    Quote,
    Resemblance,
    Status,
)
from tests.factories import (
    ArticleFactory,
    BatchFactory,
    FailureFactory,
    QuoteFactory,
    SuggestionFactory,
    TopicFactory,
    UserFactory,
)


def draft() -> Article:
    return ArticleFactory()


def in_review() -> Article:
    return ArticleFactory(status=Status.IN_REVIEW)


def published() -> Article:
    return ArticleFactory(published=True)


def withdrawn() -> Article:
    return ArticleFactory(withdrawn=True)


def filed(article: Callable[[], Article]) -> Callable[[], Article]:
    def make() -> Article:
        row = article()
        file_under(TopicFactory(), articles=[row], by=None)
        return row

    return make


def its_topic(row: Any) -> int:
    return int(row.taggings.get().topic_id)


def new_topic(_: Any) -> int:
    return int(TopicFactory().pk)


def quote_of(article: Callable[[], Article]) -> Callable[[], Quote]:
    return lambda: QuoteFactory(article=article())


def filed_quote() -> Quote:
    quote = QuoteFactory()
    file_under(TopicFactory(), quotes=[quote], by=None)
    return quote


def copy_of(article: Callable[[], Article]) -> Callable[[], Resemblance]:
    return lambda: Resemblance.objects.create(article=article(), other=ArticleFactory(), likeness=0.9)


def with_proposal() -> Article:
    return Article.objects.get(pk=SuggestionFactory().article_id)


def with_quote() -> Article:
    return Article.objects.get(pk=QuoteFactory().article_id)


def merged_topic_change() -> Any:
    return rename_topic(TopicFactory(), "Planet Venus", by=None)


def topic_of_a_story() -> Any:
    topic = TopicFactory()
    file_under(topic, articles=[ArticleFactory(headline="A probe enters the clouds")], by=None)
    return topic


def original() -> Original:
    row = Original(sha256=uuid4().hex * 2, size=9, media_type="text/html", filename="page.html", origin="desk")
    row.content.save("page.html", ContentFile(b"<script>x"))
    return row


def failure() -> Any:
    return FailureFactory(content=b"Senate backs station\n\nThe Senate voted.\n\nThe House follows.")


def batch() -> Any:
    row = BatchFactory()
    ArticleFactory(batch=row)
    return row


def vocabulary_sent(_: Any, user: Any) -> dict[str, Any]:
    upload = keep_upload(io.BytesIO(b"name\nVenus\n"), name="topics.csv")
    return {"kept": token_of([upload], user), "step": "confirm"}


def note_on(article: Callable[[], Article], to: Any = None) -> Callable[[], Note]:
    return lambda: Note.objects.create(article=article(), text="Which spring?", to=to, awaits=to)


def its_article(row: Any) -> list[Any]:
    return [row.article_id]


def account() -> Any:
    return UserFactory()


def group() -> Any:
    return Group.objects.create(name=f"Guests {Group.objects.count()}")
