"""Filing without asking: proposed topics that are sure enough, where the archivist has said from when they are."""

from collections.abc import Sequence

from django.db import connection, transaction

from archive.models import Answer, Article, Edition, Status

# Only what readers do not see yet: somebody looks at it before it is published.
_ANSWER = """
    UPDATE archive_suggestion AS sure SET answer = %s, answered_at = now()
    FROM archive_article AS article, archive_topic AS topic
    WHERE sure.kind = 'topic' AND sure.answer = %s AND sure.confidence >= %s
      AND article.id = sure.article_id AND article.status = ANY (%s)
      AND topic.id = sure.topic_id AND topic.replaced_by_id IS NULL
      AND (%s::bigint[] IS NULL OR sure.article_id = ANY (%s))
    RETURNING sure.id
"""

_FILE = """
    INSERT INTO archive_tagging (topic_id, {column}, implied, tagged_at, suggestion_id, counted)
    SELECT DISTINCT ON (topic_id, {column}) topic_id, {column}, false, now(), id, false
    FROM archive_suggestion WHERE id = ANY (%s) AND (quote_id IS NOT NULL) = %s
    ON CONFLICT ({column}, topic_id) DO UPDATE
    SET implied = false, tagged_at = EXCLUDED.tagged_at, suggestion_id = EXCLUDED.suggestion_id
    WHERE archive_tagging.implied
"""


def file_sure_topics(articles: Sequence[Article] | None = None) -> int:
    """File what is proposed with at least the confidence the archivist set. Returns how many proposals it answered.

    Of these articles, as an import brings them in, or of all. The proposals are answered “automatic”, by nobody, and
    the taggings name them: whoever reviews the article sees which. Nothing is filed where no confidence was set.
    """
    sure_from = Edition.current().file_from
    if sure_from is None:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        among = None if articles is None else [article.pk for article in articles]
        hidden = [Status.DRAFT, Status.IN_REVIEW]
        cursor.execute(_ANSWER, [Answer.AUTOMATIC, Answer.PENDING, sure_from, hidden, among, among])
        answered = [row[0] for row in cursor.fetchall()]
        for column, of_quotes in (("article_id", False), ("quote_id", True)):
            cursor.execute(_FILE.format(column=column), [answered, of_quotes])
    return len(answered)
