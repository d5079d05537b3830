"""What a definition sees: a community as it stood at a moment, with nothing later in it."""

from datetime import date
from functools import cached_property
from typing import Any

import duckdb

from thirdplace.foundation.engine import conversations
from thirdplace.foundation.engine.days import by_day, by_hour
from thirdplace.foundation.engine.expr import Table, Value, _
from thirdplace.foundation.engine.shapes import SPOKE, shape
from thirdplace.foundation.engine.standing import as_it_stands, with_people

WITHOUT, WITH, ONLY = "without", "with", "only"


class Tables:
    """Lazy tables of one community at one moment. Each row knows its member, and how far its source was read.

    staff: without them (as everything counts unless asked), with them, or only they. Bots are in the `everyone` and
    `all_…` tables alone. Moments are UTC without a zone; `known_until` is never later than `now`.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection | None = None,
        *,
        zone: str = "UTC",
        staff: str = WITHOUT,
        mark: str = "",
    ) -> None:
        self.connection, self.zone, self.staff = connection, zone, staff
        self.spans: dict[int | None, tuple[date | None, date | None]] = {}  # what `spans.span` found, by source
        self.files: dict[str, list[str]] = {}  # of what is kept by month, where it was laid from files
        self.mark = mark  # names the state of everything that is seen: equal marks, equal answers; "" is never equal

    @cached_property
    def now(self) -> Value:
        """The moment, as a value that expressions compare with."""
        return shape("moment").now.max().as_scalar()

    @cached_property
    def known_until(self) -> Value:
        """How far the source that was read furthest has been read."""
        return shape("moment").known_until.max().as_scalar()

    @cached_property
    def everyone(self) -> Table:
        """What anyone did, staff and bots too, without what was deleted and with the newest words."""
        rows = self._by_now(as_it_stands(shape("activities"), shape("changes")), "happened_at")
        return with_people(rows, shape("people"))

    @cached_property
    def activities(self) -> Table:
        """What members did."""
        return self._members(self.everyone)

    @cached_property
    def all_days(self) -> Table:
        """How often anyone spoke, how, where, in which language, on which day."""
        return with_people(self._by_now(shape("member_day"), "first_at"), shape("people"))

    @cached_property
    def days(self) -> Table:
        """How often members spoke, how, where, in which language, on which day."""
        return self._members(self.all_days)

    @cached_property
    def all_openings(self) -> Table:
        """What waits for a response: openers of conversations and first words of a month; bots never wait.

        opens: it opened its conversation. replied_at: another, bots apart, first spoke after it within 30 days.
        answered_at: the same, and it was no remark; only of questions. said: of an opener, how many messages its
        conversation had within 30 days; those days may not be over yet.
        """
        rows = self._by_now(shape("openings"), "happened_at").mutate(
            replied_at=(_.replied_at <= _.now).ifelse(_.replied_at, None),
            answered_at=(_.answered_at <= _.now).ifelse(_.answered_at, None),
        )
        return with_people(rows, shape("people"))

    @cached_property
    def openings(self) -> Table:
        """What members wait with."""
        return self._members(self.all_openings)

    def in_conversations(self, rows: Table) -> Table:
        """What people said, each with its conversation; bots are part of none."""
        return conversations.in_conversations(rows.filter(_.kind.isin(SPOKE), ~_.is_bot))

    def by_day(self, rows: Table) -> Table:
        """Rows with their day in the community's zone."""
        return by_day(rows, shape("offsets"))

    def by_hour(self, rows: Table) -> Table:
        """Rows with their weekday (0 is Monday) and hour in the community's zone."""
        return by_hour(rows, shape("offsets"))

    def query(self, sql: str, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        """Run a query; its rows are to be fetched."""
        if self.connection is None:
            raise RuntimeError("These tables have no engine behind them.")
        return self.connection.execute(sql, parameters)

    def _by_now(self, rows: Table, moment: str) -> Table:
        known = rows.join(shape("moment"), "source")
        return known.filter(known[moment] <= known.now)

    def _members(self, rows: Table) -> Table:
        people = rows.filter(~_.is_bot)
        if self.staff == WITH:
            return people
        return people.filter(_.is_staff) if self.staff == ONLY else people.filter(~_.is_staff)
