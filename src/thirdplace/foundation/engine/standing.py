"""What the log says today: without what was deleted, with the newest words, and with who is who."""

from thirdplace.foundation.engine.expr import Table, _, row_number


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
