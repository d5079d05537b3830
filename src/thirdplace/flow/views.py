"""Searches with a name: kept, renamed, removed and brought back. They are the community's, whoever kept them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from thirdplace.flow import search
from thirdplace.flow.models import View
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.errors import AlreadyDone, NotAllowed, NotFound, Refused, ThirdplaceError
from thirdplace.foundation.members.models import Community

NEEDS = "flow.keep"
LONGEST = 60  # letters of a name
MOST = 24  # views of a community: more of them nobody reads


def standing(community: Community) -> list[View]:
    """The views of a community, in the order they were kept."""
    found = View.objects.filter(community=community, removed_at=None).select_related("steward")
    return list(found.order_by("kept_at", "pk"))


def one(community: Community, called: int | str) -> View:
    """A view by its number or its name."""
    found = View.objects.filter(community=community, removed_at=None).select_related("steward")
    known = found.filter(pk=called) if isinstance(called, int) else found.filter(name__iexact=called)
    if (view := known.first()) is None:
        raise NotFound(
            gettext("There is no view '%(name)s' here.") % {"name": str(called)[:LONGEST]},
            gettext("Somebody may have removed it. The stream shows those that there are."),
        )
    return view


def keep(community: Community, *, steward: Account, name: str, query: str, now: datetime) -> View:
    """Give a search a name. query: its address; now: by the wall's clock."""
    _permit(steward, community)
    said, asked = _name(name), search.from_address(query)
    if not asked.is_narrow:
        raise Refused(
            gettext("This view would show everything."), gettext("Look for a word or choose a filter, then keep it.")
        )
    if View.objects.filter(community=community, removed_at=None).count() >= MOST:
        raise Refused(
            gettext("There are %(n)s views here already.") % {"n": MOST}, gettext("Remove one that nobody opens.")
        )
    with _once(said):
        return View.objects.create(community=community, name=said, query=asked.address, steward=steward, kept_at=now)


def rename(view: View, *, steward: Account, name: str) -> View:
    """Call a view something else."""
    _permit(steward, view.community)
    view.name = _name(name)
    with _once(view.name):
        view.save(update_fields=["name"])
    return view


def remove(view: View, *, steward: Account, now: datetime) -> View:
    """Take a view away; `bring_back` undoes it. now: by the wall's clock."""
    _permit(steward, view.community)
    view.removed_at = now
    view.save(update_fields=["removed_at"])
    return view


def bring_back(community: Community, number: int, *, steward: Account) -> View:
    """Undo that a view was removed."""
    _permit(steward, community)
    view = View.objects.filter(community=community, pk=number).first()
    if view is None:
        raise NotFound(gettext("That view is not here."), gettext("Look for it again, and keep it under its name."))
    view.removed_at = None
    with _once(view.name):
        view.save(update_fields=["removed_at"])
    return view


@contextmanager
def _once(name: str) -> Iterator[None]:
    """Within it nothing is written whose name is taken; that is said in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AlreadyDone(
            gettext("There is a view called “%(name)s” already.") % {"name": name},
            gettext("Choose another name, or rename that one first."),
        ) from error


def _name(given: str) -> str:
    name = search.typed(given, most=LONGEST)
    if not name:
        raise ThirdplaceError(gettext("The view has no name."), gettext("Say in a word or two what it shows."))
    return name


def _permit(steward: Account, community: Community) -> None:
    if not may(steward, NEEDS, community=community):
        raise NotAllowed(
            gettext("%(who)s may not do this here.") % {"who": steward.name},
            gettext("Ask an owner for the permission “%(permission)s”.") % {"permission": NEEDS},
        )
