"""What the log says today: without what was deleted, with the newest words, and with who is who."""

from thirdplace.foundation.engine.expr import Table, _, first_known, row_number
from thirdplace.foundation.engine.shapes import SPOKE


def as_it_stands(activities: Table, changes: Table) -> Table:
    """Activities without what their platforms deleted, and with their newest words: the one door out."""
    order = [changes.changed_at.desc(), changes.change]  # of two at once, the deletion
    newest = changes.mutate(nth=row_number().over(group_by="key", order_by=order)).filter(_.nth == 0)
    edited = newest.filter(_.change == "edited").select(activities.columns)
    return activities.anti_join(changes, "key").union(edited)


def with_people(rows: Table, people: Table) -> Table:
    """Each row with its member. Whoever nobody knows is a member without a number, no staff and no bot."""
    return rows.left_join(people, "identity").drop("identity_right").mutate(
        is_staff=_.is_staff.fill_null(False), is_bot=_.is_bot.fill_null(False)
    )  # fmt: skip


def standing(activities: Table, changes: Table, people: Table) -> Table:
    """What the rollups are made of: who said what kind of thing, when and where.

    who: the member; where nobody knows one, the account; of a nameless message its own key: anybody else.
    """
    rows = with_people(as_it_stands(activities, changes), people)
    return rows.filter(_.kind.isin(SPOKE)).select(
        "key", "source", "kind", "happened_at", "identity", "channel", "thread", "about", "language",
        who=first_known(_.member_id, _.identity, _.key), is_bot=_.is_bot,
    )  # fmt: skip
