"""Pages for what went wrong, in words that help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the words of the address offered to the search."""
    del exception
    words = " ".join(part for part in request.path.replace("-", " ").split("/")[-3:] if part)
    return render(request, "site/404.html", {"words": words[:100]}, status=404)
