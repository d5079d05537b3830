"""Every address of the web: each view module brings its own."""

from importlib.util import find_spec

from django.urls import include, path

from thirdplace.face.web import places
from thirdplace.flow import definitions

definitions.load()

urlpatterns = [*places.addresses("thirdplace.face.web.views")]
if find_spec("thirdplace.face.web.pages.urls"):
    urlpatterns.append(path("", include("thirdplace.face.web.pages.urls")))
if find_spec("thirdplace.face.api.urls"):
    urlpatterns.append(path("api/", include("thirdplace.face.api.urls")))
handler400 = "thirdplace.face.web.views.errors.bad_request"
handler403 = "thirdplace.face.web.views.errors.forbidden"
handler404 = "thirdplace.face.web.views.errors.not_found"
handler500 = "thirdplace.face.web.views.errors.broken"
