"""The tables of Sources leave as files, with the figures that stand on the page."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from doorstep import RECORDED
from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.figures import figures
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.members.models import Community


@pytest.fixture
def read(steward: Client, db: Any) -> Callable[[str], list[dict[str, str]]]:
    """The rows of a sheet, by their heads."""

    def ask(address: str) -> list[dict[str, str]]:
        answer = steward.get(address)
        assert answer["Content-Type"].startswith("text/csv")
        told = b"".join(answer).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(told)))

    return ask


def test_sources_channels_and_what_was_read(steward: Client, read: Callable[[str], list[dict[str, str]]]) -> None:
    community = Community.objects.create(name="Mill Lane", slug="mill-lane", zone="Europe/Amsterdam")
    done = importing.import_archive(community, Path(RECORDED) / "slack")
    (held,) = figures(community)
    (row,) = read("/sources?as=csv")
    assert (row["Messages"], row["Accounts"]) == (str(held["messages"]), str(held["identities"]))
    source = Source.objects.get()
    channels = read(f"/sources/{source.pk}?as=csv")
    assert {each["Channel"] for each in channels} == set(Channel.objects.values_list("name", flat=True))
    assert sum(int(each["Messages"]) for each in channels) >= held["messages"]
    (told,) = read("/sources/read.csv")
    assert (told["Added"], told["Already here"]) == (str(done.added), "0")
    assert all(each["why"] in told["Left out"] for each in done.skipped)


def test_a_name_is_no_formula(read: Callable[[str], list[dict[str, str]]]) -> None:
    community = Community.objects.create(name="Mill Lane", slug="mill-lane", zone="Europe/Amsterdam")
    importing.import_archive(community, Path(RECORDED) / "slack")
    Source.objects.update(name="=1+1")
    (row,) = read("/sources?as=csv")
    assert row["Source"] == "'=1+1"
