"""Doing and undoing from any page: the form of an action as a page of its own, and the door it posts to."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from thirdplace.face.web.pages import clock
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.pages.forms import Form, form
from thirdplace.face.web.pages.words import clean
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import by_htmx, tell
from thirdplace.face.web.views.language import safe_next
from thirdplace.flow import actions as flow
from thirdplace.flow import deeds
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.lines import SPOKE
from thirdplace.flow.models import Deed
from thirdplace.flow.originals import link
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community, Member


@require_http_methods(["GET", "POST"])
def do(request: Request, slug: str, subject: int) -> HttpResponseBase:
    """The form of an action on a message or a member; posted to, it does it and goes on where one came from."""
    known = _listed(slug)
    going = safe_next(request, _home(known, subject))
    if request.method == "GET":
        made = prepared(known, subject, community=request.community)
        return render(request, "pages/do.html", {"form": made, "next": going})
    try:
        deed = done(request, known, subject)
    except ThirdplaceError as error:
        made = prepared(known, subject, community=request.community, typed=request.POST.dict(), error=error)
        return render(request, "pages/do.html", {"form": made, "next": going}, status=error.status)
    return told(request, deed, going)


@require_POST
def undo(request: Request, pk: int) -> HttpResponseBase:
    """Take a deed back, and go on where one came from."""
    deed = get_object_or_404(Deed, pk=pk, community=request.community)
    flow.undo(deed, steward=request.steward, now=clock.now(request))
    return undone(request, gettext("Undone: %(deed)s.") % {"deed": deeds.sentence(deed)}, otherwise=reverse("deeds"))


def undone(request: Request, words: str, *, otherwise: str) -> HttpResponseBase:
    """Say what was undone: on the page one goes on to, or on this one, which a toast's button loads again."""
    going = HttpResponse(status=204) if by_htmx(request) else HttpResponseRedirect(safe_next(request, otherwise))
    messages.info(request, clean(words))
    return going


def done(request: Request, known: Action, subject: int, **more: Any) -> Deed:
    """Carry an action out with what a form gave."""
    names = {asked.name for asked in known.asks}
    given: dict[str, Any] = {name: request.POST[name] for name in names if name in request.POST}
    assert known.subject is not None
    given[known.subject.name] = subject
    return flow.perform(
        known.slug, community=request.community, steward=request.steward, now=clock.now(request),
        why=request.POST.get("why", ""), **given, **more,
    )  # fmt: skip


def told(request: Request, deed: Deed, going: str) -> HttpResponseBase:
    """Back to where one came from, saying what was done and how it is undone."""
    back = f"{reverse('undo', args=[deed.pk])}?{urlencode({'next': going})}" if actions[deed.action].undo else ""
    return tell(request, HttpResponseRedirect(going), f"{deeds.sentence(deed)}.", undo=back)


def prepared(known: Action, subject: int, *, community: Community, **more: Any) -> Form:
    """The form of an action on a subject, with its first text and the way to the original."""
    if known.subject is not None and known.subject.kind == "message":
        message = Index(community.pk).messages([subject]).get(subject)
        if message is None:
            raise _gone()
        who = _author(community, message)
        return form(known, subject, who=who, message=message, original=original(community, message), **more)
    member = Member.objects.filter(community=community, pk=subject).first()
    if member is None:
        raise _gone()
    return form(known, subject, who=member, last=_last_words(member) if known.draft else None, **more)


def _home(known: Action, subject: int) -> str:
    """Where one goes on when one came from nowhere: to whom or what it was done to."""
    assert known.subject is not None
    return reverse(known.subject.kind, args=[subject])


def _last_words(member: Member) -> Message | None:
    """What a member said last."""
    accounts = list(member.identities.values_list("number", flat=True))
    if not accounts:
        return None
    return next(iter(Index(member.community_id).latest(identities=accounts, kinds=SPOKE, limit=1)), None)


def original(community: Community, message: Message) -> str:
    """Where a message can be opened at its source, or "" when nobody told us."""
    source = Source.objects.filter(community=community, pk=message.source).first()
    return (link(message, source) or "") if source else ""


def _author(community: Community, message: Message) -> Member | None:
    """Who said it."""
    return Cast(community, [message]).who(message.identity)


def _listed(slug: str) -> Action:
    """An action that is offered by itself, on a message or a member."""
    known = actions[slug.replace("-", "_")]
    if known.subject is None or known.subject.kind == "finding":
        raise NotFound(
            gettext("“%(verb)s” has no page of its own.") % {"verb": known.verb}, gettext("Use it from Today.")
        )
    return known


def _gone() -> NotFound:
    """What it should be done to is not here."""
    return NotFound(gettext("There is nobody and nothing here by that number."), gettext("Go back and open it again."))


urlpatterns = [
    path("do/<slug:slug>/<key:subject>", do, name="do"),
    path("deeds/<int:pk>/undo", undo, name="undo"),
]
