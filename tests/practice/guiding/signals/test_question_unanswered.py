"""Questions that nobody has answered: each sentence of the card."""

from thirdplace.flow.signals import signals
from village import facts, noticed

unanswered = signals["question_unanswered"]
KNOWN = ("ann", "said", -20, None)  # Ann is no newcomer any more


def test_a_question_is_noticed_after_two_days(village):
    assert noticed(unanswered, village(KNOWN, ("ann", "asked", 5.9, "stile"))) == ["ann-2"]
    assert noticed(unanswered, village(KNOWN, ("ann", "asked", 6.1, "stile"))) == []


def test_it_rests_when_another_answers(village):
    asked = [KNOWN, ("ann", "asked", 3, "stile")]
    assert noticed(unanswered, village(*asked, ("cho", "answered", 6, "stile"))) == []
    assert noticed(unanswered, village(*asked, ("vic", "answered", 6, "stile"))) == []
    assert noticed(unanswered, village(*asked, ("ann", "answered", 6, "stile"))) == ["ann-2"]
    assert noticed(unanswered, village(*asked, ("bot", "answered", 6, "stile"))) == ["ann-2"]


def test_a_remark_is_no_answer(village):
    assert noticed(unanswered, village(KNOWN, ("ann", "asked", 3, "q"), ("cho", "commented", 4, "q"))) == ["ann-2"]


def test_it_rests_after_thirty_days(village):
    said = [("ann", "said", -60, None), ("ann", "asked", -22.1, "stile"), ("ann", "asked", -21.9, "gate")]
    assert noticed(unanswered, village(*said)) == ["ann-3"]


def test_while_a_newcomer_waits_with_it_it_stands_there(village):
    waiting = signals["newcomer_waiting"]
    tables = village(("ann", "asked", 3, "stile"))
    assert (noticed(waiting, tables), noticed(unanswered, tables)) == (["ann-1"], [])
    tables = village(("ann", "asked", 3, "stile"), now=20)
    assert (noticed(waiting, tables), noticed(unanswered, tables)) == ([], ["ann-1"])


def test_a_newcomers_question_with_a_remark_only_stands_here(village):
    tables = village(("ann", "asked", 3, "stile"), ("cho", "commented", 4, "stile"))
    assert noticed(signals["newcomer_waiting"], tables) == []
    assert noticed(unanswered, tables) == ["ann-1"]


def test_where_questions_are_not_marked_it_notices_nothing(village):
    assert noticed(unanswered, village(KNOWN, ("ann", "said", 3, None), ("ann", "started", 4, "stile"))) == []


def test_questions_by_staff_are_left_out(village):
    assert noticed(unanswered, village(("vic", "asked", 3, "stile"))) == []


def test_the_newest_is_heaviest(village):
    assert noticed(unanswered, village(KNOWN, ("ann", "asked", 2, "a"), ("ann", "asked", 4, "b"))) == ["ann-3", "ann-2"]


def test_it_counts_how_many_were_answered_later(village):
    past = [("ann", "said", -90, None)]
    for nth in range(20):
        past.append(("ann", "asked", -60 + nth / 10, f"t{nth}"))
        if nth < 5:
            past.append(("cho", "answered", -50 + nth / 10, f"t{nth}"))
    past += [("ann", "asked", -40, "prompt"), ("cho", "answered", -39, "prompt")]
    known = facts(unanswered, village(*past, ("ann", "asked", 3, "stile")))
    assert (known["later_share"], known["later_n"]) == (0.25, 20)
    assert unanswered.why_of(known) == unanswered.why


def test_from_too_few_it_does_not_tell(village):
    known = facts(unanswered, village(KNOWN, ("ann", "asked", 3, "stile")))
    assert (known["later_share"], known["later_n"]) == (None, 0)
    assert unanswered.why_of(known) == unanswered.unsure
