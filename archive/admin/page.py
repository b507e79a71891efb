"""A page of the admin's own beside the stock list and form of a kind of record; it extends `page.html`."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse


def page(model_admin: Any, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    """The page with what the frame of the admin needs; `template` is its name below `admin/archive/`."""
    shared = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/archive/{template}.html", {**shared, **context})
