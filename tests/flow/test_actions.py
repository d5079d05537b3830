"""Doing and undoing: one door, all of it or nothing."""

from datetime import date, timedelta
from typing import Annotated, Literal

import pytest

from hedgerow import NOW, Village, at
from thirdplace.flow.actions import Action, Done, Expect, NoUndo, action, actions, perform, undo
from thirdplace.flow.fields import Label, Url
from thirdplace.flow.models import Deed, SetAside
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import AlreadyDone, NotAllowed, NotFound, Refused, ThirdplaceError
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Community, Member
from thirdplace.foundation.registry import WrongDefinition
from thirdplace.practice.managing.models import Note


def first_said(village: Village) -> Message:
    return Index(village.community.pk).latest(oldest_first=True, limit=1)[0]


def test_a_deed_keeps_who_what_why_and_both_times(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"), ann="How do I cross the stile?")
    message = first_said(village)
    deed = village.do("welcome_newcomer", message=message.key, text=" Welcome, Ann. ", why="She is new.", now=at(7))
    assert (deed.action, deed.subject_kind, deed.subject) == ("welcome_newcomer", "message", message.key)
    assert (deed.member, deed.steward, deed.why) == (village.member("Ann"), village.steward, "She is new.")
    assert deed.given == {"text": "Welcome, Ann."}
    assert deed.done_at == at(7) < deed.recorded_at
    assert deed.expects == {"measure": "first_reply_share", "direction": "up", "days": 30, "least": 20}


def test_a_deed_remembers_the_finding_it_came_from(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"), ("cho", "said", 7, None))
    (item,) = village.lines("waiting")
    deed = village.do(item.action.slug, finding=item.finding, message=item.subject, text="Welcome.")
    assert (deed.signal, deed.finding_subject) == (item.finding.signal, item.finding.subject)
    assert deed.finding_facts == item.finding.facts


def test_a_line_does_not_rest_by_what_was_done_for_somebody_else(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"), ("ben", "asked", 2, "gate"), ("cho", "said", 7, None))
    anns, bens = sorted(village.lines("waiting"), key=lambda line: line.finding.began_at)
    with pytest.raises(Refused, match="That line is not about what “Welcome” is done to"):
        village.do("welcome_newcomer", finding=anns.finding, message=bens.subject, text="Welcome.")
    with pytest.raises(Refused, match="That line is not about what “Write a note” is done to"):
        village.do("write_note", finding=anns.finding, member=village.member("Cho"), text="Kind.")
    assert not Deed.objects.exists()
    village.do("write_note", finding=anns.finding, member=village.member("Ann"), text="Kind.")


def test_why_is_read_like_any_words(village: Village) -> None:
    village.tell(("ann", "said", 1, None))
    deed = village.do("write_note", member=village.member("Ann"), text="Kind.", why=" so\x00 she said\r\nto us ")
    assert deed.why == "so she said\nto us"
    with pytest.raises(ThirdplaceError, match="“Why” is longer than 10000 letters"):
        village.do("write_note", member=village.member("Ann"), text="Kind.", why="x" * 10_001)
    assert Note.objects.count() == 1


def test_the_same_message_is_not_welcomed_twice(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"))
    key = first_said(village).key
    village.do("welcome_newcomer", message=key, text="Welcome.")
    with pytest.raises(AlreadyDone, match="Vic did this on"):
        village.do("answer_message", message=key, text="And again.")
    assert Deed.objects.count() == 1


def test_who_may_not_is_told_which_permission_to_ask_for(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"))
    guest = Account.objects.create_user("gus", first_name="Gus")
    with pytest.raises(NotAllowed) as refused:
        perform(
            "write_note", community=village.community, steward=guest, why="", now=NOW,
            member=village.member("Ann"), text="Kind.",
        )  # fmt: skip
    assert refused.value.what == "Gus may not use “Write a note” here."
    assert "managing.write_note" in refused.value.remedy
    assert not Note.objects.exists()
    assert not Deed.objects.exists()


def test_undoing_is_permitted_apart(village: Village) -> None:
    village.tell(("ann", "said", 1, None))
    deed = village.do("write_note", member=village.member("Ann"), text="Kind.")
    with pytest.raises(NotAllowed):
        undo(deed, steward=Account.objects.create_user("gus"), now=NOW)
    assert Note.objects.count() == 1


def test_a_note_is_written_and_removed_by_undoing_once(village: Village) -> None:
    village.tell(("ann", "said", 1, None))
    deed = village.do("write_note", member=str(village.member("Ann").pk), text="Maps fords.")
    assert Note.objects.get().text == "Maps fords."
    undone = undo(deed, steward=village.steward, now=NOW)
    assert (undone.undone_at, undone.undone_by) == (NOW, village.steward)
    assert not Note.objects.exists()
    with pytest.raises(AlreadyDone, match="undone already"):
        undo(deed, steward=village.steward, now=NOW)


def test_a_mark_of_staff_changes_who_counts_and_asks_for_a_refresh(village: Village) -> None:
    village.tell(("ann", "said", 1, None))
    Job.objects.all().delete()
    before = Community.objects.get().people_version
    deed = village.do("mark_staff", member=village.member("Ann"))
    assert village.member("Ann").is_staff
    assert Community.objects.get().people_version == before + 1
    assert Job.objects.get().task == "refresh"
    with pytest.raises(AlreadyDone, match="Ann is already marked as staff"):
        village.do("mark_staff", member=village.member("Ann"))
    undo(deed, steward=village.steward, now=NOW)
    ann = village.member("Ann")
    assert (ann.is_staff, ann.staff_mark) == (False, None)


def test_a_mark_under_a_later_one_is_not_taken_away_from_below_it(village: Village) -> None:
    village.tell(("ann", "said", 1, None))
    ann = village.member("Ann")
    first, _, last = (village.do(slug, member=ann) for slug in ("mark_staff", "unmark_staff", "mark_staff"))
    with pytest.raises(Refused, match="has been changed since") as refused:
        undo(first, steward=village.steward, now=NOW)
    assert f"number {last.pk}" in refused.value.remedy
    assert village.member("Ann").is_staff
    for deed in reversed(Deed.objects.order_by("pk")):
        undo(deed, steward=village.steward, now=NOW)
    assert (village.member("Ann").is_staff, village.member("Ann").staff_mark) == (False, None)


def test_a_mark_of_a_bot_does_not_stand_in_the_way_of_one_of_staff(village: Village) -> None:
    village.tell(("ann", "said", 1, None), ("ben", "said", 2, None))
    staff = village.do("mark_staff", member=village.member("Ann"))
    village.do("mark_bot", member=village.member("Ann"))
    village.do("mark_staff", member=village.member("Ben"))
    undo(staff, steward=village.steward, now=NOW)
    assert (village.member("Ann").is_staff, village.member("Ann").is_bot) == (False, True)


def test_a_line_set_aside_twice_is_shown_again_in_the_order_of_undoing(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"), ("cho", "said", 7, None))
    (item,) = village.lines("waiting")
    first = village.do("set_aside", finding=item.finding, because="later")
    second = village.do("set_aside", finding=item.finding, because="no_problem")
    with pytest.raises(Refused, match="has been changed since"):
        undo(first, steward=village.steward, now=NOW)
    undo(second, steward=village.steward, now=NOW)
    assert SetAside.objects.get().because == "later"
    undo(first, steward=village.steward, now=NOW)
    assert not SetAside.objects.exists()


def test_a_line_set_aside_in_the_same_way_at_once_is_one_deed(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"), ("cho", "said", 7, None))
    (item,) = village.lines("waiting")
    village.do("set_aside", finding=item.finding, because="later")
    with pytest.raises(AlreadyDone):
        village.do("set_aside", finding=item.finding, because="later")
    assert Deed.objects.filter(action="set_aside").count() == 1


def test_a_bot_by_its_format_is_unmarked_and_by_undoing_a_bot_again(village: Village) -> None:
    village.tell(("bot", "said", 1, None))
    assert village.member("Bot").is_bot
    deed = village.do("unmark_bot", member=village.member("Bot"))
    assert (village.member("Bot").is_bot, village.member("Bot").bot_mark) == (False, False)
    undo(deed, steward=village.steward, now=NOW)
    assert (village.member("Bot").is_bot, village.member("Bot").bot_mark) == (True, None)


def test_what_only_takes_back_is_not_performed_by_itself(village: Village) -> None:
    with pytest.raises(Refused, match="only takes back"):
        village.do("remove_note")


def test_nothing_is_left_when_an_action_fails_half_way(village: Village) -> None:
    village.tell(("ann", "said", 1, None))

    @action(verb="Stumble", needs="tests.stumble", undo=NoUndo("Nothing to undo."))
    def stumble(member: Member) -> Member:
        """Change something, then fail."""
        member.name = "Fallen"
        member.save()
        raise Refused("The gate is shut.", "Come back later.")

    try:
        with pytest.raises(Refused):
            village.do("stumble", member=village.member("Ann"))
    finally:
        actions.forget("stumble")
    assert village.member("Ann").name == "Ann"
    assert not Deed.objects.exists()


def test_an_action_without_an_undo_says_so_before_and_after(village: Village) -> None:
    village.tell(("ann", "asked", 1, "stile"))
    assert actions["ring_bell"].no_undo == "A bell that was heard stays heard."
    deed = village.do("ring_bell", message=first_said(village).key)
    with pytest.raises(Refused) as refused:
        undo(deed, steward=village.steward, now=NOW)
    assert refused.value.remedy == "A bell that was heard stays heard."


def test_a_signature_becomes_fields() -> None:
    @action(verb="Try", needs="tests.try", undo=NoUndo("No."))
    def try_all(
        member: Member,
        *,
        text: Annotated[str, Label("Your words")],
        how: Literal["by_mail", "in_person"],
        on: date | None = None,
        where: Url | None = None,
        loudly: bool = False,
        steward: Account,
    ) -> Member:
        """Take everything that an action can ask for."""
        return member

    actions.forget("try_all")
    assert [(each.name, each.kind, each.required) for each in try_all.fields] == [
        ("member", "member", True), ("text", "text", True), ("how", "choice", True),
        ("on", "day", False), ("where", "url", False), ("loudly", "bool", False),
    ]  # fmt: skip
    assert try_all.fields[1].label == "Your words"
    assert [each.label for each in try_all.fields[2].choices] == ["By mail", "In person"]
    assert [each.name for each in try_all.asks] == ["text", "how", "on", "where", "loudly"]
    assert try_all.wants == {"steward"}


@pytest.mark.parametrize(
    ("slug", "given", "says"),
    [
        ("write_note", {"text": "  "}, "“Note” is empty."),
        ("write_note", {"text": "x", "member": 99}, "There is no member 99 here."),
        ("write_note", {"text": "x", "member": "ann"}, "“Member” is 'ann'."),
        ("write_note", {"text": "x" * 10_001}, "longer than 10000 letters"),
        ("write_note", {"text": "x", "colour": "red"}, "does not ask for 'colour'"),
        ("answer_message", {"message": 5, "text": "x"}, "There is no message 5 here."),
    ],
)
def test_what_is_given_wrongly_is_refused_with_a_remedy(
    village: Village, slug: str, given: dict[str, object], says: str
) -> None:
    village.tell(("ann", "said", 1, None))
    told = {"member": village.member("Ann").pk, **given} if slug == "write_note" else given
    with pytest.raises(ThirdplaceError) as refused:
        village.do(slug, **told)
    assert says in refused.value.what
    assert refused.value.remedy


def test_a_member_of_another_community_is_nobody_here(village: Village) -> None:
    other = Community.objects.create(name="Other", slug="other")
    stranger = Member.objects.create(community=other, name="Stranger")
    with pytest.raises(NotFound):
        village.do("write_note", member=stranger, text="Hm.")


def test_a_name_that_leads_nowhere_is_met_with_the_nearest(village: Village) -> None:
    with pytest.raises(NotFound, match="Did you mean 'write_note'"):
        village.do("wirte_note")


def test_an_action_that_asks_for_something_strange_is_refused_at_its_definition() -> None:
    with pytest.raises(WrongDefinition, match="asks for speed"):

        @action(verb="Run", needs="tests.run", undo=NoUndo("No."))
        def run_away(member: Member, *, speed: timedelta) -> Member:
            """Run."""
            return member

    with pytest.raises(WrongDefinition, match="has no docstring"):

        @action(verb="Run", needs="tests.run", undo=NoUndo("No."))
        def run_silently(member: Member) -> Member:
            return member

    with pytest.raises(WrongDefinition, match="has no subject"):

        @action(verb="Run", needs="tests.run", undo=NoUndo("No."))
        def run_nowhere(*, text: str) -> Done:
            """Run."""
            raise AssertionError


def test_what_an_action_expects_is_what_it_said() -> None:
    assert isinstance(actions["welcome_newcomer"], Action)
    assert actions["welcome_newcomer"].expects == Expect("first_reply_share", "up", days=30, least=20)
