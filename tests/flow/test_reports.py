"""Reports: every sentence stands on a figure of its period, and on nothing that came later."""

import random
import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from hedgerow import Village, at
from thirdplace.flow import definitions, refresh
from thirdplace.flow.actions import undo
from thirdplace.flow.figures import Section, Sentence, judged, say
from thirdplace.flow.reports import Edition, periods, report, reports
from thirdplace.flow.seen import Seen
from thirdplace.foundation.engine import measures
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.registry import WrongDefinition

WEEK = date(2026, 11, 2)
LATER = at(40)
SAID = [
    ("ann", "asked", 1.5, "stile"),
    ("ben", "replied", 1.6, "stile"),
    ("cho", "asked", 3.5, "gate"),
    ("bot", "said", 3.6, None),
    ("ann", "said", 7.5, None),
]
AFTER = [("dee", "said", 9.5, None)]  # so that the week was read to its end


def edition(village: Village, on: date = WEEK, *, wall: datetime = LATER, slug: str = "the_week") -> Edition:
    definitions.load()
    return reports[slug].edition(village.community, on, wall=wall)


def told(found: Edition) -> dict[str, list[str]]:
    """The words by heading, named members behind their sentence."""
    return {
        part.title: [" ".join([each.words, *(one.name for one in each.who)]) for each in part.sentences]
        for part in found.sections
    }


def test_a_week_is_told_in_its_own_numbers(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=LATER)
    words = told(edition(village))
    assert words["What changed"] == [
        "Active members: 3. It is too early to say what is usual. Of the week before we cannot tell.",
        "Messages: 4. It is too early to say what is usual. Of the week before we cannot tell.",
        "Newcomers: 3. It is too early to say what is usual. Of the week before we cannot tell.",
        "Questions answered within a day: we cannot tell. 1 of 2: too few for a rate.",
        "Newcomers answered within a day: we cannot tell. 1 of 2: too few for a rate.",
        "Time to first response: we cannot tell. 3 cases are too few.",
    ]
    assert words["Who is new"] == ["3 members spoke here for the first time. Ann Ben Cho"]
    assert words["What we did"] == ["Nothing was written down as done in this week."]
    assert words["What we could not tell"][0] == (
        "No figure could be given of: Questions answered within a day, Newcomers answered within a day, and Time to "
        "first response. Why stands above."
    )


def test_the_next_week_stands_beside_it(village: Village) -> None:
    village.tell(*SAID, *AFTER, ("eve", "said", 16, None), wall=LATER)
    words = told(edition(village, date(2026, 11, 12)))
    assert words["What changed"][1] == "Messages: 1. It is too early to say what is usual. The week before: 4."
    assert words["Who is new"] == ["One member spoke here for the first time. Dee"]


def test_nothing_later_is_in_it(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=LATER)
    before = edition(village)
    village.tell(("ann", "said", 8.0, None), ("eve", "answered", 8.4, "gate"), ("ben", "said", 20, None), wall=LATER)
    village.do("write_note", member=village.member("Ann"), text="She knows stiles.", now=at(9))
    assert told(edition(village)) == told(before)
    assert [each.history for each in edition(village).figures] == [each.history for each in before.figures]


def test_late_history_of_the_week_changes_it(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=LATER)
    village.tell(("fay", "said", 2.5, None), wall=LATER)
    assert told(edition(village))["What changed"][0].startswith("Active members: 4.")


def test_the_order_in_which_it_was_read_is_nothing(village: Village) -> None:
    rows = [*SAID, *AFTER]
    random.Random(3).shuffle(rows)
    for row in rows:
        village.tell(row, wall=LATER)
    assert told(edition(village))["What changed"][:3] == [
        f"{title}: {n}. It is too early to say what is usual. Of the week before we cannot tell."
        for title, n in (("Active members", 3), ("Messages", 4), ("Newcomers", 3))
    ]


@pytest.mark.parametrize(("planted", "verdict"), [(9, "higher than usual (2)"), (2, "as usual (2)"), (1, "lower than")])
def test_a_planted_change_is_told_beside_what_is_usual(village: Village, planted: int, verdict: str) -> None:
    quiet = [("ann", "said", 1 + 7 * week + n / 8, None) for week in range(10) for n in range(2)]
    loud = [("ann", "said", 71 + n / 20, None) for n in range(planted)]
    village.tell(*quiet, *loud, ("ann", "said", 79, None), wall=at(90))
    found = edition(village, date(2027, 1, 13), wall=at(90))
    (messages,) = [each for each in found.figures if each.name == "messages"]
    assert (messages.value, messages.before) == (planted, 2)
    sentence = told(found)["What changed"][1]
    assert sentence.startswith(f"Messages: {planted}, {verdict}")
    assert sentence.endswith("The week before: 2.")
    assert ("Messages" in told(found)[""][0]) is (planted != 2)


def test_staff_are_left_out(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=LATER)
    village.do("mark_staff", member=village.member("Ann"), now=at(9))
    refresh.refresh(village.community, wall=LATER)
    words = told(edition(village))
    assert words["What changed"][0].startswith("Active members: 2.")
    assert words["Who is new"] == ["2 members spoke here for the first time. Ben Cho"]


def test_from_nothing_nothing_is_told(village: Village) -> None:
    found = edition(village)
    assert found.key == []
    assert all(each.value is None for each in found.figures if each.sort in ("measure", "question"))
    assert told(found)[""] == ["We cannot tell yet what stands out. We cannot say how 6 of the 6 figures stand."]
    assert told(found)["What waits"] == ["We cannot tell what waited when the week ended."]


def test_a_week_that_was_not_read_to_its_end_has_no_number(village: Village) -> None:
    village.tell(*SAID[:3], wall=at(4))
    words = told(edition(village))
    assert words["What changed"][0] == "Active members: we cannot tell. This week was not read to its end."
    assert words["What we could not tell"][-1].startswith("Hedgerow: we cannot tell. It was read until 4 November 2026")
    assert edition(village).key == []


def test_a_week_before_all_that_was_read_cannot_be_told(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=LATER)
    words = told(edition(village, date(2026, 9, 1)))
    assert words["What changed"][0] == "Active members: we cannot tell. Nothing was read of this period."


def test_what_was_done_in_the_week_and_stands_is_counted(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=at(10))
    ann = village.member("Ann")
    village.do("write_note", member=ann, text="Knows stiles.", now=at(2.5))
    gone = village.do("write_note", member=ann, text="Knows gates.", now=at(2.6))
    village.do("write_note", member=ann, text="Knows walls.", now=at(8.5))
    undo(gone, steward=village.steward, now=at(4))
    assert told(edition(village))["What we did"] == ["We did one thing.", "Write a note: 1."]


def test_it_is_refused_while_the_week_goes_on(village: Village) -> None:
    village.tell(*SAID, wall=at(5))
    with pytest.raises(ThirdplaceError, match=r"“Week of 2 November 2026” is not over yet.*26 October 2026"):
        edition(village, wall=at(7.9))
    assert reports["the_week"].last(village.community, wall=at(8)).begins_on == WEEK
    assert [each.begins_on for each in periods(reports["the_week"], village.community, wall=at(8))] == [WEEK]


def test_every_number_is_one_of_its_figures(village: Village) -> None:
    quiet = [(who, "said", 1 + 7 * week + n / 8, None) for week in range(10) for n, who in enumerate(("ann", "ben"))]
    village.tell(
        *quiet, *[("cho", "said", 71 + n / 20, None) for n in range(13)], ("ann", "said", 79, None), wall=at(90)
    )
    found = edition(village, date(2027, 1, 13), wall=at(90))
    for sentence in (each for part in found.sections if part.title for each in part.sentences):
        assert sentence.figures, sentence.words
        known = " ".join(" ".join([*each.placeholders().values(), each.why_not]) for each in sentence.figures)
        assert set(re.findall(r"\d+", sentence.words)) <= set(re.findall(r"\d+", known)), sentence.words
    said = " ".join(each for part in told(found).values() for each in part).lower()
    assert not re.search(r"\b(because|thanks to|led to|caused|helped|due to|therefore)\b", said)


def test_a_sentence_cannot_say_a_number_that_is_not_known(village: Village) -> None:
    seen = Seen(village.community, reports["the_week"].last(village.community, wall=at(8)), grain="week", wall=at(8))
    figure = seen.measure("messages")
    assert say("%(value)s messages, hooray.", figure).words == (
        "Messages: we cannot tell. Nothing was read of this period."
    )
    assert judged(figure).told is False


@pytest.fixture
def defining() -> Iterator[None]:
    before = set(reports)
    yield
    for slug in set(reports) - before:
        reports.forget(slug)


CARD = "{}\n\nFor: us.\nSays: it.\nLeaves: the rest."


def defined(*, slug: str = "ours", card: str = CARD.format("One."), **given: object) -> object:
    def function(seen: Seen) -> Iterator[Section]:
        yield Section("What", (Sentence("It rained 4 times.", ()),))

    function.__name__, function.__doc__ = slug, card
    return report(**{"title": "Ours", "period": "week", "tells": ["messages"], **given})(function)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "what", "mend"),
    [
        ({"period": "year"}, "ours tells of a 'year'.", "It is one of: week, month."),
        ({"title": " "}, "The report ours has no title.", "Give it one: title='…'."),
        ({"card": "One.\n\nFor: us.\nSays: it."}, "The docstring of ours lacks Leaves.", "Add a line 'Leaves: …'."),
        ({"slug": "the_week"}, "Two reports are called 'the_week'", "Rename one of them."),
    ],
)
def test_a_wrong_definition_is_refused_with_file_and_mend(
    given: dict[str, object], what: str, mend: str, defining: None
) -> None:
    definitions.load()
    with pytest.raises(WrongDefinition) as wrong:
        defined(**given)  # type: ignore[arg-type]
    assert wrong.value.what.startswith(what)
    assert (wrong.value.mend, wrong.value.file) == (mend, __file__)


def test_a_measure_that_is_not_there_is_refused_at_the_start(defining: None) -> None:
    definitions.load()
    defined(tells=["mesages"])
    with pytest.raises(WrongDefinition, match=r"ours tells of the measure 'mesages'.*Did you mean 'messages'"):
        definitions._check_names()


def test_a_sentence_without_a_figure_is_refused(village: Village, defining: None) -> None:
    defined()
    with pytest.raises(WrongDefinition, match="stands on no figure: 'It rained 4 times.'"):
        edition(village, slug="ours")


def test_a_package_brings_one_in_a_file(village: Village) -> None:
    village.tell(*SAID, *AFTER, wall=LATER)
    assert "bell_ringers" in measures
    words = told(edition(village, slug="parish_week"))
    assert words == {
        "The bell": ["Bell ringers: 2. It is too early to say what is usual. Of the week before we cannot tell."]
    }
