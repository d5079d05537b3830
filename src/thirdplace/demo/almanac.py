"""The eighteen months of the demo: its days, seasons, releases and busy times, counted back from the last day."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

DAYS = 548
ZONE = "Europe/Amsterdam"
ENDS_AT = time(9, 12)
RELEASES = ((390, "4.0"), (360, "4.0.2"), (240, "4.0.5"), (101, "4.1"), (80, "4.1.2"), (63, "4.2 beta"), (4, "4.2"))
ASKED_BY_NAME = 72  # days before the end on which the team began to ask two members by name
BETA = 63
LAUNCH = 4
RADIO = 300
SCHOOLS = 60
_MONTHS = """
en January February March April May June July August September October November December
nl januari februari maart april mei juni juli augustus september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
"""
MONTHS = {line.split()[0]: line.split()[1:] for line in _MONTHS.strip().splitlines()}
_SEASONS = ("winter", "winter", *["spring"] * 3, *["summer"] * 3, *["autumn"] * 3, "winter")  # by month


class Almanac:
    """Days are numbered from 0, the first, to DAYS - 1, on whose morning the archives end."""

    def __init__(self, ends_on: date) -> None:
        self.ends_on = ends_on
        self.first_on = ends_on - timedelta(days=DAYS - 1)
        self.ends_at = datetime.combine(ends_on, ENDS_AT, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        self._offsets: dict[tuple[str, int], int] = {}

    def date(self, day: int) -> date:
        """The date of a day by its number."""
        return self.first_on + timedelta(days=day)

    def before(self, day: int) -> int:
        """How many days before the last one."""
        return DAYS - 1 - day

    def season(self, day: int) -> str:
        """The season, by the month."""
        return _SEASONS[self.date(day).month - 1]

    def month(self, day: int, language: str) -> str:
        """The month's name."""
        return MONTHS[language][self.date(day).month - 1]

    def version(self, day: int) -> str:
        """The newest release of that day."""
        before = self.before(day)
        return next((name for since, name in reversed(RELEASES) if before <= since), "3.9")

    def at(self, day: int, hour: float, zone: str) -> float:
        """Seconds since 1970 of an hour (with decimals) of a day on somebody's clock."""
        key = (zone, day)
        if key not in self._offsets:
            noon = datetime.combine(self.date(day), time(12), tzinfo=ZoneInfo(zone))
            offset = noon.utcoffset()
            midnight = datetime.combine(self.date(day), time(), tzinfo=UTC).timestamp()
            self._offsets[key] = int(midnight - (offset.total_seconds() if offset else 0))
        return self._offsets[key] + hour * 3600

    def day(self, at: float) -> int:
        """The day's number of a moment, by the community's clock."""
        return int((at - self.at(0, 0, ZONE)) // 86400)

    def hour(self, at: float, zone: str) -> float:
        """The hour on somebody's clock."""
        day = min(max(self.day(at), 0), DAYS - 1)
        return (at - self.at(day, 0, zone)) / 3600 % 24

    @cached_property
    def saturdays(self) -> list[int]:
        """Survey Saturdays: half a year apart; the next one comes a few days after the end."""
        coming = DAYS - 1 + (5 - self.ends_on.weekday()) % 7
        coming += 7 if coming < DAYS + 2 else 0
        return [coming - 182 * n for n in range(4)]

    def bustle(self, day: int) -> float:
        """How lively a day is: growth, week, season, gatherings and releases. About 1 on average."""
        grown = 0.55 + 0.8 * day / DAYS
        week = (1.05, 1.08, 1.05, 1.0, 0.9, 0.98, 1.1)[self.date(day).weekday()]
        month = self.date(day).month
        season = {7: 0.82, 8: 0.78, 12: 0.9, 1: 1.02, 10: 1.08, 11: 1.1}.get(month, 1.0)
        extra = 0.0
        for since, strength, lasting in (
            (390, 0.5, 9),
            (RADIO, 0.7, 10),
            (101, 0.3, 6),
            (BETA, 0.4, 14),
            (LAUNCH, 1.3, 6),
        ):
            passed = since - self.before(day)
            if 0 <= passed < lasting * 2:
                extra += strength * (1 - passed / (lasting * 2))
        for saturday in self.saturdays:
            if -12 <= day - saturday <= 4:
                extra += 0.3
        return grown * week * season + extra

    def arrivals(self, day: int) -> float:
        """How likely newcomers are on a day: a trickle, and waves after what people hear of."""
        likely = 1.0 if day > 12 else 5.0
        for since, strength, lasting in ((390, 2, 9), (RADIO, 9, 7), (SCHOOLS, 4, 14), (BETA, 2, 9), (LAUNCH, 8, 7)):
            passed = since - self.before(day)
            if 0 <= passed < lasting:
                likely += strength * (1 - passed / lasting)
        for saturday in self.saturdays:
            if 0 <= day - saturday <= 9:
                likely += 3.0
        if self.date(day).month in (1, 4):
            likely += 0.5
        return likely
