"""People as readers may meet them: those who speak or write in what is public."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from archive.models import Article, Authorship, Person, Tally


def in_public(people: "QuerySet[Person] | None" = None) -> "QuerySet[Person]":
    """Those of these people, or of all, with a public quote or article.

    Each is looked up on its own, so that a page of them is a walk as long as the page: of EXISTS, PostgreSQL would read
    all who speak and all who write first.
    """
    speaks = Tally.objects.filter(subject=Tally.Subject.PERSON, subject_id=OuterRef("pk")).totals()
    writes = Authorship.objects.filter(person=OuterRef("pk"), article__in=Article.objects.public())
    looked_up = (Person.objects.all() if people is None else people).alias(
        says=Subquery(speaks.values("quotes")), wrote=Subquery(writes.order_by().values("pk")[:1])
    )
    return looked_up.filter(Q(says__gt=0) | Q(wrote__isnull=False))
