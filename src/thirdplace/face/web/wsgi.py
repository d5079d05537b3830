"""The WSGI application that the web server's worker loads: with all that pages need, so that the first is quick."""

import os

from thirdplace.face.cli import lifeline

begun_by_serve = lifeline.PARENT in os.environ
if begun_by_serve:
    lifeline.hold()  # ends with it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdplace.face.web.django_settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - first the tie to the parent


def _load() -> None:
    """Read definitions and addresses now rather than at the first visit."""
    from django.urls import get_resolver

    from thirdplace.flow import definitions

    definitions.load()
    get_resolver().url_patterns  # noqa: B018 - reading them is what loads them


application = get_wsgi_application()
if begun_by_serve:
    _load()
