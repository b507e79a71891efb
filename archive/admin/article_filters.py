"""What editors look for in the list of articles: what is missing, and what waits for an answer."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from archive.admin.fields import row_number
from archive.models import Article, Quote, Suggestion, Tagging

if TYPE_CHECKING:
    from django.db.models import QuerySet


NEWEST = 5_000


def newest() -> "QuerySet[Article, Any]":
    """The ids of the last articles to come in: where nothing says it, to look for what is not there reads them all."""
    return Article.objects.order_by("-id").values("id")[:NEWEST]


class Missing(admin.SimpleListFilter):
    """Articles that lack something an editor would give them; topics and quotes, of the newest five thousand."""

    title = "what is missing"
    parameter_name = "without"
    asked = {
        "topics": ("Not filed", ~Exists(Tagging.objects.filter(article=OuterRef("pk")))),
        "quotes": ("Without quotes", ~Exists(Quote.objects.filter(article=OuterRef("pk")))),
        "date": ("Without a date", Q(published_at__isnull=True)),
        "source": ("Without a source", Q(source__isnull=True)),
        "check": ("Something to check", ~Q(doubts=[])),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        del request, model_admin
        return [(key, label) for key, (label, _) in self.asked.items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those that lack what was chosen."""
        del request
        value = self.value()
        if value not in self.asked:
            return queryset
        if value in {"topics", "quotes"}:
            queryset = queryset.filter(pk__in=newest())
        return queryset.filter(self.asked[value][1])


class Undecided(admin.SimpleListFilter):
    """Articles with proposals that nobody has answered."""

    title = "proposals"
    parameter_name = "proposals"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one choice."""
        del request, model_admin
        return [("pending", "To be answered")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those with pending proposals."""
        del request
        if self.value() != "pending":
            return queryset
        return queryset.filter(Exists(Suggestion.objects.pending().filter(article=OuterRef("pk"))))


class Assigned(admin.SimpleListFilter):
    """Whom an article is assigned to, while it is not published: me, a colleague, nobody."""

    title = "colleague"
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Me, nobody, and the colleagues who may sign in."""
        del model_admin
        others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=request.user.pk or 0)
        names = [(str(pk), name) for pk, name in others.order_by("username").values_list("pk", "username")]
        return [("me", "Me"), ("nobody", "Nobody"), *names]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those that the colleague has yet to see to."""
        articles: Any = queryset
        value = self.value() or ""
        if value in {"me", "nobody"}:
            colleague: Any = request.user if value == "me" else None
            return articles.assigned_to(colleague)  # type: ignore[no-any-return]
        number = row_number(value)
        return queryset if number is None else articles.assigned_to(number)


class Embargo(admin.SimpleListFilter):
    """Articles held back from readers for a while."""

    title = "embargo"
    parameter_name = "embargo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those to come, and of them those soon."""
        del request, model_admin
        return [("held", "Under embargo"), ("ends", "Ends within a day")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those whose embargo has not run out."""
        del request
        articles: Any = queryset
        if self.value() == "held":
            return articles.filter(embargo_until__gt=timezone.now())  # type: ignore[no-any-return]
        if self.value() == "ends":
            return articles.soon_out_of_embargo()  # type: ignore[no-any-return]
        return queryset
