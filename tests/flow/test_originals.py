"""Where a message can be opened at its own place."""

from datetime import UTC, datetime

import pytest

from hedgerow import Village
from thirdplace.flow import originals
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.index import Message


def message(native: str, kind: str = "said") -> Message:
    return Message(
        1, 1, 1, None, 1, kind, datetime(2026, 11, 2, tzinfo=UTC), None, None, "en", None, "Hm.", native, None
    )


def source(connector: str, base: str = "", native: str = "77") -> Source:
    return Source(connector=connector, native=native, name="Somewhere", base_url=base)


@pytest.mark.parametrize(
    ("connector", "base", "native", "kind", "address"),
    [
        ("discord", "", "12/34", "said", "https://discord.com/channels/77/12/34"),
        ("discord", "", "12/javascript:", "said", None),
        ("slack", "https://hedge.slack.com/", "C1/1700000000.000200/U7", "said",
         "https://hedge.slack.com/archives/C1/p1700000000000200"),
        ("slack", "", "C1/1700000000.000200/U7", "said", None),
        ("slack", "javascript:alert(1)", "C1/1700000000.000200/U7", "said", None),
        ("stackexchange", "https://maps.example", "post-12", "asked", "https://maps.example/q/12"),
        ("stackexchange", "https://maps.example", "post-13", "answered", "https://maps.example/a/13"),
        ("stackexchange", "https://maps.example", "badge-13", "answered", None),
        ("parish_letter", "https://maps.example", "1", "said", None),
    ],
)  # fmt: skip
def test_an_address_is_made_where_everything_for_it_is_known(
    connector: str, base: str, native: str, kind: str, address: str | None
) -> None:
    assert originals.link(message(native, kind), source(connector, base)) == address


def test_the_base_is_asked_for_once_where_the_format_has_none() -> None:
    assert originals.asks_base(source("slack"))
    assert not originals.asks_base(source("slack", "https://hedge.slack.com"))
    assert not originals.asks_base(source("discord"))
    assert not originals.asks_base(source("parish_letter"))


def test_a_remark_whose_post_is_gone_has_no_address(village: Village) -> None:
    kept = Source.objects.create(
        community=village.community,
        connector="stackexchange",
        native="maps",
        name="Maps",
        base_url="https://maps.example",
    )
    assert originals.link(message("comment-3", "commented"), kept) is None
