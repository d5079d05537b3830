"""Every address of the pages: each page module brings its own."""

from thirdplace.face.web import places

urlpatterns = places.addresses("thirdplace.face.web.pages")
