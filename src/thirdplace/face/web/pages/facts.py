"""What we know of a member, and from where: each value with who said it and when; "probably" where we concluded it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from thirdplace.face.web.pages import languages, times
from thirdplace.flow.models import Deed
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.members.models import Community, Identity, Member


@dataclass(frozen=True)
class Fact:
    """A value, what it is called, and where it comes from. guess: we concluded it. to: where its evidence is."""

    name: str
    value: str
    source: str
    guess: bool = False
    to: str = ""


@dataclass(frozen=True)
class Account:
    """Where a member can be found: one of their identities."""

    identity: Identity
    source: Source | None
    told: str


def facts(
    community: Community, member: Member, known: Sequence[Identity], done: Sequence[Deed], *, now: datetime
) -> Iterator[Fact]:
    """Everything we know, the plainest first."""
    zone = community.tz
    if member.first_at:
        first = times.full(member.first_at, zone=zone)
        yield Fact(
            gettext("First words"), first, gettext("the first message we have read"), to=_since(member, oldest=True)
        )
    if member.last_at:
        last = times.full(member.last_at, zone=zone)
        yield Fact(gettext("Last words"), last, gettext("the last message we have read"), to=_since(member))
    joined = min((each.joined_at for each in known if each.joined_at), default=None)
    if joined:
        yield Fact(gettext("Joined"), times.full(joined, zone=zone), gettext("the platform says so"))
    counted = ngettext("%(n)s message", "%(n)s messages", member.spoken) % {"n": member.spoken}
    yield Fact(gettext("Has said"), counted, gettext("counted in what was read"), to=_since(member))
    if member.language:
        name = languages.title(member.language)
        yield Fact(gettext("Writes"), name, gettext("guessed from their messages, a few samples"), guess=True)
    yield from _kind(member, done, now=now, community=community)


def _since(member: Member, *, oldest: bool = False) -> str:
    """The member's own messages in the stream."""
    return f"{reverse('stream')}?member={member.pk}{'&order=oldest' if oldest else ''}"


def _kind(member: Member, done: Sequence[Deed], *, now: datetime, community: Community) -> Iterator[Fact]:
    """Whether they count as staff or as a bot, and who says so."""
    one = pgettext("one person", "Staff")
    for is_it, mark, hint, name, sure, perhaps in (
        (member.is_staff, member.staff_mark, member.staff_hint, "staff", one, gettext("perhaps staff")),
        (member.is_bot, member.bot_mark, member.bot_hint, "bot", gettext("Bot"), gettext("perhaps a bot")),
    ):
        deed = next((each for each in done if each.action == f"mark_{name}" and each.undone_at is None), None)
        if is_it and deed is not None:
            when = times.moment(deed.done_at, now=now, zone=community.tz)
            by = gettext("marked by %(who)s, %(when)s") % {"who": deed.steward.name, "when": when}
            yield Fact(gettext("Counts as"), sure, by)
        elif is_it:
            yield Fact(
                gettext("Counts as"), sure, gettext("a steward's mark") if mark else gettext("the platform says so")
            )
        elif hint and mark is None:
            told = (
                gettext("the platform says so; nobody here has")
                if hint == "format"
                else gettext("guessed from the name")
            )
            yield Fact(gettext("Counts as"), perhaps, told, guess=True)


def accounts(community: Community, known: Sequence[Identity]) -> list[Account]:
    """Each identity with its source and the import that first told of it: two queries."""
    sources = {source.pk: source for source in Source.objects.filter(community=community)}
    imports = {
        each.pk: each for each in Import.objects.filter(community=community, pk__in={i.import_id for i in known})
    }
    return [
        Account(each, sources.get(each.source_id), _told(each, imports.get(each.import_id), community))
        for each in known
    ]


def _told(identity: Identity, known: Import | None, community: Community) -> str:
    """Since when, and which import told of it."""
    told = []
    if identity.joined_at:
        told.append(gettext("since %(day)s") % {"day": times.full(identity.joined_at, zone=community.tz)})
    if identity.deleted:
        told.append(gettext("the account is gone from its platform"))
    if known is not None:
        on = times.full(known.made_at, zone=community.tz)
        told.append(gettext("first read in %(name)s, %(when)s") % {"name": known.name, "when": on})
    return "; ".join(told)
