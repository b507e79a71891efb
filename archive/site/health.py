"""What a supervisor and a load balancer ask: is the process up, and can it answer readers?"""

from functools import cache

from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from archive.databases import PRIMARY, REPLICAS


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nothing of the database, whose failure no restart of this process would mend."""
    del request
    return _say("alive")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, or a replica of it, and has the schema that this code needs; otherwise 503, and why not."""
    del request
    for alias in (PRIMARY, *REPLICAS):
        try:
            missing = _newest_migrations() - set(MigrationRecorder(connections[alias]).applied_migrations())
        except (Error, RuntimeError):  # the embedded server's own failures are RuntimeErrors
            continue
        if missing:
            return _say("not migrated: " + ", ".join(sorted(".".join(one) for one in missing)), status=503)
        return _say("ready" if alias == PRIMARY else "ready to be read: the primary does not answer")
    return _say("the database does not answer", status=503)


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app; none is applied before those it depends on."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _say(answer: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{answer}\n", status=status, content_type="text/plain; charset=utf-8")
