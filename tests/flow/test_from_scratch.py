"""Whatever came in which order: all that is stored equals what is computed from nothing."""

import shutil
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hedgerow import Village, at
from thirdplace.flow import findings, imports, refresh
from thirdplace.flow.models import Finding, Round
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.engine.derived import folder
from thirdplace.foundation.engine.models import Reading, Settled
from thirdplace.foundation.errors import AlreadyDone
from thirdplace.foundation.members.models import Member

WALL = at(100.5)
NAMES = ("ann", "ben", "cho", "dov", "bot")
PAST = date(2026, 12, 10)


def saying(nth: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.just(f"saying-{nth}"),
            "who": st.sampled_from(NAMES),
            "did": st.sampled_from(["asked", "started", "replied", "said", "said", "answered", "joined"]),
            "at": st.floats(1, 100, allow_nan=False).map(lambda day: at(round(day, 2))),
            "thread": st.sampled_from([None, "stile", "gate", "ford"]),
            "text": st.sampled_from(["Good morning.", "Where is the ford?"]),
        }
    )


def change(nth: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.just(f"change-{nth}"),
            "who": st.sampled_from(NAMES),
            "did": st.sampled_from(["edited", "deleted"]),
            "at": st.floats(50, 100, allow_nan=False).map(lambda day: at(round(day, 2))),
            "about": st.integers(0, 60).map(lambda n: f"saying-{n}"),
            "text": st.just("Changed."),
        }
    )


LETTERS = st.lists(
    st.lists(st.integers(0, 60).flatmap(saying) | st.integers(0, 20).flatmap(change), min_size=1, max_size=25),
    min_size=1,
    max_size=4,
)
MARKS = st.lists(
    st.tuples(st.sampled_from(["mark_staff", "unmark_staff", "mark_bot", "unmark_bot"]), st.sampled_from(NAMES)),
    max_size=4,
)


def stored(village: Village) -> dict[str, Any]:
    of_finding = ("on", "signal", "subject", "member__name", "channel", "began_at", "weight", "facts")
    of_reading = ("measure", "grain", "slice", "begins_on", "value", "n", "low", "high", "more")
    return {
        "findings": sorted(Finding.objects.values_list(*of_finding), key=repr),
        "truths": sorted(Round.objects.values_list("on", "truths"), key=repr),
        "readings": sorted(Reading.objects.values_list(*of_reading), key=repr),
    }


def from_scratch(village: Village) -> dict[str, Any]:
    days = list(Round.objects.values_list("on", flat=True))
    shutil.rmtree(folder(village.community.pk))
    for table in (Finding, Round, Reading, Settled):
        table.objects.all().delete()
    refresh.refresh(village.community, wall=WALL)
    for on in days:
        findings.refresh(village.community, on, wall=WALL)
    return stored(village)


def mark(village: Village, slug: str, name: str) -> None:
    member = Member.objects.filter(community=village.community, name=name.title()).first()
    if member is None:
        return
    try:
        village.do(slug, member=member, now=WALL)
    except AlreadyDone:
        return
    refresh.refresh(village.community, wall=WALL)


@pytest.mark.slow
@settings(  # an example takes a second: no shrinking
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
    derandomize=True,
)  # fmt: skip
@given(letters=LETTERS, marks=MARKS, undone=st.lists(st.integers(0, 3), max_size=2, unique=True))
def test_what_is_stored_equals_what_is_computed_from_nothing(
    village: Village, letters: list[list[dict[str, Any]]], marks: list[tuple[str, str]], undone: list[int]
) -> None:
    with transaction.atomic():
        forget(village)
        done: list[Import] = []
        for nth, rows in enumerate(letters):
            done.append(village.send(rows, wall=WALL))
            if nth < len(marks):
                mark(village, *marks[nth])
            findings.of(village.community, min(PAST, findings.today(village.community, wall=WALL)), wall=WALL)
        for slug, name in marks[len(letters) :]:
            mark(village, slug, name)
        for nth in undone:
            if nth < len(done):
                imports.undo(done[nth], wall=WALL)
        kept = stored(village)
        assert kept == from_scratch(village)


def forget(village: Village) -> None:
    """Begin each example with nothing: the folder goes, the rows were rolled back."""
    from thirdplace.foundation.lake.folders import community_folder

    shutil.rmtree(community_folder(village.community.pk), ignore_errors=True)
    village.community.imports.all().delete()
    village.community.sources.all().delete()
    village.community.members.all().delete()
    for table in (Finding, Round, Reading, Settled):
        table.objects.all().delete()
    village.community.clock_on = None
    village.community.save()
