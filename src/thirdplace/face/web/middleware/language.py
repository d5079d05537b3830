"""In which language and colours a page is read: the account's, else the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils import translation

from thirdplace.face.web.request import Visitor

COOKIE = "thirdplace_language"


class LanguageMiddleware:
    """Speaks the steward's language for the length of one request."""

    def __init__(self, get_response: Callable[[Visitor], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visitor) -> HttpResponseBase:
        """The answer in the language of the account, of the cookie set before there was one, or of the browser."""
        account = request.user if request.user.is_authenticated else None
        request.theme = account.theme if account else ""
        wanted = (account.language if account else "") or request.COOKIES.get(COOKIE, "")
        known = dict(settings.LANGUAGES)
        language = wanted if wanted in known else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
