"""Newcomers to whom nobody has replied."""

from thirdplace.flow.signals import signal
from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table, _, seconds_between
from thirdplace.practice.guiding.first_words import came_back, waiting_newcomers

WEEK_SECONDS = 7 * 86_400.0


@signal(
    suggests="welcome_newcomer",
    question="waiting",
    minutes=5,
    subject="message",
    line="%(who)s said their first words here and **nobody has replied**.",
    why=(
        "%(who)s has waited %(waited_seconds)s. Of newcomers here who were answered within a day, %(answered_share)s "
        "spoke again within 60 days (of %(answered_n)s people); of those who were not, %(unanswered_share)s "
        "(of %(unanswered_n)s)."
    ),
    alike=(
        "%(who)s has waited %(waited_seconds)s. Of newcomers here who were answered within a day, %(answered_share)s "
        "spoke again within 60 days (of %(answered_n)s people); of those who were not, %(unanswered_share)s "
        "(of %(unanswered_n)s): too close to tell them apart. In other communities those who were answered came back "
        "more often."
    ),
    unsure=(
        "%(who)s has waited %(waited_seconds)s. What becomes of newcomers who wait here, we cannot tell yet: so far "
        "%(answered_n)s were answered within a day and %(unanswered_n)s were not, and we want 20 of each."
    ),
)
def newcomer_waiting(t: Tables) -> Table:
    """A newcomer said their first words and has waited more than a day for a reply.

    Why:      People whose first message is answered are likelier to speak again.
    Evidence: moderate; observational, in several communities. See docs/evidence.md#first-replies.
    Rests:    when anyone else replies, bots apart, or two weeks after the message.
    """
    waited = seconds_between(_.happened_at, _.known_until)
    asks = _.kind.isin(["asked", "started"]).ifelse(1.0, 0.0)  # a question waits harder than a hello in passing
    return (
        waiting_newcomers(t)
        .mutate(waited_seconds=waited)
        .cross_join(came_back(t))
        .select(
            "member_id", "channel", "waited_seconds", "answered_share", "answered_n", "unanswered_share",
            "unanswered_n", subject=_.key, began_at=_.happened_at,
            weight=3.0 + asks - (_.waited_seconds / (2 * WEEK_SECONDS)).clip(0.0, 0.99),
        )
    )  # fmt: skip
