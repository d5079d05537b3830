"""The WSGI application that the web server's worker loads."""

import os

from thirdplace.face.cli import lifeline

lifeline.hold()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdplace.face.web.django_settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - first the tie to the parent

application = get_wsgi_application()
