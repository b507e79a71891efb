"""People as readers may meet them: those who speak or write in what is public."""

from django.db.models import Exists, OuterRef, QuerySet

from archive.models import Article, Authorship, Person, Tally


def in_public(people: "QuerySet[Person] | None" = None) -> "QuerySet[Person]":
    """Those of these people, or of all, with a public quote or article."""
    speaks = Tally.objects.filter(subject=Tally.Subject.PERSON, subject_id=OuterRef("pk"), quotes__gt=0).totals()
    writes = Authorship.objects.filter(person=OuterRef("pk"), article__in=Article.objects.public())
    return (Person.objects.all() if people is None else people).filter(Exists(speaks) | Exists(writes))
