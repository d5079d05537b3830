"""The bots of the house: one counts in the chat, one draws tiles at the desk, one hangs under a bridge."""

from random import Random

from thirdplace.demo.almanac import DAYS, ZONE, Almanac
from thirdplace.demo.cast import Account, Person
from thirdplace.demo.company import Company
from thirdplace.demo.pen import Pen
from thirdplace.demo.talk import Conversation, Message


def automata() -> list[Person]:
    """Waymarker in the chat, Tilebot at the desk."""
    return [
        Person(
            "waymarker",
            "Waymarker",
            "",
            "lc",
            ZONE,
            role="bot",
            accounts={"discord": Account("waymarker", "Waymarker")},
        ),
        Person(
            "gaugebot", "gaugebot", "", "mex", ZONE, role="bot", accounts={"discord": Account("gaugebot", "gaugebot")}
        ),
        Person(
            "tilebot",
            "Tilebot",
            "",
            "lc",
            ZONE,
            role="bot",
            main="desk",
            accounts={"desk": Account("tilebot", "tilebot")},
        ),
    ]


def reports(company: Company, almanac: Almanac, pen: Pen, rng: Random, scale: float) -> list[Conversation]:
    """What the bots said, week after week."""
    talks = []
    for day in range(3, DAYS):
        weekday = almanac.date(day).weekday()
        if weekday == 0 and (scale > 0.4 or day % 14 < 7):
            talks.append(
                _talk(
                    company.by_key["waymarker"],
                    "discord",
                    "map-changes",
                    almanac.at(day, 7.0, ZONE),
                    _counted(almanac, day, rng),
                )
            )
        if weekday in (1, 4) and rng.random() < 0.8 * max(0.3, scale):
            at = almanac.at(day, 5 + rng.random(), ZONE)
            talks.append(_talk(company.by_key["tilebot"], "desk", "tiles-and-code", at, _drawn(rng)))
        if weekday == 3 and almanac.before(day) < 91:
            talks.append(
                _talk(company.by_key["gaugebot"], "discord", "map-changes", almanac.at(day, 9.07, ZONE), _risen(rng))
            )
    return [talk for talk in talks if pen.remember(talk.opener.text)]


def _talk(who: Person, source: str, channel: str, at: float, text: str) -> Conversation:
    talk = Conversation(source, channel, "en", 0, told=True)
    talk.say(Message(who, at, text, "report"))
    return talk


def _counted(almanac: Almanac, day: int, rng: Random) -> str:
    bustle = almanac.bustle(day)
    edits, people = int(160 * bustle * rng.uniform(0.8, 1.2)), int(24 * bustle * rng.uniform(0.8, 1.2))
    things = rng.sample(("stiles", "gates", "footbridges", "benches", "fords", "milestones", "springs"), 3)
    listed = f"{rng.randint(9, 40)} {things[0]}, {rng.randint(5, 24)} {things[1]}, {rng.randint(1, 9)} {things[2]}"
    return f"Last week on the map: {edits} edits by {people} people. New: {listed}."


def _drawn(rng: Random) -> str:
    tiles, minutes, failed = rng.randint(3100, 9900), rng.randint(31, 96), rng.choice((0, 0, 0, 1, 2, 5))
    ending = f"{failed} failed, see the log" if failed else "none failed"
    return f"Drew {tiles} tiles in {minutes} minutes, {ending}."


def _risen(rng: Random) -> str:
    level, change, way = rng.randint(28, 96), rng.randint(1, 9), rng.choice(("risen", "fallen"))
    return f"Sallow Bridge, second arch: {level} cm, {way} {change} cm since midnight. Good morning."
