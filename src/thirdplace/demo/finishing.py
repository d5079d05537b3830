"""Last touches: what lies after the end is cut, reactions and corrections are added, everything gets its order."""

from typing import TYPE_CHECKING

from thirdplace.demo.talk import Conversation, Message

if TYPE_CHECKING:
    from thirdplace.demo.town import Town

_LIKELY = {
    "share": 0.62,
    "hello": 0.5,
    "welcome": 0.1,
    "say": 0.22,
    "after": 0.7,
    "settle": 0.35,
    "result": 0.3,
    "answer": 0.3,
    "quip": 0.4,
}
_MARKS = {
    "share": "💚❤️👏🌿😮🥾",
    "hello": "👋💚🌿",
    "quip": "😂😄👏",
    "say": "😄👍☔",
    "answer": "👍🙏💡",
    "result": "🎉👍",
    "after": "🎉👏💪",
    "settle": "👍✅",
}
_EMOJI = {key: [mark for mark in marks.replace("❤️", "♥") if mark.strip()] for key, marks in _MARKS.items()}


def finish(town: "Town") -> None:
    """Cut, decorate and sort."""
    begins, ends = town.almanac.at(0, 5, "Europe/Amsterdam"), town.almanac.ends_at.timestamp()
    for talk in town.talks:
        opener = talk.messages[0]
        rest = sorted(talk.messages[1:], key=lambda message: message.at)
        talk.messages = [opener, *(message for message in rest if opener.at < message.at < ends)]
        if talk.told is False:
            for message in talk.messages:
                _decorate(town, talk, message, ends)
        talk.messages = talk.messages if begins <= opener.at < ends else []
    town.talks = sorted((talk for talk in town.talks if talk.messages), key=lambda talk: talk.opener.at)
    _apart(town.talks)
    _first_words(town.talks)


def _first_words(talks: list[Conversation]) -> None:
    """Mark what each said first in a place; in the middle of talk it answers what opened that."""
    seen: set[tuple[str, str]] = set()
    written = sorted(((talk, message) for talk in talks for message in talk.messages), key=lambda both: both[1].at)
    for talk, message in written:
        key = (talk.source, message.author.key)
        if key not in seen:
            seen.add(key)
            message.first = True
            if message is not talk.opener:
                message.about = message.about or talk.opener


def _apart(talks: list[Conversation]) -> None:
    """No two messages at one moment, so that an order by time is the same everywhere."""
    taken: set[int] = set()
    for talk in talks:
        for message in talk.messages:
            moment = int(message.at * 1000)
            while moment in taken:
                moment += 7
            taken.add(moment)
            message.at = moment / 1000


def _decorate(town: "Town", talk: Conversation, message: Message, ends: float) -> None:
    rng = town.rng
    if rng.random() < 0.045 and message.act != "report":
        message.edited_at = min(message.at + rng.lognormvariate(5.5, 1.4), ends - 1)
    if talk.source == "questions" or rng.random() > _LIKELY.get(message.act, 0.07):
        return
    about = [
        person
        for person, _ in town.company.about(talk.day, talk.source, talk.language)
        if person is not message.author and not person.crowd
    ]
    marks = _EMOJI.get(message.act, ["👍", "😄", "💚"])
    for mark in rng.sample(marks, min(len(marks), 1 + (rng.random() < 0.3))):
        count = min(len(about), 1 + int(rng.expovariate(0.55)))
        if count:
            message.reactions.append(("❤️" if mark == "♥" else mark, rng.sample(about, count)))
