"""Proposing: the quotes and topics found in articles, saved as pending suggestions in bulk."""

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from archive.extraction import Quotation
from archive.models import Article, Suggestion, Tagging
from archive.suggestion.learned import learned_topics, merged
from archive.suggestion.proposed import Proposed
from archive.suggestion.quotes import proposed_quotes
from archive.suggestion.topic_names import current_vocabulary
from archive.suggestion.topics import proposed_topics


def propose(
    articles: Sequence[Article],
    *,
    named: Mapping[int, Sequence[str]] | None = None,
    found: Mapping[int, Sequence[Quotation]] | None = None,
) -> int:
    """Save what is proposed for these articles as pending suggestions. Returns how many are new.

    By article id, `named` gives the topics that its file named itself, and `found` the quotations of its body where
    they are known already. What was proposed before is not proposed again,
    whatever was answered to it; a topic under which an article is filed already is not proposed at all.
    """
    vocabulary = current_vocabulary()
    learned = learned_topics(articles)
    given, quotations = named or {}, found or {}
    held = set(Suggestion.objects.filter(article__in=articles).values_list("article_id", "kind", "key"))
    filed = set(Tagging.objects.filter(article__in=articles).values_list("article_id", "topic_id"))
    return _save(
        [
            proposed
            for article in articles
            for proposed in (
                *proposed_quotes(article, quotations.get(article.pk)),
                *merged(proposed_topics(article, vocabulary, given.get(article.pk, ())), learned.get(article.pk, ())),
            )
            if (article.pk, proposed.kind, proposed.key) not in held and (article.pk, proposed.topic) not in filed
        ]
    )


def _save(proposals: Sequence[Proposed]) -> int:
    """Save proposals as one value of JSON, which the database takes apart.

    `bulk_create` sends some two hundred values a story, and psycopg needs 3 ms to count them; this takes a tenth. What
    somebody else proposed at the same moment is left as it is.
    """
    if not proposals:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO archive_suggestion
                (kind, article_id, key, topic_id, proposal, confidence, why, made_by, made_at, answer)
            SELECT kind, article, key, topic, proposal, confidence, why, made_by, statement_timestamp(), 'pending'
            FROM jsonb_to_recordset(%s) AS given (
                kind text, article bigint, key text, topic bigint, proposal jsonb, confidence float, why text[],
                made_by text
            )
            ON CONFLICT DO NOTHING
            """,
            [json.dumps([one.as_json() for one in proposals])],
        )
        return int(cursor.rowcount)
