"""Questions that nobody has answered."""

from datetime import timedelta

from thirdplace.flow.signals import signal
from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table, _, seconds_between, share
from thirdplace.practice.guiding.first_words import waiting_newcomers

PATIENCE, FOLLOWED = timedelta(days=2), timedelta(days=30)
MONTH_SECONDS = 30 * 86_400.0
ENOUGH = 20


@signal(
    suggests="answer_message",
    question="waiting",
    minutes=10,
    subject="message",
    line="%(who)s asked a question that **nobody has answered**.",
    why=(
        "It has waited %(waited_seconds)s. Of questions here that had no answer after two days, %(later_share)s got "
        "one within a month (of %(later_n)s)."
    ),
    unsure=(
        "It has waited %(waited_seconds)s. How many such questions are answered later, we cannot tell yet: so far "
        "%(later_n)s waited so long, and we want 20."
    ),
)
def question_unanswered(t: Tables) -> Table:
    """A question has had no answer for more than two days.

    Why:      A question without an answer seldom finds one later by itself; who searches finds only the question.
    Evidence: weak; practitioners agree, and how few are answered later is counted here. See
              docs/evidence.md#unanswered-questions.
    Rests:    when anyone else answers, bots apart; a remark is no answer where the place tells the two apart. Thirty
              days after it was asked. While a newcomer waits with it, it stands there.
    """
    asked = t.openings.filter(_.kind == "asked")
    waiting = asked.filter(
        _.answered_at.isnull(), _.happened_at < _.known_until - PATIENCE, _.happened_at >= t.now - FOLLOWED
    )
    return (
        waiting.anti_join(waiting_newcomers(t).select("key"), "key")
        .mutate(waited_seconds=seconds_between(_.happened_at, _.known_until))
        .cross_join(_answered_later(asked))
        .select(
            "member_id", "channel", "waited_seconds", "later_share", "later_n", subject=_.key, began_at=_.happened_at,
            weight=2.0 - (_.waited_seconds / MONTH_SECONDS).clip(0.0, 0.99),
        )
    )  # fmt: skip


def _answered_later(asked: Table) -> Table:
    """One row: how many of the questions that were open after two days were answered within thirty."""
    late = asked.filter(_.happened_at <= _.known_until - FOLLOWED).filter(
        _.answered_at.isnull() | (_.answered_at > _.happened_at + PATIENCE)
    )
    return late.agg(later_n=_.count(), later=_.answered_at.count()).mutate(
        later_share=share(_.later, _.later_n, least=ENOUGH)
    )
