"""Conversations, and who waits in them for a first response."""

from datetime import timedelta

from thirdplace.foundation.engine.days import by_day
from thirdplace.foundation.engine.expr import Table, Value, _, first_known
from thirdplace.foundation.engine.shapes import ANSWERS

SILENCE = timedelta(minutes=30)  # ends a conversation in a flat channel
FOLLOWED = timedelta(days=30)  # as long as we look for a response; also the silence that ends talk in a thread


def in_conversations(activities: Table) -> Table:
    """Each row with its conversation: its thread or topic; in a flat channel, a stretch without a long silence."""
    flow = {"group_by": ["channel", "thread"], "order_by": ["happened_at", "key"]}
    return (
        activities.mutate(before=_.happened_at.lag().over(**flow))
        .mutate(breaks=(_.happened_at > _.before + SILENCE).fill_null(True).ifelse(1, 0))
        .mutate(stretch=_.breaks.cumsum(**flow))
        .mutate(opener=_.key.first().over(group_by=["channel", "thread", "stretch"], order_by=flow["order_by"]))
        .select(*activities.columns, conversation=_.thread.fill_null(_.opener))
    )


def openings(rows: Table, days: Table, offsets: Table) -> Table:
    """What waits for a response: openers of conversations, and each account's first words of a month.

    rows: `standing`. days: member_day of the same time. A row depends on nothing
    earlier or later than `FOLLOWED`, so a month can be made again from its neighbours alone. Only the first of several
    messages that somebody sent in a row waits.
    """
    people = rows.filter(~_.is_bot)
    heads = _heads(people)
    firsts = _firsts_of_months(days)
    first = [heads.identity == firsts.identity, heads.happened_at == firsts.first_at]
    waiting = heads.left_join(firsts, first).drop("identity_right").filter(_.opens | _.first_at.notnull())
    waiting = waiting.select("key", "who", "opens", "next_at", at="happened_at")
    named = _replies_by_name(people, waiting)
    answers, lengths = _answers(people), _lengths(people)
    return (
        by_day(people.drop("who").join(waiting, "key"), offsets)
        .left_join(named, "key")
        .drop("key_right")
        .left_join(answers, "key")
        .drop("key_right")
        .left_join(lengths, "key")
        .drop("key_right")
        .mutate(replied_at=_earlier(_.next_at, _.named_at))
        .select(
            "key", "source", "channel", "thread", "identity", "language", "kind", "happened_at", "happened_on",
            "opens", "replied_at", "answered_at", said=_.opens.ifelse(_.said, None),
        )
    )  # fmt: skip


def _heads(people: Table) -> Table:
    """The first message of each run of one member; in `next_at` when another spoke next, if the talk did not end."""
    flow = {"group_by": "place", "order_by": ["happened_at", "key"]}
    opens = _.kind.isin(["asked", "started"]) | ((_.kind == "said") & _.flat & _.breaks)
    return (
        people.select("key", "kind", "identity", "who", "happened_at", place=_place(), flat=_.thread.isnull())
        .mutate(before=_.happened_at.lag().over(**flow), who_before=_.who.lag().over(**flow))
        .mutate(breaks=_breaks())
        .filter(_.breaks | (_.who != _.who_before))
        .mutate(
            spoken_at=_.happened_at.lead().over(**flow),
            broken=_.breaks.lead().over(**flow).fill_null(True),
        )
        .mutate(in_time=~_.broken & (_.spoken_at <= _.happened_at + FOLLOWED))
        .select("key", "identity", "who", "happened_at", opens=opens, next_at=_.in_time.ifelse(_.spoken_at, None))
    )


def _lengths(people: Table) -> Table:
    """How many messages each conversation has in the `FOLLOWED` after it was opened, its opener's own among them.

    It ends where the talk breaks off, or with the next opener in its place.
    """
    flow = {"group_by": "place", "order_by": ["happened_at", "key"]}
    within = {"group_by": ["place", "talk"], "order_by": ["happened_at", "key"]}
    return (
        people.select("key", "kind", "who", "happened_at", place=_place(), flat=_.thread.isnull())
        .mutate(before=_.happened_at.lag().over(**flow), who_before=_.who.lag().over(**flow))
        .mutate(begins=_breaks() | (_.kind.isin(["asked", "started"]) & (_.who != _.who_before)))
        .mutate(talk=_.begins.ifelse(1, 0).cumsum(**flow))
        .mutate(opener=_.key.first().over(**within), opened_at=_.happened_at.first().over(**within))
        .filter(_.happened_at <= _.opened_at + FOLLOWED)
        .group_by(key="opener")
        .agg(said=_.count())
    )


def _breaks() -> Value:
    """Whether the talk broke off before a message; needs flat, happened_at and before."""
    silence = (_.flat).ifelse(_.happened_at > _.before + SILENCE, _.happened_at > _.before + FOLLOWED)
    return silence.fill_null(True)


def _firsts_of_months(days: Table) -> Table:
    """When each account first spoke in each month."""
    return (
        days.filter(_.identity.notnull())
        .mutate(year=_.happened_on.year(), month=_.happened_on.month())
        .group_by("identity", "year", "month")
        .agg(first_at=_.first_at.min())
        .select("identity", "first_at")
    )


def _replies_by_name(people: Table, waiting: Table) -> Table:
    """When another first answered a message by name, whatever the silence before."""
    replies = people.filter(_.about.notnull()).select("about", by="who", spoken_at="happened_at")
    return (
        waiting.join(replies, waiting.key == replies.about)
        .filter(_.by != _.who, _.spoken_at > _.at, _.spoken_at <= _.at + FOLLOWED)
        .group_by("key")
        .agg(named_at=_.spoken_at.min())
    )


def _answers(people: Table) -> Table:
    """When another first answered a question; a remark is no answer where the format tells the two apart."""
    asked = people.filter(_.kind == "asked", _.thread.notnull()).select("key", "thread", "who", at="happened_at")
    said = people.filter(_.kind.isin(ANSWERS), _.thread.notnull()).select("thread", by="who", spoken_at="happened_at")
    return (
        asked.join(said, "thread")
        .filter(_.by != _.who, _.spoken_at > _.at, _.spoken_at <= _.at + FOLLOWED)
        .group_by("key")
        .agg(answered_at=_.spoken_at.min())
    )


def _place() -> Value:
    return first_known(_.thread, _.channel, _.source.cast("int64"))


def _earlier(one: Value, other: Value) -> Value:
    return first_known((other < one).ifelse(other, one), one, other)
