"""Errors that a person can act on: what happened, and what to do now."""


class ThirdplaceError(Exception):
    """Something a person can mend; both sentences are shown whole by every face.

    what: what happened, with the names filled in. remedy: what the reader can do now, even when that is nothing.
    status: the HTTP status a page or the API answers with.
    """

    status = 400

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


class NotAllowed(ThirdplaceError):
    """The account may not do this here."""

    status = 403


class NotFound(ThirdplaceError):
    """What was asked for is not here."""

    status = 404


class AlreadyDone(ThirdplaceError):
    """What was asked for has been done before."""

    status = 409


class Refused(ThirdplaceError):
    """An action said no, with its reason."""

    status = 409
