"""The addresses of the API. Versioned, so that scripts go on working when it grows."""

from django.urls import path

from thirdplace.face.api.assembled import api

urlpatterns = [path("v1/", api.urls)]
