"""Who and where: the people, channels and sources that a page names, fetched together however many rows it has."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from thirdplace.face.web.pages.words import name
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Community, Identity, Member


@dataclass(frozen=True)
class Where:
    """A channel as sentences name it: with its source when there are several."""

    number: int
    name: str
    source: Source | None
    flat: bool = True
    kind: str = "channel"

    @property
    def icon(self) -> str:
        """What stands before its name: a hash for running talk, a page for topics."""
        return "hash" if self.flat else "message-square-text"


class Cast:
    """Everyone and every place of some messages: three queries, for ten messages as for a hundred."""

    def __init__(
        self,
        community: Community,
        messages: Iterable[Message] = (),
        *,
        identities: Iterable[int | None] = (),
        channels: Iterable[int | None] = (),
    ) -> None:
        self.community = community
        met = list(messages)
        self._identities = {n for n in (*identities, *(said.identity for said in met)) if n is not None}
        self._channels = {n for n in (*channels, *(said.channel for said in met)) if n is not None}

    @cached_property
    def people(self) -> dict[int, Member]:
        """The members behind the identities."""
        if not self._identities:
            return {}
        found = Identity.objects.filter(community=self.community, number__in=self._identities).select_related("member")
        return {identity.number: identity.member for identity in found}

    @cached_property
    def places(self) -> dict[int, Where]:
        """The channels, with their sources."""
        if not self._channels:
            return {}
        found = Channel.objects.filter(community=self.community, number__in=self._channels)
        return {channel.number: where(channel, self.sources) for channel in found}

    @cached_property
    def sources(self) -> dict[int, Source]:
        """All sources of the community: there are few."""
        return {source.pk: source for source in Source.objects.filter(community=self.community)}

    def who(self, identity: int | None) -> Member | None:
        """The member behind an identity, or None: nobody is named, or they are gone."""
        return self.people.get(identity) if identity is not None else None

    def where(self, channel: int | None) -> Where | None:
        """The place of a channel's number."""
        return self.places.get(channel) if channel is not None else None

    def source(self, pk: int) -> Source | None:
        """The source of a message."""
        return self.sources.get(pk)


def where(channel: Channel, sources: dict[int, Source]) -> Where:
    """A channel with its source, made fit for a line."""
    return Where(channel.number, name(channel.name), sources.get(channel.source_id), channel.flat, channel.kind)
