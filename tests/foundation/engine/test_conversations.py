"""Who waits for a response, and when it came."""

from village import Village, moment, plain


def openings(*rows, now=8):
    """Of each message that waits or was somebody's first in a month: whether it opens, and when another replied."""
    made = Village(*rows)
    found = made.tables(now=now).query("SELECT key, opens, replied_at, answered_at FROM openings ORDER BY key")
    names = {number: name for name, number in made.keys.items()}
    return {names[key]: (opens, _day(replied), _day(answered)) for key, opens, replied, answered in found.fetchall()}


def _day(at):
    return None if at is None else round((at - plain(moment(0))).total_seconds() / 86_400, 3)


HALF_HOUR = 0.5 / 24


def test_half_an_hour_of_silence_ends_a_conversation_in_a_flat_channel():
    found = openings(("ann", "said", 1, None), ("cho", "said", 1 + HALF_HOUR, None))
    assert found["ann-1"] == (True, 1.021, None)
    assert openings(("ann", "said", 1, None), ("cho", "said", 1.022, None))["ann-1"] == (True, None, None)


def test_the_second_speaker_opens_a_new_conversation_after_the_silence():
    assert openings(("ann", "said", 1, None), ("cho", "said", 1.022, None))["cho-1"] == (True, None, None)


def test_in_a_thread_a_reply_counts_days_later():
    assert openings(("ann", "started", 1, "stile"), ("cho", "replied", 5, "stile"))["ann-1"] == (True, 5.0, None)


def test_a_reply_by_name_counts_after_any_silence():
    found = openings(("ann", "said", 1, None), ("cho", "replied", 3, None, {"about": "ann-1"}))
    assert found["ann-1"] == (True, 3.0, None)
    assert found["cho-1"][0] is False


def test_after_thirty_days_nobody_waits_for_a_reply_any_more():
    assert openings(("ann", "started", 1, "stile"), ("cho", "replied", 31, "stile"), now=40)["ann-1"][1] == 31.0
    assert openings(("ann", "started", 1, "stile"), ("cho", "replied", 31.01, "stile"), now=40)["ann-1"][1] is None


def test_of_several_messages_in_a_row_only_the_first_waits():
    found = openings(("ann", "said", 1, None), ("ann", "said", 1.01, None), ("cho", "said", 1.02, None))
    assert found == {"ann-1": (True, 1.02, None), "cho-1": (False, None, None)}


def test_a_bot_neither_answers_nor_keeps_a_conversation_going():
    found = openings(("ann", "said", 1, None), ("bot", "said", 1.015, None), ("cho", "said", 1.03, None))
    assert found["ann-1"] == (True, None, None)
    assert found["cho-1"] == (True, None, None)


def test_a_bot_never_waits():
    assert openings(("bot", "said", 1, None)) == {}


def test_a_remark_is_a_reply_and_no_answer():
    found = openings(("ann", "asked", 1, "q"), ("cho", "commented", 1.2, "q"), ("ben", "answered", 1.5, "q"))
    assert found["ann-1"] == (True, 1.2, 1.5)


def test_answering_ones_own_question_leaves_it_open():
    assert openings(("ann", "asked", 1, "q"), ("ann", "answered", 1.5, "q"))["ann-1"] == (True, None, None)


def test_where_a_format_knows_no_answers_any_reply_is_one():
    assert openings(("ann", "asked", 1, "q"), ("cho", "replied", 1.5, "q"))["ann-1"] == (True, 1.5, 1.5)


def test_what_was_deleted_answers_nothing():
    found = openings(("ann", "asked", 1, "q"), ("cho", "replied", 1.5, "q"), ("cho", "deleted", 2, "cho-1"))
    assert found == {"ann-1": (True, None, None)}


def test_another_channel_is_another_conversation():
    found = openings(("ann", "said", 1, None), ("cho", "said", 1.01, None, {"channel": 7}))
    assert found["ann-1"] == (True, None, None)


def test_an_account_whose_member_is_unknown_is_somebody_else():
    found = openings(("ann", "asked", 1, "q"), ("cho", "replied", 1.5, "q", {"identity": None}))
    assert found["ann-1"] == (True, 1.5, 1.5)


def test_a_conversation_is_its_thread_or_its_opener():
    made = Village(
        ("ann", "said", 1, None), ("cho", "said", 1.01, None), ("ben", "said", 1.2, None), ("dee", "replied", 1, "q")
    )  # fmt: skip
    tables = made.tables()
    from thirdplace.foundation.engine.shapes import sql

    talk = sql(tables.in_conversations(tables.everyone).select("key", "conversation"))
    found = dict(tables.query(talk).fetchall())
    keys = made.keys
    assert found[keys["cho-1"]] == found[keys["ann-1"]] == keys["ann-1"]
    assert found[keys["ben-1"]] == keys["ben-1"]
    assert found[keys["dee-1"]] == made.threads["q"]
